/** A format that Java's `String.format` refuses for the value it is applied to; the message completes "<format> …". */
export class JavaFormatError extends Error {
  override readonly name = 'JavaFormatError';
}

/** One `%…` of a format, as `java.util.Formatter` takes it apart. */
export interface Specifier {
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
export function specifierAt(format: string): { readonly specifier: Specifier; readonly argument: Argument } {
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

/** By conversion. `e`, `f`, `g` and `a` are missing: they never fit a string or a whole number. */
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
