import { within } from '../base/plain-schemas';
import type { VendingPlan } from '../plan/plan';
import type { ShadowRecord } from '../records/ledger-records';
import type { Preview } from './preview';

/** What the same run would carry out if it were allowed to. */
export const acting = (plan: VendingPlan): VendingPlan => ({ ...plan, shadow: undefined });

/** How a tenant stands by what its shadow run has found. */
export type ShadowVerdict = 'SAME' | 'CHANGE' | 'CREATE' | 'REFUSED';

export function shadowVerdict({ changes, refusal }: Pick<ShadowRecord, 'changes' | 'refusal'>): ShadowVerdict {
  if (refusal !== null) return 'REFUSED';
  if (changes === null) return 'CREATE';
  return changes.length === 0 ? 'SAME' : 'CHANGE';
}

/** An event of EventBridge may have 256 KB, and a page of a list a hundred of them. */
const MOST_BYTES_IN_EVENT = 128 * 1024;

/** What a shadow run has found, as it is told. */
export interface ShadowTold extends Omit<ShadowRecord, 'changesLeftOut'> {
  readonly verdict: ShadowVerdict;
  readonly changesLeftOut: number;
}

export function shadowTold(shadow: ShadowRecord, mostBytes = MOST_BYTES_IN_EVENT): ShadowTold {
  const { changes: all, changesLeftOut = 0 } = shadow;
  const changes = all === null ? null : [...within(all, mostBytes)];
  const leftOut = changesLeftOut + (all?.length ?? 0) - (changes?.length ?? 0);
  return { ...shadow, verdict: shadowVerdict(shadow), changes, changesLeftOut: leftOut };
}

/** What is kept of a dry run. */
export function shadowRecord(
  { changes, refusal }: Preview,
  { landingZone, existingAccountId }: VendingPlan,
  accountId: string | null,
): ShadowRecord {
  return { landingZone, accountId: accountId ?? existingAccountId, changes, refusal };
}

/** The states that a shadow run comes to after it was planned: it waits for its turn, and tells what it has found. */
const SHADOW_STATES: readonly string[] = ['AwaitReconciliationTurn', 'CompleteShadow'];

/** Whether a state would work for a run that is not allowed to act. */
export const isForbidden = (state: string, { shadow }: Pick<VendingPlan, 'shadow'>): boolean =>
  shadow === true && !SHADOW_STATES.includes(state);

/** The plan of a run that was told only to look. */
export const shadowed = (plan: VendingPlan): VendingPlan => ({
  ...plan,
  shadow: true,
  remarks: [...plan.remarks, `The landing zone '${plan.landingZone}' is in shadow mode: nothing is changed.`],
});
