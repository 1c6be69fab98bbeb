import { type Fault, echoed, shown, unicodePattern } from '../base/fault';
import type { TenantTag } from '../desired-state/merged-tags';
import type { Planned } from '../planning/rendered-pattern';
import { renderTagValuePattern } from '../templates/tag-value-pattern';

/*
 * Tags of the account. meshStack adapts them to AWS instead of failing: illegal characters become `_`, keys are cut at
 * 128 characters and values at 256. What AWS would refuse even then is a fault. (AWS Organizations API reference,
 * "Tag"; meshcloud documentation, "Managing Tags".)
 */

const KEY_LENGTH = 128;
const VALUE_LENGTH = 256;
const TAGS_PER_ACCOUNT = 50;

interface AccountTag {
  readonly key: string;
  readonly value: string;
  /** The key as it was before it was adapted. */
  readonly wanted: string;
  readonly field: string;
}

interface TagConfiguration {
  readonly namespacePrefix: string;
  readonly tagMappers: readonly { readonly key: string; readonly valuePattern: string }[];
}

/**
 * The account's tags: one for each tag of the tenant and for each tag mapper, all with the namespace prefix. A mapper
 * wins over the tenant's tag of the same name; one whose tag is absent is skipped.
 */
export function accountTags(
  configuration: TagConfiguration,
  tenantTags: readonly TenantTag[],
  mapperValues: ReadonlyMap<string, string>,
): Planned<Readonly<Record<string, string>>> {
  const { namespacePrefix, tagMappers } = configuration;
  const wanted = new Map<string, AccountTag>();
  for (const { name, value, field } of tenantTags) wanted.set(name, accountTag(namespacePrefix + name, value, field));
  for (const [index, { key, valuePattern }] of tagMappers.entries()) {
    const value = renderTagValuePattern(valuePattern, mapperValues);
    if (value === null) continue;
    wanted.set(key, accountTag(namespacePrefix + key, value, `tenantTags.tagMappers[${index}].key`));
  }
  const tags = [...wanted.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
  return {
    value: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    faults: [...reserved(tags), ...equal(tags), ...tooMany(tags)],
  };
}

const accountTag = (wanted: string, value: string, field: string): AccountTag => ({
  key: adapted(wanted, KEY_LENGTH),
  value: adapted(value, VALUE_LENGTH),
  wanted,
  field,
});

/** Cut by UTF-16 units and never inside a character, which is within the limit however AWS counts. */
const adapted = (text: string, length: number): string =>
  text
    .replaceAll(unicodePattern('[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]', 'gu'), '_')
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '');

const reserved = (tags: readonly AccountTag[]): readonly Fault[] =>
  tags
    .filter(({ key }) => /^aws:/i.test(key))
    .map(({ key, field }) => ({
      field,
      message: `makes the tag key ${shown(key)}; keys that begin with 'aws:' are reserved by AWS. Rename the tag or change tenantTags.namespacePrefix.`,
      value: echoed(key),
      limit: 'aws:',
    }));

function equal(tags: readonly AccountTag[]): readonly Fault[] {
  const first = new Map<string, AccountTag>();
  return tags.flatMap((tag) => {
    const other = first.get(tag.key);
    first.set(tag.key, other ?? tag);
    if (other === undefined) return [];
    const message = `becomes the tag key ${shown(tag.key)} once illegal characters are replaced and ${KEY_LENGTH} characters are cut, and so does ${other.field} (${shown(other.wanted)}). Rename one of the two.`;
    return [{ field: tag.field, message, value: echoed(tag.wanted), limit: KEY_LENGTH }];
  });
}

/** The constant tag that marks the account as the tenant's takes one of the places. */
function tooMany(tags: readonly AccountTag[]): readonly Fault[] {
  const count = tags.length + 1;
  if (count <= TAGS_PER_ACCOUNT) return [];
  const message = `come to ${count} on the account, the constant tag account-vending:tenant-uuid included; AWS allows at most ${TAGS_PER_ACCOUNT}. Remove tags from project, payment method or workspace, or tag mappers.`;
  return [{ field: 'tags', message, value: count, limit: TAGS_PER_ACCOUNT }];
}

/**
 * The tags by which an external account vending machine says that it has finished with an account. Source: meshcloud's
 * documentation of `waitForExternalAvm`.
 */
export const EXTERNAL_AVM_TAGS = ['ProductName', 'Stage'] as const;
