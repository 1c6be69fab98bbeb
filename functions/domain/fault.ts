import { unicodePattern } from './unicode-pattern';

/**
 * One thing that is wrong with an input or a configuration, said so that its author can put it right:
 * `message` goes on where `field` ends ("tenant.metadata.uuid: must be a uuid, but is 'x'.") and says what is wrong with which
 * value, what the limit is, and what to do.
 */
export interface Fault {
  /** Where it is, as a path: `tenant.metadata.uuid`, `userPermissions[0].roles`. */
  readonly field: string;
  readonly message: string;
  /** What was found there, shortened where it is long. */
  readonly value?: unknown;
  readonly limit?: string | number;
}

/** A value that passed its checks, or everything that is wrong with it: all faults at once, never only the first. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

/** The value, unless there are faults. */
export const checked = <T>(value: T, faults: readonly Fault[]): Checked<T> =>
  faults.length === 0 ? { ok: true, value } : { ok: false, faults };

export const refused = (...faults: readonly Fault[]): { readonly ok: false; readonly faults: readonly Fault[] } => ({
  ok: false,
  faults,
});

/** JSON has no text for undefined and functions, which the type of `JSON.stringify` keeps quiet about. */
const json: (value: unknown) => string | undefined = JSON.stringify;

const SHOWN_CHARACTERS = 120;

/** A value as it appears in a sentence: quoted, on one line, and cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${onOneLine(value)}'` : (json(value) ?? 'nothing');
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}

/** Control characters as JSON writes them: a sentence must not be broken, nor a terminal steered, by a value. */
const onOneLine = (text: string): string =>
  text.replaceAll(unicodePattern('\\p{Cc}', 'gu'), (character) => JSON.stringify(character).slice(1, -1));

/** A value as it is handed back in a fault: as it was, unless it is so large that it would drown the answer. */
export const echoed = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length <= SHOWN_CHARACTERS) return value;
  return typeof value === 'object' || typeof value === 'string' ? shown(value) : value;
};

/** A fault about a value that is there: `problem` goes on after the value ("<field>: <value> …"). */
export const faultOf = (field: string, value: unknown, problem: string): Fault => ({
  field,
  message: `${shown(value)} ${problem}`,
  value: echoed(value),
});

/** None or one, to be spread into a list of faults. */
export const faultIf = (found: boolean, field: string, value: unknown, problem: string): readonly Fault[] =>
  found ? [faultOf(field, value, problem)] : [];
