/** A field of meshStack's that has no counterpart here, and why. Never its value: some are secret. */
export interface LeftOut {
  readonly field: string;
  readonly why: string;
}

/** Where fields stand here, and why others do not; by their paths. A path that is left out stands for all below it. */
export interface Counterparts {
  readonly taken: Readonly<Record<string, string>>;
  readonly left: Readonly<Record<string, string>>;
}

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts each field where it stands here. What is null or empty is not there to meshStack either.
 *
 * @param name of the object, for the report
 */
export function carriedOver(
  name: string,
  content: Json,
  { taken, left }: Counterparts,
): { readonly content: Json; readonly left: readonly LeftOut[] } {
  const here: Record<string, unknown> = {};
  const leftOut = new Map<string, string>();
  const values = new Map(leaves(content));
  for (const [from, to] of Object.entries(taken)) if (values.has(from)) put(here, to.split('.'), values.get(from));
  for (const path of values.keys()) {
    if (Object.hasOwn(taken, path)) continue;
    const known = Object.keys(left).find((prefix) => path === prefix || path.startsWith(`${prefix}.`));
    leftOut.set(known ?? path, known === undefined ? UNKNOWN : (left[known] ?? UNKNOWN));
  }
  return { content: here, left: [...leftOut].map(([path, why]) => ({ field: `${name}: ${path}`, why })) };
}

const UNKNOWN = 'not known here: look in docs/configuration.md whether you need it';

/** A list is one value. */
function leaves(value: Json, prefix = ''): readonly (readonly [path: string, value: unknown])[] {
  return Object.entries(value).flatMap(([name, field]) => {
    if (isObject(field)) return leaves(field, `${prefix}${name}.`);
    return field === null || field === undefined || field === '' ? [] : [[`${prefix}${name}`, field] as const];
  });
}

function put(into: Record<string, unknown>, [name = '', ...below]: readonly string[], value: unknown): void {
  if (below.length === 0) {
    into[name] = value;
    return;
  }
  const before = into[name];
  const parent: Record<string, unknown> = isObject(before) ? { ...before } : {};
  put(parent, below, value);
  into[name] = parent;
}
