import { accountFactoryLane } from '../../domain/lanes';
import type { TenantRecord } from '../../domain/ledger-records';
import { noTurnNeeded, turnReport } from '../../domain/turn-report';
import type { Step } from '../../domain/vending';
import type { AccountFactory } from '../../ports/account-factory';
import type { LaneQueue } from '../../ports/lane-queue';

export interface AwaitEnrollmentTurnPorts {
  readonly queue: LaneQueue;
  readonly factory: Pick<AccountFactory, 'describeRecord'>;
}

/**
 * Waits for a turn to ask Control Tower's Account Factory. An account whose enrollment has ended well needs none, unless EnrollAccount has found
 * that something is to be changed.
 *
 * A second run of this state keeps its place, or finds the turn that it has.
 */
export function awaitEnrollmentTurn({ queue, factory }: AwaitEnrollmentTurnPorts): Step {
  return async ({ plan, tenant }) => {
    const lane = plan.enrollment === null ? undefined : accountFactoryLane(plan.enrollment);
    const isEnrolled = tenant.enrollment?.phase === 'ended';
    if (lane === undefined || (isEnrolled && !tenant.turnsNeeded.includes(lane.name))) {
      await queue.pass();
      return noTurnNeeded('The ledger knows the account as enrolled.');
    }
    return turnReport(await queue.join(lane, isOverIn(factory)), lane.name);
  };
}

const isOverIn =
  (factory: AwaitEnrollmentTurnPorts['factory']) =>
  async ({ enrollment, activeRun }: TenantRecord): Promise<boolean> => {
    if (enrollment === null || enrollment.phase === 'ended') return true;
    // Its run goes on asking Control Tower, which has no place for it; or nobody does.
    if (enrollment.recordId === null) return activeRun === null;
    return (await factory.describeRecord(enrollment.recordId)).state !== 'IN_PROGRESS';
  };
