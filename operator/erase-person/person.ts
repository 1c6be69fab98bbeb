/** How a person is called in the ledger, all in lower case. */
export interface Person {
  /** E-mails, euids, meshIdentifiers and usernames, as far as they are known. */
  readonly names: ReadonlySet<string>;
  /** The keys that identify them: a username only if it was given, since others may have had it. */
  readonly keys: ReadonlySet<string>;
}

/** What an entry of user permissions calls its person. */
export type Entry = Readonly<Partial<Record<(typeof NAMES)[number], string | null | undefined>>>;

const KEYS = ['meshIdentifier', 'euid', 'email'] as const;
const NAMES = [...KEYS, 'username'] as const;

const inLowerCase = (entry: Entry, fields: readonly (keyof Entry)[]): readonly string[] =>
  fields.map((field) => entry[field]?.trim().toLowerCase() ?? '').filter((name) => name !== '');

const isKnownBy = (names: ReadonlySet<string>, entry: Entry, fields: readonly (keyof Entry)[]): boolean =>
  inLowerCase(entry, fields).some((name) => names.has(name));

/** Whether an entry of user permissions is this person's. */
export const isOf = ({ keys }: Person, entry: Entry): boolean => isKnownBy(keys, entry, NAMES);

/**
 * Everything that the person of some names is called by. The meshIdentifier leads from one entry to others, since an
 * e-mail may have changed meanwhile; nothing else does, so that two people who share a username are not taken for one.
 */
export function personOf(given: readonly string[], entries: readonly Entry[]): Person {
  const named = new Set(given.map((name) => name.trim().toLowerCase()));
  const meshIdentifiers = new Set(
    entries
      .filter((entry) => isKnownBy(named, entry, NAMES))
      .flatMap((entry) => inLowerCase(entry, ['meshIdentifier'])),
  );
  const own = entries.filter(
    (entry) => isKnownBy(named, entry, NAMES) || isKnownBy(meshIdentifiers, entry, ['meshIdentifier']),
  );
  const all = (fields: readonly (keyof Entry)[]): ReadonlySet<string> =>
    new Set([...named, ...own.flatMap((entry) => inLowerCase(entry, fields))]);
  return { names: all(NAMES), keys: all(KEYS) };
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
