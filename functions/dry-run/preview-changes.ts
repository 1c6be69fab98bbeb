import { RejectedError } from '../domain/base/errors';
import { accountStateOf } from '../domain/records/tenant-account';
import { hasNothing, isBeingClosed, tooLateToKeep } from '../domain/desired-state/deletion';
import { isImport } from '../domain/account/import-refusal';
import type { TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import type { Preview } from '../domain/run/preview';
import { checkClaims } from '../ledger/runs/pin-plan';
import { readTenant, unknownTenant } from '../ledger/tenants/tenant-items';
import { checkAccountClaim } from '../ledger/tenants/tenant-repository';
import type { LedgerStore } from '../ports/ledger-store';
import { closingStepsOf } from './closing-steps';
import { dryRun } from './dry-run';
import type { DryRunPorts } from './step-ports';
import { dryRunStepsOf } from './vending-steps';

export interface PreviewPorts {
  readonly ledger: LedgerStore;
  /** For a tenant as it is: some directories are asked only about members that its item remembers. */
  readonly portsFor: (tenant: TenantRecord) => DryRunPorts;
  readonly now: () => Date;
}

/**
 * What a run of this plan would change, were it to begin now, and what would stop it: the ledger's claims first, then
 * state after state against what is in AWS. Reads, and writes nothing; a second call looks again.
 */
export async function previewChanges({ ledger, portsFor, now }: PreviewPorts, plan: VendingPlan): Promise<Preview> {
  const tenant = (await readTenant(ledger, plan.tenantUuid)) ?? unknownTenant(plan.tenantUuid, now());
  if (plan.closing !== undefined) return previewClosing({ portsFor, now }, plan, tenant);
  if (isBeingClosed(tenant)) return { changes: null, refusal: tooLate(tenant) };
  try {
    await checkClaims(ledger, plan, tenant);
    const imports = isImport(plan, tenant);
    if (!imports && tenant.account === null) return { changes: null, refusal: null };
    if (plan.existingAccountId !== null) await checkAccountClaim(ledger, plan.existingAccountId, tenant);
    const { steps, ledger: dryRunLedger } = dryRunStepsOf(portsFor(tenant), plan, tenant, imports);
    return await dryRun(steps, { plan, now: now(), tenant: () => dryRunLedger.tenant });
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    return { changes: null, refusal: { state: 'PlanVending', message: error.reason, remedy: error.remedy } };
  }
}

/**
 * The same of a tenant that is to go. Nothing is told of an account that AWS has been asked for: it is waited for
 * first.
 */
async function previewClosing(
  { portsFor, now }: Pick<PreviewPorts, 'portsFor' | 'now'>,
  plan: VendingPlan,
  tenant: TenantRecord,
): Promise<Preview> {
  if (tenant.account === null) {
    return hasNothing(tenant) ? { changes: [], refusal: null, accountState: 'NONE' } : { changes: null, refusal: null };
  }
  const { steps, ledger: dryRunLedger, found } = closingStepsOf(portsFor(tenant), plan, tenant);
  const preview = await dryRun(steps, { plan, now: now(), tenant: () => dryRunLedger.tenant });
  if (preview.refusal !== null) return preview;
  return { ...preview, accountState: accountStateOf(dryRunLedger.tenant, found.accountThere) };
}

/** It would be refused before it has a run. */
function tooLate(tenant: TenantRecord): NonNullable<Preview['refusal']> {
  const { field, message } = tooLateToKeep(tenant);
  return {
    state: 'PlanVending',
    message: `${field} ${message}`,
    remedy: 'Order another tenant, which has a uuid of its own.',
  };
}
