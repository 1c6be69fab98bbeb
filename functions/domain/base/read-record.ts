import * as z from 'zod/mini';

/** A word of a record that this release does not know, where an enumeration stands: a newer one has written it. */
export interface UnknownWord {
  readonly path: readonly PropertyKey[];
  readonly word: string;
}

export interface ReadRecord<Content> {
  readonly content: Content;
  readonly unknownWords: readonly UnknownWord[];
}

/**
 * Reads what may have been written by a newer release: while functions are updated one after the other, and after a
 * rollback. Fields that the schema does not know stay in the content, at every depth, so a writer that writes it back
 * with a change has not lost them. A word that an enumeration does not know stands in the content as it is; who decides
 * by it has to look at `unknownWords` first.
 *
 * @throws ZodError when it does not fit for another reason
 */
export function readRecord<Content>(schema: z.core.$ZodType<Content>, data: unknown): ReadRecord<Content> {
  const result = z.safeParse(schema, data);
  if (result.success) return { content: withUnknownFields(result.data, data), unknownWords: [] };
  const words = result.error.issues.map((issue) => unknownWord(issue, data));
  const unknownWords = words.filter((word) => word !== undefined);
  if (unknownWords.length < words.length) throw result.error;
  // Read as if it said a word that is known, and then given the word back that it says.
  const readable = structuredClone(data);
  for (const { path, known } of unknownWords) put(readable, path, known);
  const content = withUnknownFields(z.parse(schema, readable), data);
  for (const { path, word } of unknownWords) put(content, path, word);
  return { content, unknownWords };
}

/**
 * Finds an unknown word of an enumeration; a number, such as the version of a plan, says that the rest is to be read in
 * another way.
 */
function unknownWord(issue: z.core.$ZodIssue, data: unknown): (UnknownWord & { readonly known: string }) | undefined {
  if (issue.code !== 'invalid_value') return undefined;
  const [known] = issue.values;
  const word = valueAt(data, issue.path);
  return typeof known === 'string' && typeof word === 'string' ? { path: issue.path, word, known } : undefined;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isContainer(value) ? value[key] : undefined), data);
}

function put(data: unknown, path: readonly PropertyKey[], value: unknown): void {
  const key = path.at(-1);
  const container = valueAt(data, path.slice(0, -1));
  if (key !== undefined && isContainer(container)) container[key] = value;
}

function withUnknownFields<Content>(content: Content, data: unknown): Content {
  addUnknownFields(content, data);
  return content;
}

/**
 * In place: what the schema has read belongs to nobody else yet - but for what it hands on unread, which is complete.
 */
function addUnknownFields(content: unknown, data: unknown): void {
  if (content === data || !isContainer(content) || !isContainer(data)) return;
  for (const [key, value] of Object.entries(data)) {
    if (key in content) addUnknownFields(content[key], value);
    else content[key] = value;
  }
}

/** An object, or an array: a schema reads as many elements as there are. */
const isContainer = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;
