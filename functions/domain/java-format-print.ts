import { JavaFormatError, type Specifier } from './java-format-specifier';

/** Prints one value as `java.util.Formatter` does for a checked specifier. */
export function print(specifier: Specifier, value: string | number): string {
  const text = converted(specifier, value);
  return justified(specifier, specifier.upperCase ? text.toUpperCase() : text);
}

function converted(specifier: Specifier, value: string | number): string {
  const { conversion, precision } = specifier;
  switch (conversion) {
    case '%':
      return '%';
    case 'n':
      return '\n';
    case 's':
      return String(value).slice(0, precision);
    case 'b':
      return 'true'.slice(0, precision);
    case 'h':
      return hashCode(value).toString(16).slice(0, precision);
    case 'c':
      return character(specifier, value);
    case 'd':
      return decimal(specifier, wholeNumber(specifier, value));
    default:
      return octalOrHex(specifier, wholeNumber(specifier, value));
  }
}

function wholeNumber({ text, conversion }: Specifier, value: string | number): number {
  if (typeof value === 'string') {
    throw new JavaFormatError(`uses ${text}, which is for numbers, but the value is a string (use %s)`);
  }
  if (!'dox'.includes(conversion)) {
    throw new JavaFormatError(`uses ${text}, which is for decimal fractions, but the value is a whole number (use %d)`);
  }
  return value;
}

/** An `Integer` is taken as a code point, as in Java; a `Long` is not. */
function character({ text }: Specifier, value: string | number): string {
  if (typeof value === 'string' || !isInteger(value)) {
    throw new JavaFormatError(`uses ${text}, which is for single characters, but the value is none (use %.1s)`);
  }
  if (value < 0 || value > 0x10_ff_ff) throw new JavaFormatError(`uses ${text}, but ${value} is no character's code`);
  return String.fromCodePoint(value);
}

function decimal({ flags, width = 0 }: Specifier, value: number): string {
  const digits = String(Math.abs(value));
  const magnitude = flags.includes(',') ? digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',') : digits;
  const [before, after] = signs(flags, value < 0);
  const zeros = flags.includes('0') ? width - before.length - after.length : 0;
  return before + magnitude.padStart(zeros, '0') + after;
}

function signs(flags: string, negative: boolean): readonly [before: string, after: string] {
  if (negative) return flags.includes('(') ? ['(', ')'] : ['-', ''];
  if (flags.includes('+')) return ['+', ''];
  return flags.includes(' ') ? [' ', ''] : ['', ''];
}

function octalOrHex({ flags, width = 0, conversion }: Specifier, value: number): string {
  const digits = unsigned(value).toString(conversion === 'o' ? 8 : 16);
  const alternate = conversion === 'o' ? '0' : '0x';
  const before = flags.includes('#') ? alternate : '';
  return before + digits.padStart(flags.includes('0') ? width - before.length : 0, '0');
}

function justified({ flags, width = 0 }: Specifier, text: string): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

/** Java holds numbers of up to 32 bits as `Integer` and larger ones as `Long`. */
const isInteger = (value: number): boolean => value === (value | 0);

/** Two's complement, as Java prints negative numbers in octal and hexadecimal. */
const unsigned = (value: number): bigint => BigInt.asUintN(isInteger(value) ? 32 : 64, BigInt(value));

/** Java's `hashCode()` of an `Integer`, a `Long` and a `String`, unsigned. */
function hashCode(value: string | number): number {
  if (typeof value === 'number') {
    const bits = BigInt.asUintN(64, BigInt(value));
    return isInteger(value) ? value >>> 0 : Number(BigInt.asUintN(32, bits ^ (bits >> 32n)));
  }
  let hash = 0;
  for (let index = 0; index < value.length; index += 1) hash = (Math.imul(31, hash) + value.charCodeAt(index)) | 0;
  return hash >>> 0;
}
