import {
  accountOf,
  secondsBetween,
  type Step,
  type StepReport,
  type StepContext,
  waitedFor,
} from '../../domain/run/step-context';
import { isLeaving, namedUnitOf } from '../../domain/plan/plan';
import { RejectedError } from '../../domain/base/errors';
import { enrollmentLane, leftLanes } from '../../domain/queue/lanes';
import type { Enrollment } from '../../domain/records/account-records';
import { enrollmentRemedy } from '../../domain/enrollment/enrollment-obstacles';
import { isTermination, enrollmentPoll } from '../../domain/enrollment/enrollment-operation';
import { unitArnBeside } from '../../domain/enrollment/governance';
import type { AccountFactory, OperationRecord } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import { outcomesOf } from '../outcome';
import { followLeave } from './follow-leave';

const { done, requeueAfter, goTo } = outcomesOf('CheckEnrollment');

export interface CheckEnrollmentPorts {
  readonly repository: TenantRepository;
  readonly factory: Pick<AccountFactory, 'describeRecord'>;
  readonly controlTower: Pick<ControlTower, 'enrollmentOf' | 'governanceOf'>;
  readonly turns: LaneTurns;
}

/** Control Tower takes five accounts at once; those of other people may stand before ours. */
const WAIT_FOR_PLACE_SECONDS = 4 * 60 * 60;
const OPERATION_SECONDS = 2 * 60 * 60;

/**
 * "A few minutes, up to several hours": AWS Control Tower User Guide, "Move and enroll accounts with auto-enrollment".
 */
const MOVE_SECONDS = 6 * 60 * 60;
const PAUSE_SECONDS = 30;
const MAX_FAILURES = 3;

/**
 * Has the Account Factory finished? `goTo('request')` sends the workflow back to EnrollAccount, which finds what is to
 * be done next; it alone decides that the account is enrolled. After an enrollment was taken back, `goTo('roles')`
 * sends it to OpenAccount first: the role may be gone, and the account anywhere. The poll that sees the end of an
 * operation, good or bad, frees its slot in the lane. A second run answers at once.
 *
 * @throws RejectedError when Control Tower has failed several times, or takes longer than its budget
 */
export const checkEnrollment =
  (ports: CheckEnrollmentPorts): Step =>
  async (context) =>
    toTheOneThatAsked(context, await lookAt(ports, context));

/** A workflow that enrolls and unenrolls comes here from two states, and goes back to the one that has asked. */
function toTheOneThatAsked({ plan }: StepContext, report: StepReport): StepReport {
  const { ready, enrollAgain } = report.result;
  if (plan.unenrollment === undefined || (ready === false && enrollAgain === false)) return report;
  return goTo('unenrollment', report.remark);
}

async function lookAt(ports: CheckEnrollmentPorts, context: StepContext): Promise<StepReport> {
  const { enrollment } = context.tenant;
  if (enrollment === null || enrollment.phase === 'ended') {
    await freeTurn(ports, context);
    return done();
  }
  if (enrollment.phase === 'waiting') return pauseOnce(ports, context, enrollment);
  if (enrollment.kind === 'move') return followMove(ports, context, enrollment);
  if (enrollment.kind === 'leave') {
    const waits = await followLeave(ports.controlTower, context, enrollment);
    return waits ?? goTo('request', 'Control Tower is done with the account where it was.');
  }
  if (enrollment.recordId === null)
    return goBack(ports, context, 'The answer of Control Tower was lost; asking again.');
  const record = await ports.factory.describeRecord(enrollment.recordId);
  switch (record.state) {
    case 'IN_PROGRESS':
      return goesOn(context, enrollment);
    case 'SUCCEEDED':
      await freeTurn(ports, context);
      return goBack(ports, context, `Control Tower has finished (${enrollment.kind}).`);
    case 'FAILED':
      return countFailure(ports, context, enrollment, record);
  }
}

async function freeTurn({ turns }: CheckEnrollmentPorts, { plan, tenant }: StepContext): Promise<void> {
  const lane = enrollmentLane(plan);
  if (lane !== null) await turns.free(lane);
  for (const left of leftLanes(plan).filter(({ name }) => tenant.turns[name] !== undefined)) await turns.free(left);
}

/** Control Tower is told nothing: it sees the move, and the account inherits the baseline of its unit. */
async function followMove(
  ports: CheckEnrollmentPorts,
  context: StepContext,
  enrollment: Enrollment,
): Promise<StepReport> {
  const { arn, id } = accountOf(context);
  const unitId = enrollment.recordId ?? namedUnitOf(context.plan);
  switch (await ports.controlTower.enrollmentOf(arn, unitArnBeside(arn, unitId))) {
    case 'enrolled':
      await freeTurn(ports, context);
      return goTo('request', 'Control Tower has finished (move).');
    case 'failed':
      await freeTurn(ports, context);
      throw notEnrolledByMove(`Control Tower could not enroll account ${id} after its move into ${unitId}.`, unitId);
    case 'changing':
    case 'absent':
      return awaitMove(context, enrollment, unitId);
  }
}

function awaitMove(context: StepContext, { askedAt }: Enrollment, unitId: string): StepReport {
  const age = waitedFor(context, askedAt);
  if (age < MOVE_SECONDS) return requeueAfter(enrollmentPoll('move', age), DOING.move);
  const hours = MOVE_SECONDS / 3600;
  const reason = `Control Tower has not enrolled account ${accountOf(context).id} within ${hours} hours of its move into ${unitId}.`;
  throw notEnrolledByMove(reason, unitId);
}

const notEnrolledByMove = (reason: string, unitId: string): RejectedError =>
  new RejectedError(
    reason,
    `Look at the account and at ${unitId} in the Control Tower console (Organization): mend what it names, see that automatic enrollment of accounts is ` +
      'on in its landing zone settings, and choose "Update account" or "Re-register organizational unit"; once it is at rest, replay this run.',
  );

/**
 * To EnrollAccount; of what was taken back, by way of OpenAccount. That its end was seen is written down, so that
 * EnrollAccount may begin again.
 */
async function goBack(
  { repository }: CheckEnrollmentPorts,
  { tenant: { enrollment }, plan, now }: StepContext,
  remark: string,
): Promise<StepReport> {
  if (enrollment === null || isLeaving(plan) || !isTermination(enrollment)) return goTo('request', remark);
  if (enrollment.phase === 'asked') {
    const seen = { askedAt: now.toISOString(), busySince: null, hasPaused: true } as const;
    await repository.update('enrollment', { before: enrollment, after: { ...enrollment, ...seen, phase: 'waiting' } });
  }
  return goTo('roles', remark);
}

/**
 * One pause, then EnrollAccount asks again. The ledger knows whether it has been made: a redrive neither skips nor
 * repeats it.
 */
async function pauseOnce(
  ports: CheckEnrollmentPorts,
  context: StepContext,
  enrollment: Enrollment,
): Promise<StepReport> {
  const { busySince, hasPaused } = enrollment;
  if (busySince !== null && waitedFor(context, busySince) >= WAIT_FOR_PLACE_SECONDS) {
    throw new RejectedError(
      `Control Tower had no place for this account for ${WAIT_FOR_PLACE_SECONDS / 3600} hours.`,
      'Look in the Control Tower and Service Catalog consoles for operations that hang, end them, and replay this run.',
    );
  }
  if (hasPaused) {
    const remark = 'Asking Control Tower again.';
    return busySince === null ? goBack(ports, context, remark) : goTo('request', remark);
  }
  await ports.repository.update('enrollment', { before: enrollment, after: { ...enrollment, hasPaused: true } });
  return requeueAfter(
    PAUSE_SECONDS,
    busySince === null ? 'It has failed; trying again.' : 'Control Tower has no place yet.',
  );
}

function goesOn(context: StepContext, { askedAt, kind }: Enrollment): StepReport {
  if (waitedFor(context, askedAt) >= OPERATION_SECONDS) {
    throw new RejectedError(
      `Control Tower has been at work (${kind}) for ${OPERATION_SECONDS / 3600} hours.`,
      'Look at the provisioned product in the Service Catalog console; when its operation is over, replay this run.',
    );
  }
  const doing = isLeaving(context.plan) ? UNMANAGING : DOING[kind];
  return requeueAfter(enrollmentPoll(kind, secondsBetween(askedAt, context.now)), doing);
}

const UNMANAGING = 'Control Tower is at work on the account, which is going to leave it.';

const DOING: Readonly<Record<Enrollment['kind'], string>> = {
  provision: 'Control Tower is enrolling the account.',
  update: "Control Tower is updating the account's enrollment.",
  terminate: 'Control Tower is taking a failed enrollment back.',
  move: 'Control Tower is enrolling the account that was moved.',
  leave: 'Control Tower is letting the account go.',
};

async function countFailure(
  ports: CheckEnrollmentPorts,
  context: StepContext,
  enrollment: Enrollment,
  { wasBusy, error }: OperationRecord,
): Promise<StepReport> {
  await freeTurn(ports, context);
  const busySince = wasBusy ? (enrollment.busySince ?? context.now.toISOString()) : null;
  const waiting = { ...enrollment, phase: 'waiting', busySince, hasPaused: false } as const;
  if (wasBusy) return pauseAfter(ports, context, enrollment, waiting);
  const failures = enrollment.failures + 1;
  if (failures < MAX_FAILURES) return pauseAfter(ports, context, enrollment, { ...waiting, failures });
  await ports.repository.update('enrollment', { before: enrollment, after: { ...waiting, failures: 0 } });
  throw new RejectedError(
    `Control Tower could not ${isLeaving(context.plan) ? 'unmanage' : 'enroll'} the account, ${failures} times (${enrollment.kind}): ` +
      `${error ?? 'it gave no reason'}.`,
    enrollmentRemedy(error, { accountId: accountOf(context).id, unitId: namedUnitOf(context.plan) }),
  );
}

async function pauseAfter(
  ports: CheckEnrollmentPorts,
  context: StepContext,
  enrollment: Enrollment,
  waiting: Enrollment,
): Promise<StepReport> {
  await ports.repository.update('enrollment', { before: enrollment, after: waiting });
  return pauseOnce(ports, context, waiting);
}
