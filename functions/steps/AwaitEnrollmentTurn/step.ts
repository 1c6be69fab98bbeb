import { enrollmentLane, RECONCILIATION, UNENROLLMENT } from '../../domain/lanes';
import type { TenantRecord } from '../../domain/ledger-records';
import { unitArnBeside } from '../../domain/unregistered-unit';
import { noTurnNeeded, turnReport } from '../../domain/turn-report';
import type { VendingPlan } from '../../domain/plan';
import type { Step, StepReport } from '../../domain/vending';
import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';

export interface AwaitEnrollmentTurnPorts {
  readonly queue: LaneQueue;
  readonly turns: Pick<LaneTurns, 'free'>;
  readonly factory: Pick<AccountFactory, 'describeRecord'>;
  readonly controlTower: Pick<ControlTower, 'enrollmentOf'>;
}

/**
 * Waits for a turn to have Control Tower enroll the account: by its Account Factory, or by a move into its unit. An account whose enrollment has ended well needs none, unless EnrollAccount has found
 * that something is to be changed.
 *
 * A second run of this state keeps its place, or finds the turn that it has.
 */
export function awaitEnrollmentTurn({ queue, turns, factory, controlTower }: AwaitEnrollmentTurnPorts): Step {
  return async ({ plan, tenant }) => {
    if (plan.closing !== undefined) return awaitWithdrawal({ queue, turns, factory, controlTower }, plan, tenant);
    const lane = enrollmentLane(plan);
    const isEnrolled = tenant.enrollment?.phase === 'ended';
    if (lane === null || (isEnrolled && !tenant.turnsNeeded.includes(lane.name))) {
      await queue.pass();
      return noTurnNeeded('The ledger knows the account as enrolled.');
    }
    return turnReport(await queue.join(lane, isOverIn(factory, controlTower)), lane.name);
  };
}

/**
 * First among those that leave, of whom one at a time has its turn; then among those of whom the Account Factory is asked something. The line may be long,
 * so the run gives up its place among those of known accounts, which others need.
 */
async function awaitWithdrawal(
  { queue, turns, factory, controlTower }: AwaitEnrollmentTurnPorts,
  plan: VendingPlan,
  tenant: TenantRecord,
): Promise<StepReport> {
  if (tenant.turns[RECONCILIATION.name] !== undefined) await turns.free(RECONCILIATION);
  if (tenant.turns[UNENROLLMENT.name] === undefined) {
    return turnReport(await queue.join(UNENROLLMENT, () => Promise.resolve(false)), UNENROLLMENT.name);
  }
  const lane = enrollmentLane(plan);
  if (lane === null || !tenant.turnsNeeded.includes(lane.name)) {
    await queue.pass();
    return noTurnNeeded('It has its turn to leave Control Tower.');
  }
  return turnReport(await queue.join(lane, isOverIn(factory, controlTower)), lane.name);
}

const isOverIn =
  (factory: AwaitEnrollmentTurnPorts['factory'], controlTower: AwaitEnrollmentTurnPorts['controlTower']) =>
  async ({ account, enrollment, activeRun }: TenantRecord): Promise<boolean> => {
    if (enrollment === null || enrollment.phase === 'ended') return true;
    // Its run goes on asking Control Tower, which has no place for it; or nobody does.
    if (enrollment.recordId === null) return activeRun === null;
    if (enrollment.kind === 'leave') return true;
    if (enrollment.kind === 'move') {
      if (account === null) return true;
      const standing = await controlTower.enrollmentOf(account.arn, unitArnBeside(account.arn, enrollment.recordId));
      return standing === 'absent' ? activeRun === null : standing !== 'changing';
    }
    return (await factory.describeRecord(enrollment.recordId)).state !== 'IN_PROGRESS';
  };
