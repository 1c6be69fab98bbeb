import { isDeepStrictEqual } from 'node:util';

import { TransientError } from '../../domain/base/errors';
import { isTimely } from '../../domain/queue/lane-rate';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { decide } from '../base/decide';
import { tenantKey } from '../base/keys';
import { replaceTenant, tenantOf } from './tenant-items';

/** What the ledger remembers about operations of AWS that go on after the step that started them. */
export type Progress =
  | 'creation'
  | 'enrollment'
  | 'stackInstances'
  | 'groups'
  | 'addedMembers'
  | 'samlAccess'
  | 'assignment'
  | 'seal'
  | 'closure'
  | 'aliasReleased';

/** How AWS may be asked for something: not at all without a turn in this lane. */
export interface AskingTurn {
  readonly lane: string;
  /**
   * When AWS is asked, where a turn serves one request; null where it serves until the operation is over, however often
   * that is asked for.
   */
  readonly onceAt: string | null;
}

/**
 * Writes how far an operation of AWS has come. `before` is what the step has read: should somebody else have gone on
 * from there (a Lambda that was thought dead), nothing is written.
 *
 * @throws TransientError when the ledger holds something else than `before`, or no run is active
 */
export async function recordProgress<Field extends Progress>(
  store: LedgerStore,
  tenantUuid: string,
  field: Field,
  { before, after }: Change<Field>,
): Promise<void> {
  await decide(store, [tenantKey(tenantUuid)], (item) => {
    const tenant = requireUnchanged(tenantUuid, tenantOf(item), field, before);
    return { writes: [replaceTenant(item, { ...tenant, [field]: after })], result: undefined };
  });
}

/**
 * Writes that AWS is about to be asked, and uses the tenant's turn for it, in one. Without a turn it writes nothing but
 * that one is needed.
 *
 * @returns whether AWS may be asked
 * @throws TransientError when the ledger holds something else than `before`
 */
export async function recordAsking<Field extends Progress>(
  store: LedgerStore,
  tenantUuid: string,
  field: Field,
  { before, after, turn }: Change<Field> & { readonly turn: AskingTurn },
): Promise<boolean> {
  return decide(store, [tenantKey(tenantUuid)], (item) => {
    const tenant = requireUnchanged(tenantUuid, tenantOf(item), field, before);
    const held = tenant.turns[turn.lane];
    if (held === undefined || !serves(held, turn)) {
      const turnsNeeded = [...new Set([...tenant.turnsNeeded, turn.lane])];
      return { writes: [replaceTenant(item, { ...tenant, turnsNeeded })], result: false };
    }
    const turns = { ...tenant.turns, [turn.lane]: { ...held, used: true } };
    return { writes: [replaceTenant(item, { ...tenant, turns, [field]: after })], result: true };
  });
}

const serves = (held: Turn, { onceAt }: AskingTurn): boolean =>
  onceAt === null || (!held.used && isTimely(held, new Date(onceAt)));

interface Change<Field extends Progress> {
  readonly before: TenantRecord[Field];
  readonly after: TenantRecord[Field];
}

function requireUnchanged<Field extends Progress>(
  tenantUuid: string,
  tenant: TenantRecord | undefined,
  field: Field,
  before: TenantRecord[Field],
): TenantRecord {
  // A run that a deletion has ended may have passed the fence before: it must not begin anything in AWS.
  if (tenant?.activeRun === null) throw new TransientError(`No run of tenant ${tenantUuid} is active any more.`);
  if (tenant === undefined || !isDeepStrictEqual(tenant[field], before)) {
    throw new TransientError(`Another run has gone on with the ${field} of tenant ${tenantUuid}.`);
  }
  return tenant;
}
