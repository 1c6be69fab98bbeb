import type { DesiredState } from './desired-state';
import type { Fault } from '../base/fault';
import type { Planned } from '../planning/rendered-pattern';
import { tagPlaceholder } from '../templates/string-template';

/** A tag of the tenant, after merging. */
export interface TenantTag {
  readonly name: string;
  /** Several values are joined with a colon, as AWS tags have one. */
  readonly value: string;
  /** The field of the desired state that it comes from. */
  readonly field: string;
}

/**
 * The tags that hold for a tenant: the project's win over the payment method's, these over the workspace's; the
 * tenant's own fill in what none of them has. A tag without values counts as absent.
 */
export function mergedTags(desiredState: DesiredState): readonly TenantTag[] {
  const sources = [
    ['project.spec.tags', desiredState.project.spec.tags],
    ['paymentMethod.spec.tags', desiredState.paymentMethod?.spec.tags ?? {}],
    ['workspace.metadata.tags', desiredState.workspace.metadata.tags],
    ['tenant.status.tags', desiredState.tenant.status.tags],
  ] as const;
  const merged = new Map<string, TenantTag>();
  for (const [source, tags] of sources) {
    for (const [name, values] of Object.entries(tags)) {
      if (values.length === 0 || merged.has(name)) continue;
      merged.set(name, { name, value: values.join(':'), field: `${source}.${name}` });
    }
  }
  return [...merged.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Tag values by the name that patterns, stack sets and the landing-zone Lambda know them by: `tagEnvironment`. */
export function tagValues(tags: readonly TenantTag[]): Planned<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const faults: Fault[] = [];
  const owners = new Map<string, TenantTag>();
  for (const tag of tags) {
    const name = tagPlaceholder(tag.name);
    const owner = owners.get(name);
    if (owner !== undefined) faults.push(sameName(tag, owner, name));
    owners.set(name, tag);
    values.set(name, tag.value);
  }
  return { value: values, faults };
}

const sameName = (tag: TenantTag, owner: TenantTag, name: string): Fault => ({
  field: tag.field,
  message: `is known as ${name}, and so is the tag '${owner.name}' (${owner.field}). Remove or rename one of the two.`,
  value: tag.name,
});
