/**
 * One thing that is wrong with an input or a configuration, said so that its author can put it right:
 * `message` is a whole sentence that names the field, the value, the limit and the remedy.
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

const SHOWN_CHARACTERS = 120;

/** A value as it appears in a sentence: quoted, on one line, and cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${onOneLine(value)}'` : `${JSON.stringify(value)}`;
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}

/** Control characters as JSON writes them: a sentence must not be broken, nor a terminal steered, by a value. */
const onOneLine = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));

/** A value as it is handed back in a fault: as it was, unless it is so large that it would drown the answer. */
export const echoed = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length <= SHOWN_CHARACTERS) return value;
  return typeof value === 'object' || typeof value === 'string' ? shown(value) : value;
};
