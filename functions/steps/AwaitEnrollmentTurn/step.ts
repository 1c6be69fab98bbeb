import { enrollmentLane, RECONCILIATION, UNENROLLMENT } from '../../domain/queue/lanes';
import type { TenantRecord } from '../../domain/records/ledger-records';
import { unitArnBeside } from '../../domain/enrollment/governance';
import { type VendingPlan, isLeaving } from '../../domain/plan/plan';
import type { Step } from '../../domain/run/step-context';
import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';
import { awaitTurn, neverOver, type TurnDecision } from '../await-turn';

export interface AwaitEnrollmentTurnPorts {
  readonly queue: LaneQueue;
  readonly turns: Pick<LaneTurns, 'free'>;
  readonly factory: Pick<AccountFactory, 'describeRecord'>;
  readonly controlTower: Pick<ControlTower, 'enrollmentOf'>;
}

/**
 * Waits for a turn to have Control Tower enroll the account: by its Account Factory, or by a move into its unit. An
 * account whose enrollment has ended well needs none, unless EnrollAccount has found that something is to be changed.
 *
 * An account that is to leave waits twice: first among those that leave, of which one at a time has its turn; then
 * among those for which the Account Factory is asked something. The line may be long, so the run frees its slot among
 * those of known accounts, which others need.
 */
export const awaitEnrollmentTurn = (ports: AwaitEnrollmentTurnPorts): Step =>
  awaitTurn(
    ports,
    ({ plan, tenant }) => (isLeaving(plan) ? toLeave(ports, plan, tenant) : toEnroll(ports, plan, tenant)),
    ({ plan, tenant }) => (isLeaving(plan) && tenant.turns[RECONCILIATION.name] !== undefined ? [RECONCILIATION] : []),
  );

function toEnroll(ports: AwaitEnrollmentTurnPorts, plan: VendingPlan, tenant: TenantRecord): TurnDecision {
  const lane = enrollmentLane(plan);
  const isEnrolled = tenant.enrollment?.phase === 'ended';
  return lane === null || (isEnrolled && !tenant.turnsNeeded.includes(lane.name))
    ? { notNeeded: 'The ledger knows the account as enrolled.' }
    : { lane, isOver: isOverIn(ports) };
}

function toLeave(ports: AwaitEnrollmentTurnPorts, plan: VendingPlan, tenant: TenantRecord): TurnDecision {
  if (tenant.turns[UNENROLLMENT.name] === undefined) return { lane: UNENROLLMENT, isOver: neverOver };
  const lane = enrollmentLane(plan);
  return lane === null || !tenant.turnsNeeded.includes(lane.name)
    ? { notNeeded: 'It has its turn to leave Control Tower.' }
    : { lane, isOver: isOverIn(ports) };
}

const isOverIn =
  ({ factory, controlTower }: AwaitEnrollmentTurnPorts) =>
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
