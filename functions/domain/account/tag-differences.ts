/** What has to be done so that the tags with our prefix are as wanted. */
export interface TagDifferences {
  readonly put: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

type Tags = Readonly<Record<string, string>>;

/**
 * Compares tags. Only keys that begin with the prefix are ours to remove; a wanted key without the prefix is written,
 * never removed. Without a prefix nothing is removed: we could not tell our tags from those of others.
 */
export function tagDifferences(actual: Tags, wanted: Tags, prefix: string | null): TagDifferences {
  const put = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => actual[key] !== value));
  const remove =
    prefix === null || prefix === ''
      ? []
      : Object.keys(actual).filter((key) => key.startsWith(prefix) && !Object.hasOwn(wanted, key));
  return { put, remove };
}
