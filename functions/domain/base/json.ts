import { createHash } from 'node:crypto';

/**
 * JSON whose object keys are sorted at every level: two equal values have the same text.
 *
 * @public
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** SHA-256, in hexadecimal, of a value's canonical JSON: tells whether two desired states, or plans, are the same. */
export const contentHash = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** Whether a text could be one of those. */
export const isContentHash = (text: string): boolean => /^[0-9a-f]{64}$/u.test(text);

/** The value of a JSON text, or undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
