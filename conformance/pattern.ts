/** What goes into a call. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [member: string]: Value };

/** How a member of an answer is judged, where it is not simply this value. */
export type Test =
  | { readonly $matches: string }
  /** A list with items that fit these, among others. */
  | { readonly $includes: readonly Pattern[] }
  /** A list without any item that fits this. */
  | { readonly $excludes: Pattern }
  | { readonly $count: number }
  | { readonly $atLeast: number }
  /** A time that comes after this one. */
  | { readonly $after: string }
  /** JSON as IAM answers it, percent-encoded or not. */
  | { readonly $document: Pattern }
  | { readonly $is: 'text' | 'number' | 'boolean' | 'time' | 'list' | 'object' | 'absent' };

/** A value, or an object with at least these members; a list has these items and no others. */
export type Pattern =
  | string
  | number
  | boolean
  | null
  | Test
  | readonly Pattern[]
  | { readonly [member: string]: Pattern };

export const text = { $is: 'text' } as const;
export const time = { $is: 'time' } as const;
export const absent = { $is: 'absent' } as const;
export const list = { $is: 'list' } as const;
export const matches = (expression: RegExp): Test => ({ $matches: expression.source });
export const includes = (...items: readonly Pattern[]): Test => ({ $includes: items });
export const excludes = (item: Pattern): Test => ({ $excludes: item });
export const count = (items: number): Test => ({ $count: items });
export const document = (content: Pattern): Test => ({ $document: content });
export const after = (moment: string): Test => ({ $after: moment });

/** @returns what does not fit, in words; undefined where all of it fits */
export function mismatch(value: unknown, pattern: Pattern, path = 'the answer'): string | undefined {
  if (typeof pattern !== 'object' || pattern === null) {
    return value === pattern ? undefined : `${path} is ${shown(value)}, not ${shown(pattern)}`;
  }
  if (isList(pattern)) return listMismatch(value, pattern, path);
  const test = Object.entries(pattern).find(([name]) => name.startsWith('$'));
  if (test !== undefined) return testMismatch(value, test, path);
  if (typeof value !== 'object' || value === null) return `${path} is ${shown(value)}, not an object`;
  return first(
    Object.entries(pattern).map(
      ([name, inner]) =>
        () =>
          mismatch(Reflect.get(value, name), inner, `${path}.${name}`),
    ),
  );
}

const isList = (pattern: Pattern): pattern is readonly Pattern[] => Array.isArray(pattern);

function listMismatch(value: unknown, pattern: readonly Pattern[], path: string): string | undefined {
  const items = itemsOf(value);
  if (items?.length !== pattern.length) return `${path} is ${shown(value)}, not a list of ${pattern.length}`;
  return first(pattern.map((inner, index) => () => mismatch(items[index], inner, `${path}[${index}]`)));
}

function testMismatch(value: unknown, [name, wanted]: readonly [string, Pattern], path: string): string | undefined {
  switch (name) {
    case '$includes':
      return first(patternsIn(wanted).map((inner) => () => missing(value, inner, path)));
    case '$excludes':
      return missing(value, wanted, path) === undefined ? `${path} has ${shown(wanted)}` : undefined;
    case '$document':
      return mismatch(parsed(value), wanted, path);
    default:
      return passes(value, name, wanted)
        ? undefined
        : `${path} is ${shown(value)}, not ${name.slice(1)} ${shown(wanted)}`;
  }
}

const patternsIn = (pattern: Pattern): readonly Pattern[] =>
  typeof pattern === 'object' && pattern !== null && isList(pattern) ? pattern : [pattern];

function missing(value: unknown, pattern: Pattern, path: string): string | undefined {
  const found = itemsOf(value)?.some((item) => mismatch(item, pattern) === undefined) ?? false;
  return found ? undefined : `${path} has no ${shown(pattern)}`;
}

function passes(value: unknown, name: string, wanted: Pattern): boolean {
  switch (name) {
    case '$matches':
      return typeof value === 'string' && typeof wanted === 'string' && new RegExp(wanted, 'u').test(value);
    case '$count':
      return (itemsOf(value)?.length ?? 0) === wanted;
    case '$atLeast':
      return typeof value === 'number' && value >= Number(wanted);
    case '$after':
      return instantOf(value) > instantOf(wanted);
    case '$is':
      return isOfKind(value, typeof wanted === 'string' ? wanted : '');
    default:
      throw new TypeError(`A pattern has no test ${name}.`);
  }
}

function isOfKind(value: unknown, kind: string): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'time':
      return value instanceof Date || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
    case 'list':
      return Array.isArray(value);
    case 'absent':
      return value === undefined;
    default:
      return typeof value === kind;
  }
}

/** What an answer has saved may be a Date. */
const instantOf = (moment: unknown): number => (moment instanceof Date ? moment.getTime() : Date.parse(String(moment)));

const itemsOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(decodeURIComponent(String(value)));
  } catch {
    return value;
  }
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));
