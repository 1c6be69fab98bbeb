import type { TenantRecord } from '../../domain/records/ledger-records';
import type { ItemWrite, LedgerStore } from '../../ports/ledger-store';
import { type Snapshot, replace } from '../base/decide';
import { runKey } from '../base/keys';
import { type RunReference, decideForTenant, isSameRun, replaceTenant, runOf, tenantOf } from '../tenants/tenant-items';

interface Stop {
  readonly stoppedAt: string;
  /**
   * A function of the stopped execution may still be at work. When it cannot be any more, the run's end is written
   * down: by then.
   */
  readonly settlesAt: string;
}

/**
 * If a function may still be at work, the message comes again after the 180 seconds for which its queue hides it, and
 * half a minute for the delivery.
 */
const LOOKS_AGAIN_AFTER_SECONDS = 180 + 30;

/** When the active run was stopped; null where it goes on, has gone on since, or has ended. */
export function stopOf({ stopped, activeRun, statusChangedAt }: TenantRecord): Stop | null {
  if (stopped === undefined || !isSameRun(activeRun, stopped.run) || stopped.at < statusChangedAt) return null;
  return { stoppedAt: stopped.at, settlesAt: stopped.settlesAt };
}

/**
 * Writes down that an execution was stopped. Again: changes nothing, unless it was not known by whom.
 *
 * @param stoppedBy who has asked for it; null where Step Functions alone has told of it
 */
export async function rememberStop(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
  stoppedAt: Date,
  longestFunctionSeconds: number,
  stoppedBy: string | null = null,
): Promise<Stop> {
  const seconds = longestFunctionSeconds + LOOKS_AGAIN_AFTER_SECONDS;
  const settlesAt = new Date(stoppedAt.getTime() + seconds * 1000).toISOString();
  const stopped = { run: { replicationSequence, run }, at: stoppedAt.toISOString(), settlesAt };
  return decideForTenant(
    store,
    tenantUuid,
    () => (stoppedBy === null ? [] : [runKey(tenantUuid, replicationSequence, run)]),
    (item, runItem) => {
      const tenant = tenantOf(item);
      const known = tenant === undefined ? null : stopOf(tenant);
      if (known !== null) return { writes: stoppedByWrites(runItem, stoppedBy), result: known };
      const isActive = tenant !== undefined && isSameRun(tenant.activeRun, stopped.run);
      return {
        writes: isActive ? [replaceTenant(item, { ...tenant, stopped }), ...stoppedByWrites(runItem, stoppedBy)] : [],
        result: { stoppedAt: stopped.at, settlesAt },
      };
    },
  );
}

/** The first who has asked for it stays. */
function stoppedByWrites(item: Snapshot | undefined, stoppedBy: string | null): readonly ItemWrite[] {
  const run = runOf(item);
  if (item === undefined || run === undefined || run.stoppedBy != null) return [];
  return [replace(item, { ...run, stoppedBy })];
}
