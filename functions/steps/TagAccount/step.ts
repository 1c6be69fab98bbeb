import type { Change } from '../../domain/records/ledger-records';
import { type TagDifferences, tagDifferences } from '../../domain/account/tag-differences';
import { TENANT_TAG_KEY } from '../../domain/configuration/tenant-tag';
import { accountOf, type Step } from '../../domain/run/vending';
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
  return async (vending) => {
    const accountId = accountOf(vending).id;
    const actual = await tags.list(accountId);
    const wanted = { ...vending.plan.tags, [TENANT_TAG_KEY]: vending.tenant.tenantUuid };
    const differences = tagDifferences(actual, wanted, vending.plan.tagNamespacePrefix);
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
