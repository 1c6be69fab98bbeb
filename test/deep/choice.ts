import { SandboxError } from '../../sandbox/runtime/ministack/sandbox-error';

/** So many runs, one after another, run everything. */
const SHARES = 7;

/** Names of what a run takes, in this order, and of what it leaves to others. */
export interface Choice {
  readonly related: readonly string[];
  readonly share: readonly string[];
  readonly left: readonly string[];
}

/**
 * Tests of what has changed, and a seventh of the rest.
 *
 * @param names all that there is, but for the core
 * @param related long tests of what has changed
 * @param turn goes up by one with each commit
 */
export function choose(names: readonly string[], related: ReadonlySet<string>, turn: number): Choice {
  const rest = names.filter((name) => !related.has(name)).toSorted();
  const isOurs = (_: string, index: number): boolean => index % SHARES === turn % SHARES;
  return {
    related: names.filter((name) => related.has(name)),
    share: rest.filter(isOurs),
    left: rest.filter((name, index) => !isOurs(name, index)),
  };
}

/** `mutations` means all of that folder, `mutations/NAME` one. */
const isMeant = (name: string, wanted: string): boolean => name === wanted || name.startsWith(`${wanted}/`);

/**
 * Those that are asked for. One misspelt name among good ones would be run by nobody, and nothing said.
 *
 * @throws SandboxError that lists the names that there are
 */
export function named(names: readonly string[], wanted: readonly string[]): readonly string[] {
  const unknown = wanted.filter((one) => !names.some((name) => isMeant(name, one)));
  if (unknown.length > 0) {
    const listed = names.map((name) => `  ${name}`).join('\n');
    throw new SandboxError(
      `There is no part ${unknown.join(', ')}. Name a folder, such as simulation, or some of these:\n${listed}`,
    );
  }
  return names.filter((name) => wanted.some((one) => isMeant(name, one)));
}

/** The same in fewer words: a folder that is there as a whole, by its own name. */
export function inShort(names: readonly string[], all: readonly string[]): readonly string[] {
  const folderOf = (name: string): string => name.split('/')[0] ?? name;
  const sizes = Map.groupBy(all, folderOf);
  return [...Map.groupBy(names, folderOf)].flatMap(([folder, members]) =>
    sizes.get(folder)?.length === members.length ? [folder] : members,
  );
}
