import type { Change } from '../../domain/records/ledger-records';
import { TENANT_TAG_KEY } from '../../domain/plan/plan';
import { accountOf, type Step } from '../../domain/run/step-context';
import type { AccountTags } from '../../ports/organizations';

export interface TagAccountPorts {
  readonly tags: AccountTags;
}

/**
 * Makes the account's tags with our prefix equal to the plan's, and keeps the tag that ties the account to its tenant.
 * Tags of others stay. Removals come first: an account has room for 50. A second run finds no difference and writes
 * nothing.
 *
 * @throws RejectedError when AWS refuses a tag (tag policy)
 */
export function tagAccount({ tags }: TagAccountPorts): Step {
  return async (context) => {
    const accountId = accountOf(context).id;
    const actual = await tags.list(accountId);
    const wanted = { ...context.plan.tags, [TENANT_TAG_KEY]: context.tenant.tenantUuid };
    const differences = tagDifferences(actual, wanted, context.plan.tagNamespacePrefix);
    if (differences.remove.length > 0) await tags.remove(accountId, differences.remove);
    if (Object.keys(differences.put).length > 0) await tags.put(accountId, differences.put);
    return {
      result: { put: Object.keys(differences.put).length, removed: differences.remove.length },
      changes: changesOf(actual, differences),
    };
  };
}

function changesOf(actual: Readonly<Record<string, string>>, { put, remove }: TagDifferences): readonly Change[] {
  return [
    ...remove.map((key) => ({ what: `tag ${key}`, from: actual[key] ?? null, to: null })),
    ...Object.entries(put).map(([key, to]) => ({ what: `tag ${key}`, from: actual[key] ?? null, to })),
  ];
}

/** What has to be done so that the tags with our prefix are as wanted. */
interface TagDifferences {
  readonly put: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

type Tags = Readonly<Record<string, string>>;

/**
 * Compares tags. Only keys that begin with the prefix are ours to remove; a wanted key without the prefix is written,
 * never removed. Without a prefix nothing is removed: we could not tell our tags from those of others.
 *
 * @public
 */
export function tagDifferences(actual: Tags, wanted: Tags, prefix: string | null): TagDifferences {
  const put = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => actual[key] !== value));
  const remove =
    prefix === null || prefix === ''
      ? []
      : Object.keys(actual).filter((key) => key.startsWith(prefix) && !Object.hasOwn(wanted, key));
  return { put, remove };
}
