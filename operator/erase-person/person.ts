import type { UserPermission } from '../../functions/domain/desired-state';

/** How a person is called in the ledger. */
export interface Person {
  /** In lower case: e-mail, euid, meshIdentifier and username, as far as they are known. */
  readonly names: ReadonlySet<string>;
}

export type Entry = Partial<Pick<UserPermission, 'meshIdentifier' | 'username' | 'euid' | 'email'>>;

const NAMES = ['meshIdentifier', 'username', 'euid', 'email'] as const;

const namesOf = (entry: Entry): readonly string[] =>
  NAMES.map((name) => entry[name]?.trim().toLowerCase() ?? '').filter((name) => name !== '');

/** Whether an entry of user permissions is this person's. */
export const isOf = ({ names }: Person, entry: Entry): boolean => namesOf(entry).some((name) => names.has(name));

/**
 * Everything that the person of some names is called by. The meshIdentifier leads from one entry to others, since an e-mail may have changed meanwhile; nothing else
 * does, so that two people who share a username at different times are not taken for one.
 */
export function personOf(given: readonly string[], entries: readonly Entry[]): Person {
  const named: Person = { names: new Set(given.map((name) => name.trim().toLowerCase())) };
  const meshIdentifiers = new Set(
    entries.flatMap((entry) => (isOf(named, entry) ? (entry.meshIdentifier?.toLowerCase() ?? []) : [])),
  );
  const own = entries.filter(
    (entry) => isOf(named, entry) || meshIdentifiers.has(entry.meshIdentifier?.toLowerCase() ?? ''),
  );
  return { names: new Set([...named.names, ...own.flatMap(namesOf)]) };
}

/** Finds the names in a text, each as a whole word. */
export type Finder = RegExp;

/** Names of every kind, for texts that are about people. */
export const anyName = ({ names }: Person): Finder => finderOf([...names]);

/** Addresses alone, for all other texts: a username may be a word that means something else. */
export const anyAddress = ({ names }: Person): Finder => finderOf([...names].filter((name) => name.includes('@')));

function finderOf(names: readonly string[]): Finder {
  const escaped = names
    .toSorted((one, other) => other.length - one.length)
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`));
  // Without a name it finds nothing.
  const words = escaped.length === 0 ? '(?!)' : `(?:${escaped.join('|')})`;
  return new RegExp(`(?<![\\p{L}\\p{N}._%+@-])${words}(?![\\p{L}\\p{N}_%+@-]|[.][\\p{L}\\p{N}])`, 'giu');
}
