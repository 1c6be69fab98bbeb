import { accountRemedy, accountState, isLongKnown, leftOrganization } from '../../domain/account/account-state';
import { RejectedError } from '../../domain/base/errors';
import { nextPoll } from '../../domain/base/poll-interval';
import { accountOf, secondsBetween, type Step, type StepContext } from '../../domain/run/step-context';
import type { AccountDirectory } from '../../ports/organizations';
import type { MemberAccess } from '../../ports/iam';
import { outcomesOf } from '../outcome';

const { done, requeueAfter } = outcomesOf('CheckAccess');

export interface CheckAccessPorts {
  readonly access: MemberAccess;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
}

/**
 * STS allows hundreds of calls a second: only the patience of CloudTrail readers limits the looks. A role takes some
 * ten seconds and more.
 */
const SCHEDULE = { minSeconds: 2, maxSeconds: 30, share: 0.06, firstDelays: [7] };

/** Beside an enrollment of half an hour, seconds are nothing. A fast role takes some eight. */
const CALM_SCHEDULE = { minSeconds: 5, maxSeconds: 30, share: 0.14, firstDelays: [9] };

/** AWS says "a few minutes" and gives no figure; people have seen up to seven. */
const BUDGET_SECONDS = 15 * 60;

/**
 * Can the access role of the account be assumed yet? A new account's role is there some time after the account. AWS
 * answers "not yet" and "never" alike, so only a time budget ends the wait. A second run of an open account answers at
 * once; of one that is long known and lets nobody in, AWS Organizations tells whether it is still there.
 *
 * @throws RejectedError when the budget is spent, or the account has left the organization or is closed
 */
export function checkAccess({ access, directory }: CheckAccessPorts): Step {
  return async (context) => {
    const entry = { accountId: accountOf(context).id, accessRole: context.plan.account.accessRole };
    if (await access.canEnter(entry)) return done();
    if (isLongKnown(context)) await checkStanding(directory, entry.accountId);
    const waited = secondsBetween(context.stateEnteredAt, context.now);
    if (waited >= BUDGET_SECONDS) throw neverOpened(context, entry.accountId);
    const schedule = context.plan.enrollment === null ? SCHEDULE : CALM_SCHEDULE;
    return requeueAfter(nextPoll(waited, schedule), `The role ${entry.accessRole} cannot be assumed yet.`);
  };
}

async function checkStanding(directory: CheckAccessPorts['directory'], accountId: string): Promise<void> {
  const found = await directory.describeAccount(accountId);
  if (found === undefined) throw leftOrganization(accountId);
  const standing = accountState(found.state);
  if (standing === 'open') return;
  throw new RejectedError(
    `The account ${accountId} is ${found.state ?? ''} in AWS: nobody can be let in.`,
    `${accountRemedy(found.state)} and replay this run, or mark its tenant for deletion.`,
    // What AWS has suspended comes back as soon as AWS lifts that.
    { accountLost: standing === 'closing' || standing === 'closed' },
  );
}

function neverOpened({ plan }: StepContext, accountId: string): RejectedError {
  return new RejectedError(
    `The role ${plan.account.accessRole} of account ${accountId} could not be assumed for ${BUDGET_SECONDS / 60} minutes.`,
    'Check that the role exists in the account under exactly this name (accountAccessRole in platform.json), that it trusts the management ' +
      'account, and that no service control policy denies it; then replay this run.',
  );
}
