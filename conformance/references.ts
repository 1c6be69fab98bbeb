/** What texts of a case may name: facts of the organization, and the answers that earlier steps have saved. */
export type Known = Readonly<Record<string, unknown>>;

/** A text that names what is not known here: the case cannot be reached. */
export class UnknownReferenceError extends Error {
  override readonly name = 'UnknownReferenceError';
  readonly reference: string;

  constructor(reference: string) {
    super(`Nothing is known of ${reference}.`);
    this.reference = reference;
  }
}

/**
 * Puts what is known in the place of `{{…}}`: `{{root}}`, or a path such as `{{made.OrganizationalUnit.Id}}`. A text
 * that is nothing else becomes the value itself, whatever its type.
 */
export function resolved<Whole>(whole: Whole, known: Known): Whole;
export function resolved(whole: unknown, known: Known): unknown {
  if (typeof whole === 'string') return resolvedText(whole, known);
  if (Array.isArray(whole)) return whole.map((item: unknown) => resolved(item, known));
  if (typeof whole !== 'object' || whole === null) return whole;
  return Object.fromEntries(Object.entries(whole).map(([name, inner]) => [name, resolved(inner, known)]));
}

function resolvedText(text: string, known: Known): unknown {
  const alone = /^\{\{([^{}]+)\}\}$/u.exec(text)?.[1];
  if (alone !== undefined) return found(alone, known);
  return text.replaceAll(/\{\{([^{}]+)\}\}/gu, (_, path: string) => String(found(path, known)));
}

function found(path: string, known: Known): unknown {
  let value: unknown = known;
  for (const part of path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
  }
  if (value === undefined) throw new UnknownReferenceError(path);
  return value;
}
