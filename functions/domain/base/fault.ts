import { within } from './plain-schemas';

/**
 * A pattern with classes of Unicode (`\p{L}`), made where it is used. As a literal it is parsed with the file that it
 * stands in: that makes the class, which takes V8 longer than a hundred schemas, at every cold start, and once more
 * where it is used.
 */
export const unicodePattern = (source: string, flags: 'u' | 'gu' = 'u'): RegExp => new RegExp(source, flags);

/**
 * One thing that is wrong with an input or a configuration, said so that its author can put it right:
 * `message` goes on where `field` ends ("tenant.metadata.uuid: must be a uuid, but is 'x'.") and says what is wrong
 * with which value, what the limit is, and what to do.
 */
export interface Fault {
  /** The path of the field: `tenant.metadata.uuid`, `userPermissions[0].roles`. */
  readonly field: string;
  readonly message: string;
  /** What was found there, shortened where it is long. */
  readonly value?: unknown;
  readonly limit?: string | number;
}

/** A value that passed its checks, or everything that is wrong with it: all faults at once, never only the first. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The value, unless there are faults. */
export const checked = <T>(value: T, faults: readonly Fault[]): Checked<T> =>
  faults.length === 0 ? { ok: true, value } : { ok: false, faults };

export const refused = (...faults: readonly Fault[]): { readonly ok: false; readonly faults: readonly Fault[] } => ({
  ok: false,
  faults,
});

/** So many faults are listed of one input, and so many bytes of them: who has more has one mistake many times. */
const MAX_FAULTS = 100;
const MAX_FAULT_BYTES = 64 * 1024;

/**
 * The faults of an input, as they are answered and kept: the first ones, each cut to a length that can be read, and how
 * many more there are. An input that is wrong in every line may otherwise come to more than a database, or the answer
 * of a function, takes.
 */
export function listed(faults: readonly Fault[], whole = 'desiredState'): readonly Fault[] {
  const fitting = within(faults.slice(0, MAX_FAULTS).map(shortened), MAX_FAULT_BYTES);
  const more = faults.length - fitting.length;
  if (more === 0) return fitting;
  const message = `has ${more} more ${more === 1 ? 'fault' : 'faults'}. Mend those that are listed, and send it again to see the others.`;
  return [...fitting, { field: whole, message, value: more, limit: MAX_FAULTS }];
}

/** The same in one text. */
export const inOneText = (faults: readonly Fault[]): string =>
  listed(faults)
    .map(({ field, message }) => `${field} ${message}`)
    .join(' ');

const LONGEST_FIELD = 200;
const LONGEST_MESSAGE = 2000;

const shortened = ({ field, message, value, limit }: Fault): Fault => ({
  field: cut(field, LONGEST_FIELD),
  message: cut(message, LONGEST_MESSAGE),
  ...(value === undefined ? {} : { value: echoed(value) }),
  ...(limit === undefined ? {} : { limit: typeof limit === 'string' ? cut(limit, LONGEST_MESSAGE) : limit }),
});

/** The cut may go through a character. */
const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;

/** JSON has no text for undefined and functions, which the type of `JSON.stringify` keeps quiet about. */
const json: (value: unknown) => string | undefined = JSON.stringify;

const SHOWN_CHARACTERS = 120;

/** A value as it appears in a sentence: quoted, on one line, and cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${onOneLine(value)}'` : (json(value) ?? 'nothing');
  return text.length <= SHOWN_CHARACTERS
    ? text
    : `${text.slice(0, SHOWN_CHARACTERS).toWellFormed()}… (${text.length} characters)`;
}

/**
 * What steers a terminal, breaks a line, or turns the direction of the text around it, as the inside of a character
 * class: control characters, line and paragraph separators, and the embeddings, overrides and isolates of Unicode's
 * bidirectional algorithm.
 */
export const STEERING = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069';

/** Such characters as JSON writes them: a sentence must not be broken, nor a terminal steered, by a value. */
const onOneLine = (text: string): string =>
  text.replaceAll(unicodePattern(`[${STEERING}]`, 'gu'), (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : escaped;
  });

/** A value as it is handed back in a fault: as it was, unless it is so large that it would drown the answer. */
export const echoed = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length <= SHOWN_CHARACTERS) return value;
  return typeof value === 'object' || typeof value === 'string' ? shown(value) : value;
};

/** `problem` goes on after the value ("<field>: <value> …"), or after the field where no value is to be shown. */
export const faultOf = (field: string, value: unknown, problem: string): Fault => ({
  field,
  message: value === undefined ? problem : `${shown(value)} ${problem}`,
  value: echoed(value),
});

/** None or one, to be spread into a list of faults. */
export const faultIf = (found: boolean, field: string, value: unknown, problem: string): readonly Fault[] =>
  found ? [faultOf(field, value, problem)] : [];
