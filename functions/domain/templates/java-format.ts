/** A format that Java's `String.format` refuses for the value it is applied to; the message completes "<format> …". */
export class JavaFormatError extends Error {
  override readonly name = 'JavaFormatError';
}

/** One `%…` of a format, as `java.util.Formatter` takes it apart. */
interface Specifier {
  readonly text: string;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** In lower case; `upperCase` says how it was written. */
  readonly conversion: string;
  readonly upperCase: boolean;
}

/** Which value it prints: a number is an explicit index as in `%1$s`, `previous` is `%<s`. */
type Argument = 'none' | 'previous' | 'next' | number;

const SPECIFIER =
  /^%(?<index>\d+\$)?(?<flags>[-#+ 0,(<]*)(?<width>\d+)?(?<precision>\.\d+)?(?<date>[tT])?(?<conversion>[a-zA-Z%])/;

/** Far beyond every limit of AWS; Java itself would go on to 2147483647. */
const WIDEST = 1000;

/**
 * Takes apart the `%…` that a text begins with, and makes the checks that Java makes before it looks at the value.
 *
 * @throws JavaFormatError where Java throws an IllegalFormatException
 */
function specifierAt(format: string): { readonly specifier: Specifier; readonly argument: Argument } {
  const match = SPECIFIER.exec(format);
  if (match === null) throw new JavaFormatError(`has a '%' that begins no format (for a percent sign write %%)`);
  const { index, flags = '', width, precision, date, conversion = '' } = match.groups ?? {};
  const [text] = match;
  if (date !== undefined) throw new JavaFormatError(`formats a date in ${text}, but the value is none`);
  const specifier: Specifier = {
    text,
    flags: flags.replace('<', ''),
    width: sizeOf(width, text),
    precision: sizeOf(precision?.slice(1), text),
    conversion: conversion.toLowerCase(),
    upperCase: conversion !== conversion.toLowerCase(),
  };
  check(specifier, conversion);
  return { specifier, argument: argumentOf(specifier, index, flags) };
}

function sizeOf(digits: string | undefined, text: string): number | undefined {
  if (digits === undefined) return undefined;
  if (Number(digits) > WIDEST) throw new JavaFormatError(`asks for more than ${WIDEST} characters in ${text}`);
  return Number(digits);
}

function argumentOf({ conversion }: Specifier, index: string | undefined, flags: string): Argument {
  if (conversion === '%' || conversion === 'n') return 'none';
  if (flags.includes('<')) return 'previous';
  return index === undefined ? 'next' : Number.parseInt(index, 10);
}

const CONVERSIONS = 'bBhHsScCdoxXeEfgGaA%n';

/** The checks that Java makes before it looks at the value. */
function check(specifier: Specifier, written: string): void {
  const { text, flags, width, precision, conversion } = specifier;
  const bad = Array.from(flags).find((flag) => !(ALLOWED_FLAGS[conversion] ?? '').includes(flag));
  const problems: readonly (readonly [boolean, string])[] = [
    [!CONVERSIONS.includes(written), `uses the unknown conversion '${written}'`],
    [new Set(flags).size < flags.length, 'repeats a flag'],
    [/[-0]/.test(flags) && width === undefined, `uses the flag '-' or '0' without a width`],
    [precision !== undefined && 'cdox%n'.includes(conversion), `gives a precision, which '${written}' does not take`],
    [bad !== undefined, `uses the flag '${bad ?? ''}', which does not go with '${written}'`],
    [conversion === 'n' && width !== undefined, 'gives a width to a line break'],
    [contradictory(flags), 'uses flags that exclude each other'],
  ];
  const problem = problems.find(([found]) => found);
  if (problem !== undefined) throw new JavaFormatError(`${problem[1]} in ${text}`);
}

const contradictory = (flags: string): boolean =>
  (flags.includes('-') && flags.includes('0')) || (flags.includes('+') && flags.includes(' '));

/** The allowed flags by conversion. `e`, `f`, `g` and `a` are missing: they never fit a string or a whole number. */
const ALLOWED_FLAGS: Readonly<Record<string, string>> = {
  b: '-',
  h: '-',
  s: '-',
  c: '-',
  d: '-+ 0,(',
  o: '-#0',
  x: '-#0',
  '%': '-',
  n: '',
};

/** Prints one value as `java.util.Formatter` does for a checked specifier. */
function print(specifier: Specifier, value: string | number): string {
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
