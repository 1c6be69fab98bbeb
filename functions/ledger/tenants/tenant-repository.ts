import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../../domain/base/errors';
import { isTimely } from '../../domain/queue/rate-limiter';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { FieldChange, NeededPermit, ProgressField, TenantRepository } from '../../ports/repositories';
import { decide, type Snapshot } from '../base/decide';
import { tenantKey } from '../base/keys';
import { recordAccount } from './record-account';
import { replaceTenant, tenantOf } from './tenant-items';

/** The repository of one tenant. */
export function ledgerTenantRepository(store: LedgerStore, tenantUuid: string): TenantRepository {
  return {
    update: (field, change) => updateTenant(store, tenantUuid, field, change),
    claim: (field, change) => claimOperation(store, tenantUuid, field, change),
    recordAccount: (account) => recordAccount(store, tenantUuid, account),
  };
}

/**
 * Writes how far an operation of AWS has come. `before` is what the step has read: should somebody else have gone on
 * from there (a Lambda that was thought dead), nothing is written.
 *
 * @throws TransientError when the ledger holds something else than `before`, or no run is active
 */
export async function updateTenant<Field extends ProgressField>(
  store: LedgerStore,
  tenantUuid: string,
  field: Field,
  { before, after }: FieldChange<Field>,
): Promise<void> {
  await decide(store, [tenantKey(tenantUuid)], (item) => {
    const tenant = requireUnchanged(tenantUuid, item, field, before);
    return { writes: [replaceTenant(item, { ...tenant, [field]: after })], result: undefined };
  });
}

/**
 * Writes that AWS is about to be asked, and uses the tenant's permit for it, in one. Without a permit it writes only
 * that one is needed.
 *
 * @returns whether AWS may be asked
 * @throws TransientError when the ledger holds something else than `before`, or no run is active
 */
async function claimOperation<Field extends ProgressField>(
  store: LedgerStore,
  tenantUuid: string,
  field: Field,
  { before, after, permit }: FieldChange<Field> & { readonly permit: NeededPermit },
): Promise<boolean> {
  return decide(store, [tenantKey(tenantUuid)], (item) => {
    const tenant = requireUnchanged(tenantUuid, item, field, before);
    const claimed = withPermitUsed(tenant, permit);
    return claimed === undefined
      ? { writes: [replaceTenant(item, withPermitNeeded(tenant, permit))], result: false }
      : { writes: [replaceTenant(item, { ...claimed, [field]: after })], result: true };
  });
}

/** @returns undefined where the tenant has no permit that serves */
export function withPermitUsed(tenant: TenantRecord, permit: NeededPermit): TenantRecord | undefined {
  const held = tenant.turns[permit.lane];
  if (held === undefined || !serves(held, permit)) return undefined;
  return { ...tenant, turns: { ...tenant.turns, [permit.lane]: { ...held, used: true } } };
}

export const withPermitNeeded = (tenant: TenantRecord, { lane }: NeededPermit): TenantRecord => ({
  ...tenant,
  turnsNeeded: [...new Set([...tenant.turnsNeeded, lane])],
});

const serves = (held: Turn, { onceAt }: NeededPermit): boolean =>
  onceAt === null || (!held.used && isTimely(held, new Date(onceAt)));

export function requireUnchanged<Field extends ProgressField>(
  tenantUuid: string,
  item: Snapshot,
  field: Field,
  before: FieldChange<Field>['before'],
): TenantRecord {
  const tenant = tenantOf(item);
  // A run that a deletion has ended may have passed the fence before: it must not begin anything in AWS.
  if (tenant?.activeRun === null) throw new TransientError(`No run of tenant ${tenantUuid} is active any more.`);
  if (tenant === undefined || !isDeepStrictEqual(tenant[field], before)) {
    throw new TransientError(`Another run has gone on with the ${field} of tenant ${tenantUuid}.`);
  }
  return tenant;
}
