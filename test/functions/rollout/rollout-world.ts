import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { newRollout, type RolloutRecord, type RolloutTenant } from '../../../functions/domain/rollout/rollout';
import { DEFAULT_LIMITS } from '../../../functions/domain/rollout/rollout-request';
import { decide } from '../../../functions/ledger/base/decide';
import { tenantKey } from '../../../functions/ledger/base/keys';
import { acceptDesiredState } from '../../../functions/ledger/intake/accept-desired-state';
import { readRolloutTenants } from '../../../functions/ledger/rollout/rollout-tenants';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { openRun } from '../../../functions/ledger/runs/open-run';
import type { RunEnd } from '../../../functions/ledger/runs/run-end';
import { replaceTenant, tenantOf } from '../../../functions/ledger/tenants/tenant-items';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { account, NOW } from '../../fakes/vending';
import { changed, desiredStateJson } from '../domain/examples';
import { incoming, referenceTo, vended } from '../ledger/ledger-calls';

export const ID = 'r-1';

export const uuid = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A rollout from configuration `old` to `new` that was planned at `NOW`, with changes. */
export const rollout = (changes: Partial<RolloutRecord> = {}): RolloutRecord => ({
  ...newRollout(
    {
      id: ID,
      kind: 'configuration',
      fromHash: 'old',
      targetHash: 'new',
      limits: DEFAULT_LIMITS,
      plannedBy: null,
    },
    NOW,
  ),
  ...changes,
});

/** What a rollout knows of a tenant, with changes: its turn is to come, in the canary. */
export const member = (tenantUuid: string, changes: Partial<RolloutTenant> = {}): RolloutTenant => ({
  tenantUuid,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop-dev',
  landingZone: 'aws-dev',
  accountId: account.id,
  wave: 0,
  changes: [],
  changesLeftOut: 0,
  refusal: null,
  state: 'WAITING',
  unexpected: false,
  run: null,
  reason: null,
  ...changes,
});

export async function memberIn(ledger: LedgerStore, tenantUuid: string): Promise<RolloutTenant | undefined> {
  const [found] = await readRolloutTenants(ledger, ID, [tenantUuid]);
  return found;
}

/** Changes what the ledger knows of a tenant. */
export const updateTenant = (ledger: LedgerStore, tenantUuid: string, changes: Partial<TenantRecord>): Promise<void> =>
  decide(ledger, [tenantKey(tenantUuid)], (item) => {
    const tenant = tenantOf(item);
    if (tenant === undefined) throw new Error(`The ledger knows no tenant ${tenantUuid}.`);
    return {
      writes: [replaceTenant(item, { ...tenant, ...changes })],
      result: undefined,
    };
  });

/** A tenant whose first run, by the configuration `old`, has ended so. */
export async function endedTenant(
  ledger: LedgerStore,
  number: number,
  changes: Partial<TenantRecord> = {},
  end: RunEnd = vended,
): Promise<string> {
  const tenantUuid = uuid(number);
  const desiredState = changed(desiredStateJson, ['tenant.metadata.uuid', tenantUuid]) as object;
  await acceptDesiredState(ledger, incoming(17, { tenantUuid, desiredState, landingZone: 'aws-dev' }), NOW);
  await openRun(ledger, referenceTo(17, 1, tenantUuid), NOW);
  await updateTenant(ledger, tenantUuid, { account, configurationHash: 'old' });
  await closeRun(ledger, referenceTo(17, 1, tenantUuid), end, NOW);
  await updateTenant(ledger, tenantUuid, changes);
  return tenantUuid;
}
