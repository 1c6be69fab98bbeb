import { accountOf, type StepReport, type StepContext, waitedFor } from '../../domain/run/step-context';
import { RejectedError } from '../../domain/base/errors';
import type { Enrollment } from '../../domain/records/account-records';
import { enrollmentPoll } from '../../domain/enrollment/enrollment-operation';
import type { ControlTower } from '../../ports/control-tower';
import { outcomesOf } from '../outcome';

const { requeueAfter } = outcomesOf('CheckEnrollment');

/**
 * "A few minutes, up to several hours": AWS Control Tower User Guide, "Move and enroll accounts with auto-enrollment".
 */
const LEAVE_SECONDS = 6 * 60 * 60;

/**
 * Has Control Tower let the account go, which it was told by a move? It may not have noticed yet. Where the account was
 * not moved, it is at work on it for another reason, and UnenrollAccount decides what comes next.
 *
 * @returns undefined when there is nothing left to wait for
 * @throws RejectedError when it is longer at it than its budget, which begins with the move, and so with the turn for
 * it
 */
export async function followLeave(
  controlTower: Pick<ControlTower, 'governanceOf'>,
  context: StepContext,
  { recordId, askedAt }: Enrollment,
): Promise<StepReport | undefined> {
  const { arn, id } = accountOf(context);
  const governance = await controlTower.governanceOf(arn);
  if (governance === 'none' || (recordId === null && governance !== 'changing')) return undefined;
  const age = waitedFor(context, askedAt);
  if (age < LEAVE_SECONDS) {
    return requeueAfter(enrollmentPoll('leave', age), 'Control Tower has not let the account go yet.');
  }
  throw new RejectedError(
    `Control Tower still governs account ${id}, ${LEAVE_SECONDS / 3600} hours after ${recordId === null ? 'it began to work on it' : `its move to ${recordId}`}.`,
    'See that automatic enrollment of accounts is on in the settings of the landing zone, and look at the account in the console of Control Tower ' +
      '(Organization): mend what it names, or choose "Unmanage" there. Then replay this run.',
  );
}
