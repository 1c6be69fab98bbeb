import { print } from './java-format-print';
import { JavaFormatError, specifierAt } from './java-format-specifier';

/**
 * Java's `String.format(format, value)` for one value, a string or a whole number, in an English locale. meshStack's
 * string templates hand everything after the colon of `#{name:format}` to Java, so the formats are Java's, corner cases
 * included; only dates are left out. Checked against OpenJDK 17.
 *
 * @throws JavaFormatError where Java throws an IllegalFormatException
 */
export function javaFormat(format: string, value: string | number): string {
  let text = '';
  let used = 0;
  let hasPrevious = false;
  for (let rest = format; rest !== '';) {
    const percent = rest.indexOf('%');
    if (percent < 0) return text + rest;
    const { specifier, argument } = specifierAt(rest.slice(percent));
    if (argument === 'next') used += 1;
    if (used > 1 || (argument === 'previous' && !hasPrevious) || (typeof argument === 'number' && argument !== 1)) {
      throw new JavaFormatError(`asks for a value that is not there in ${specifier.text}: there is one value only`);
    }
    hasPrevious ||= argument !== 'none';
    text += rest.slice(0, percent) + print(specifier, value);
    rest = rest.slice(percent + specifier.text.length);
  }
  return text;
}
