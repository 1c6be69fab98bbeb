import type { TenantRecord } from '../domain/ledger-records';
import type { LedgerStore } from '../ports/ledger-store';
import { isSameRun, type RunReference, decideForTenant, replaceTenant, tenantOf } from './tenant-items';

export interface Stop {
  readonly stoppedAt: string;
  /** Until then a function of the stopped execution may be at work, and RecordFailure waits. */
  readonly settlesAt: string;
}

/** RecordFailure's queue looks again after so long. */
const LOOKS_AGAIN_AFTER_SECONDS = 90;

/** When the active run was stopped; null where it goes on, has gone on since, or has ended. */
export function stopOf({ stopped, activeRun, statusChangedAt }: TenantRecord): Stop | null {
  if (stopped === undefined || !isSameRun(activeRun, stopped.run) || stopped.at < statusChangedAt) return null;
  return { stoppedAt: stopped.at, settlesAt: stopped.settlesAt };
}

/** Writes down that an execution was stopped. Again: changes nothing. */
export async function rememberStop(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
  stoppedAt: Date,
  longestFunctionSeconds: number,
): Promise<Stop> {
  const seconds = longestFunctionSeconds + LOOKS_AGAIN_AFTER_SECONDS;
  const settlesAt = new Date(stoppedAt.getTime() + seconds * 1000).toISOString();
  const stopped = { run: { replicationSequence, run }, at: stoppedAt.toISOString(), settlesAt };
  return decideForTenant(
    store,
    tenantUuid,
    () => [],
    (item) => {
      const tenant = tenantOf(item);
      const known = tenant === undefined ? null : stopOf(tenant);
      if (known !== null) return { writes: [], result: known };
      const isActive = tenant !== undefined && isSameRun(tenant.activeRun, stopped.run);
      return {
        writes: isActive ? [replaceTenant(item, { ...tenant, stopped })] : [],
        result: { stoppedAt: stopped.at, settlesAt },
      };
    },
  );
}
