import * as z from 'zod/mini';

import { AnyFlag, AnyNumber, AnyText, Texts } from '../base/plain-schemas';
import { contentHash } from '../base/json';
import type { Change } from '../records/ledger-records';
import type { Preview, PreviewedChange } from '../run/preview';

/** Tenants in which the same kinds of things change. */
export const ChangeGroupSchema = z.object({
  /** Such as `sets tag cost-center` or `moves the account to ou-ab12-prod0001`. */
  kinds: Texts,
  tenants: AnyNumber,
  /** One of them, to look at. */
  example: AnyText,
  /** They cannot be planned: `kinds` says why. */
  isRefusal: AnyFlag,
});

/** How many tenants lose something, or get other guardrails. */
export const SevereCountsSchema = z.object({
  removesAccess: AnyNumber,
  movesUnit: AnyNumber,
  removesStackSet: AnyNumber,
});

/** What was planned for a tenant. */
export interface PlannedTenant extends Pick<Preview, 'changes' | 'refusal'> {
  readonly tenantUuid: string;
}

export type ChangeGroup = Readonly<z.infer<typeof ChangeGroupSchema>>;
export type SevereCounts = Readonly<z.infer<typeof SevereCountsSchema>>;

/** More kinds of change than a person can look at. */
const MOST_GROUPS = 100;

/**
 * What one change is, without the names of its tenant: groups, roles and members have such names.
 *
 * @public
 */
export function kindOfChange({ what, from, to }: Change): string {
  if (what === 'organizational unit') return `moves the account to ${to ?? 'no unit'}`;
  const [first = what] = what.split(' ');
  const isNamed = NAMED.includes(first);
  const thing = isNamed ? what : first;
  if (to === null) return `removes ${thing}`;
  return from === null ? `adds ${thing}` : `changes ${thing}`;
}

/** Their names are those of the configuration. */
const NAMED: readonly string[] = ['tag', 'stack', 'enrollment', 'alias', 'customization'];

const kindsOf = (changes: readonly PreviewedChange[]): string[] => [...new Set(changes.map(kindOfChange))].toSorted();

/** What a tenant is counted under; null: nothing changes in it. */
function groupOf({ changes, refusal }: Pick<PlannedTenant, 'changes' | 'refusal'>): string[] | null {
  if (refusal !== null) return [`is refused in ${refusal.state}: ${refusal.message}`];
  return changes === null || changes.length === 0 ? null : kindsOf(changes);
}

/** Adds tenants to groups; the largest groups stay first. */
export function grouped(groups: readonly ChangeGroup[], tenants: readonly PlannedTenant[]): readonly ChangeGroup[] {
  const byKinds = new Map(groups.map((group) => [contentHash(group.kinds), group]));
  for (const tenant of tenants) {
    const kinds = groupOf(tenant);
    if (kinds === null) continue;
    const known = byKinds.get(contentHash(kinds));
    const group = known ?? { kinds, tenants: 0, example: tenant.tenantUuid, isRefusal: tenant.refusal !== null };
    byKinds.set(contentHash(kinds), { ...group, tenants: group.tenants + 1 });
  }
  return [...byKinds.values()].toSorted((one, other) => other.tenants - one.tenants).slice(0, MOST_GROUPS);
}

const ACCESS = ['member', 'group', 'assignment', 'role', 'policy', 'SAML'];

/** Policies that go with the downgrade of the access role are ours, and no person's. */
const removesAccess = ({ state, what, to }: PreviewedChange): boolean =>
  to === null && !state.includes('Downgrade') && ACCESS.some((word) => what.startsWith(`${word} `));

const removesStackSet = ({ what, to }: PreviewedChange): boolean => to === null && what.startsWith('stack set ');

const movesUnit = ({ what }: PreviewedChange): boolean => what === 'organizational unit';

/** How many of these tenants have a change of each severe kind. */
export function severeOf(tenants: readonly Pick<PlannedTenant, 'changes'>[]): SevereCounts {
  const having = (isSevere: (change: PreviewedChange) => boolean): number =>
    tenants.filter(({ changes }) => (changes ?? []).some(isSevere)).length;
  return {
    removesAccess: having(removesAccess),
    movesUnit: having(movesUnit),
    removesStackSet: having(removesStackSet),
  };
}

export const plus = (one: SevereCounts, other: SevereCounts): SevereCounts => ({
  removesAccess: one.removesAccess + other.removesAccess,
  movesUnit: one.movesUnit + other.movesUnit,
  removesStackSet: one.removesStackSet + other.removesStackSet,
});

/** The number that a consent has to name: the largest of the severe counts. */
export const mostSevere = ({
  removesAccess: access,
  movesUnit: unit,
  removesStackSet: stackSet,
}: SevereCounts): number => Math.max(access, unit, stackSet);

/** Whether a run has changed the kinds of things that were planned, and no others. */
export function isAsPlanned(planned: PlannedTenant['changes'], changed: readonly PreviewedChange[]): boolean {
  if (planned === null) return true;
  const expected = new Set(kindsOf(planned));
  return kindsOf(changed).every((kind) => expected.has(kind));
}
