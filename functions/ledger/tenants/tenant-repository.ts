import { isDeepStrictEqual } from 'node:util';

import { TransientError, RejectedError } from '../../domain/base/errors';
import { isTimely } from '../../domain/queue/rate-limiter';
import { type TenantRecord, type Turn, ClaimRecordSchema } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { FieldChange, NeededPermit, ProgressField, TenantRepository } from '../../ports/repositories';
import { decide, type Snapshot, contentOf, replace, snapshotsOf } from '../base/decide';
import { tenantKey, accountClaim, claimKey } from '../base/keys';
import type { Account } from '../../domain/records/account-records';
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

export const requireUnchanged = <Field extends ProgressField>(
  tenantUuid: string,
  item: Snapshot,
  field: Field,
  before: FieldChange<Field>['before'],
): TenantRecord => unchangedTenant(tenantUuid, tenantOf(item), field, before);

/**
 * @public
 * @throws TransientError when no run is active, or another run has gone on with the field
 */
export function unchangedTenant<Field extends ProgressField>(
  tenantUuid: string,
  tenant: TenantRecord | undefined,
  field: Field,
  before: FieldChange<Field>['before'],
): TenantRecord {
  // A run that a deletion has ended may have passed the guard before: it must not begin anything in AWS.
  if (tenant?.activeRun === null) throw new TransientError(`No run of tenant ${tenantUuid} is active any more.`);
  if (tenant === undefined || !isDeepStrictEqual(tenant[field], before)) {
    throw new TransientError(`Another run has gone on with the ${field} of tenant ${tenantUuid}.`);
  }
  return tenant;
}

/**
 * Writes down which account belongs to the tenant and claims it, in one transaction: no second tenant can ever get it.
 *
 * @throws RejectedError when another tenant has this account, or this tenant has another one
 */
async function recordAccount(store: LedgerStore, tenantUuid: string, account: Account): Promise<void> {
  await decide(store, [tenantKey(tenantUuid), claimKey(accountClaim(account.id))], (tenantItem, claimItem) => {
    const tenant = tenantOf(tenantItem);
    if (tenant === undefined) return { writes: [], result: undefined };
    const holder = contentOf(ClaimRecordSchema, claimItem)?.tenantUuid ?? tenantUuid;
    if (holder !== tenantUuid || (tenant.account !== null && tenant.account.id !== account.id)) {
      throw conflicting(account, holder, tenant);
    }
    if (tenant.account !== null) return { writes: [], result: undefined };
    const claims = [...new Set([...tenant.claims, accountClaim(account.id)])];
    return {
      writes: [replaceTenant(tenantItem, { ...tenant, account, claims }), replace(claimItem, { tenantUuid })],
      result: undefined,
    };
  });
}

/**
 * Looks whether an account is free, or the tenant's own. Nothing is claimed.
 *
 * @throws RejectedError when another tenant has it
 */
export async function checkAccountClaim(store: LedgerStore, accountId: string, tenant: TenantRecord): Promise<void> {
  const [item] = await snapshotsOf(store, [claimKey(accountClaim(accountId))]);
  const holder = contentOf(ClaimRecordSchema, item)?.tenantUuid ?? tenant.tenantUuid;
  if (holder !== tenant.tenantUuid) throw conflicting({ id: accountId }, holder, tenant);
}

function conflicting(account: Pick<Account, 'id'>, holder: string, tenant: TenantRecord): RejectedError {
  return holder === tenant.tenantUuid
    ? new RejectedError(
        `This tenant already has account ${tenant.account?.id ?? ''}; ${account.id} would be a second one.`,
        'Find out in AWS Organizations where the second account comes from before anything else is vended for this tenant.',
      )
    : new RejectedError(
        `Account ${account.id} belongs to another tenant (${holder}).`,
        'One account serves one tenant, also after that one was deleted. Correct tenant.spec.platformTenantId, or leave it null to have a new account ' +
          'made, and send the desired state with a higher replicationSequence.',
      );
}
