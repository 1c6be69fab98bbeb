import type { Configuration } from '../../domain/configuration';
import { pinnedCreation, type TenantRecord } from '../../domain/ledger-records';
import type { VendingPlan } from '../../domain/plan';
import { planClosing } from '../../domain/plan-closing';
import type { StepReport } from '../../domain/vending';
import type { PlanMemory } from '../../ports/plan-memory';

export interface PlanClosingPorts {
  readonly memory: Pick<PlanMemory, 'pin'>;
  readonly configuration: Configuration;
}

/**
 * Decides everything about the closing before its first look at AWS, for a tenant that is to go. The plan is pinned: a second run of this state
 * keeps it, whatever the configuration says by then. It claims nothing.
 *
 * `closesAccount`: the landing zone permits that the account is closed in AWS.
 * `accountAsked`: AWS was asked for an account that is not known yet. It is waited for, so that none is left that nobody knows of.
 *
 * @param pinned the plan of an earlier try of this state
 */
export async function planClosingRun(
  { memory, configuration }: PlanClosingPorts,
  tenant: TenantRecord,
  pinned: VendingPlan | null,
): Promise<StepReport> {
  const { remarks, closing } = pinned ?? (await memory.pin(planClosing(tenant, configuration)));
  const accountKnown = tenant.account !== null;
  const accountAsked = !accountKnown && pinnedCreation(tenant) !== null;
  const result = { accountKnown, accountAsked, closesAccount: closing?.closesAccount ?? false };
  return remarks.length === 0 ? { result } : { result, remark: remarks.join(' ') };
}
