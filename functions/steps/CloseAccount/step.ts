import { accountState, notClosed } from '../../domain/account/account-state';
import {
  closingAllowance,
  SHARE_GIVE_UP_SECONDS,
  SHARE_LOOK_SECONDS,
  type SpentShare,
} from '../../domain/queue/closing-share';
import { RejectedError, TransientError } from '../../domain/base/errors';
import { guardedAccount } from '../../domain/account/guarded-account';
import { ACCOUNT_CLOSING } from '../../domain/queue/lanes';
import { secondsUntil } from '../../domain/queue/rate-limiter';
import type { Account, Closure } from '../../domain/records/account-records';
import { ownAccount } from '../../domain/configuration/service-accounts';
import { accountOf, secondsBetween, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { AccountCloser, AccountDirectory, AccountQuota, ClosingDelay } from '../../ports/organizations';
import type { ClosureClaim, ClosureRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import type { OwnAccount } from '../../ports/own-account';
import { outcomesOf } from '../outcome';

const { done, goTo } = outcomesOf('CloseAccount');

export interface CloseAccountPorts {
  readonly repository: ClosureRepository;
  readonly turns: LaneTurns;
  readonly closer: AccountCloser;
  readonly directory: Pick<AccountDirectory, 'describeAccount' | 'listTags'>;
  readonly own: OwnAccount;
  /** Asked only where the least that AWS allows in thirty days is spent. */
  readonly quota: Pick<AccountQuota, 'count'>;
}

/** AWS closes no account faster. */
const FIRST_POLL_SECONDS = 15;

/** AWS may show an account as open for so long after it has taken the request. */
const SHOWS_AFTER_SECONDS = 15 * 60;

const UNKNOWN_LOOK_SECONDS = 15 * 60;
const UNKNOWN_GIVE_UP_SECONDS = 24 * 3600;

/** AWS was too busy although our own rate was kept: somebody else closes accounts, too. */
const TURNED_AWAY: Omit<ClosingDelay, 'meaning'> = { waitSeconds: 20, giveUpAfterSeconds: 4 * 3600 };

/**
 * Asks AWS to close the account, with the turn that AwaitClosingTurn has waited for and within AWS's share of thirty
 * days; without them it asks nothing (`goTo('turn')`), and the workflow comes back. Guards once more: between the guard
 * and here there may be days.
 *
 * It looks first, so a second run of an account that is being closed, or is closed, asks nothing; an account that
 * somebody else has closed is closed, with a remark. Written down before AWS is asked: from then on the deletion cannot
 * be taken back, since AWS may have begun.
 *
 * @throws RejectedError when the account is not to be touched, AWS has suspended it, or AWS refuses for good
 * @throws TransientError when AWS did not answer: the next try looks
 */
export function closeAccount(ports: CloseAccountPorts): Step {
  return async (context) => {
    const { id } = accountOf(context);
    const found = await ports.directory.describeAccount(id);
    if (found === undefined) throw hasLeft(id);
    const standing = accountState(found.state);
    if (standing === 'barred') throw notClosed(id, found.state);
    if (standing === 'unknown') return waitForState(ports, context, found.state);
    if (standing !== 'open') return recordClosing(ports, context, found.state);
    return askOnce(ports, context);
  };
}

async function askOnce(ports: CloseAccountPorts, context: StepContext): Promise<StepReport> {
  const { closure } = context.tenant;
  if (closure?.phase === 'accepted') return done('AWS was asked already, and the account is open still.');
  const { directory, own } = ports;
  const tags = await directory.listTags(accountOf(context).id);
  const account = guardedAccount(context, tags, [ownAccount(await own.id())]);
  const askedAt = context.now.toISOString();
  const intent: Closure = { ...closure, phase: 'asked', askedAt, failures: closure?.failures ?? 0 };
  const answer = await recordWithinShare(ports, context, intent);
  if (answer === 'no-turn') return goTo('turn', 'It has no turn to ask AWS.');
  return answer === 'recorded' ? ask(ports, context, account, intent) : waitForShare(ports, context, answer);
}

/**
 * AWS's share may be larger than the least: then it goes by the number of accounts, which is counted once a day at
 * most.
 */
async function recordWithinShare(
  { repository, quota }: CloseAccountPorts,
  { tenant: { closure }, now }: StepContext,
  intent: Closure,
): Promise<ClosureClaim> {
  const answer = await repository.claimClosure({ before: closure, after: intent });
  if (typeof answer === 'string' || !answer.isToBeCounted) return answer;
  await repository.recordClosingAllowance(closingAllowance(await quota.count()), now);
  return repository.claimClosure({ before: closure, after: intent });
}

/**
 * A word that AWS has not had before: nothing is asked, and nothing recorded, until it says something that is known.
 */
async function waitForState(
  { turns }: CloseAccountPorts,
  context: StepContext,
  state: string | null,
): Promise<StepReport> {
  await turns.free(ACCOUNT_CLOSING);
  const { id } = accountOf(context);
  const meaning = `AWS says ${state ?? ''} of the account ${id}, which is no state that we know`;
  if (secondsBetween(context.stateEnteredAt, context.now) < UNKNOWN_GIVE_UP_SECONDS) {
    return goToTurn(`${meaning}: nothing is asked until it says another.`, UNKNOWN_LOOK_SECONDS);
  }
  throw new RejectedError(
    `${meaning}, for ${UNKNOWN_GIVE_UP_SECONDS / 3600} hours.`,
    'Look at the account in the AWS Organizations console. If it is closed there, update this application, which does not know the word; if not, close it there. Then replay this run.',
  );
}

/** Not by this call: an earlier one whose answer was lost, or somebody else. */
async function recordClosing(
  { repository, turns }: CloseAccountPorts,
  { tenant, now }: StepContext,
  state: string | null,
): Promise<StepReport> {
  const { closure } = tenant;
  if (tenant.turns[ACCOUNT_CLOSING.name]?.used === false) await turns.free(ACCOUNT_CLOSING);
  const known = closure?.phase === 'accepted' || closure?.phase === 'closed';
  if (!known) {
    const askedAt = closure?.phase === 'asked' ? closure.askedAt : now.toISOString();
    await repository.update('closure', {
      before: closure,
      after: { ...closure, phase: 'accepted', askedAt, failures: closure?.failures ?? 0 },
    });
  }
  return done(`The account is ${state ?? 'closed'} in AWS already.`);
}

async function ask(
  ports: CloseAccountPorts,
  context: StepContext,
  { id }: Account,
  intent: Closure,
): Promise<StepReport> {
  const { repository, closer } = ports;
  const answer = await closer.close(id).catch(refusalIn);
  if (answer instanceof RejectedError || typeof answer !== 'string')
    return withdrawRequest(ports, context, intent, answer);
  await repository.update('closure', { before: intent, after: { ...intent, phase: 'accepted' } });
  return done({
    facts: { asked: true, waitSeconds: FIRST_POLL_SECONDS },
    remark: answer === 'taken' ? 'AWS is closing the account.' : 'The account was closed already.',
  });
}

/** AWS has done nothing, and says so. Anything else may be a lost answer. */
function refusalIn(error: unknown): RejectedError | ClosingDelay {
  if (error instanceof RejectedError) return error;
  if (error instanceof TransientError && error.nothingDone) return { ...TURNED_AWAY, meaning: error.message };
  throw error;
}

/** Nothing has begun: the deletion may be taken back again, and the share of thirty days has its closing back. */
async function withdrawRequest(
  { repository, turns }: CloseAccountPorts,
  { tenant: { closure }, now, stateEnteredAt }: StepContext,
  intent: Closure,
  answer: RejectedError | ClosingDelay,
): Promise<StepReport> {
  await repository.releaseClosure({ before: isLost(closure, now) ? null : closure, after: intent });
  await turns.free(ACCOUNT_CLOSING);
  if (answer instanceof RejectedError) throw answer;
  const { meaning, waitSeconds, giveUpAfterSeconds } = answer;
  if (secondsBetween(stateEnteredAt, now) >= giveUpAfterSeconds)
    throw hasNotTakenIt(meaning, `${Math.round(giveUpAfterSeconds / 3600)} hours`);
  return goToTurn(`AWS does not close it yet: ${meaning}.`, waitSeconds);
}

/** A request whose answer was lost, and by which AWS has certainly not begun: it would show by now. */
const isLost = (closure: Closure | null, now: Date): boolean =>
  closure?.phase === 'asked' && secondsBetween(closure.askedAt, now) >= SHOWS_AFTER_SECONDS;

async function waitForShare(
  { turns }: CloseAccountPorts,
  { now, stateEnteredAt }: StepContext,
  { closings, freeAt }: SpentShare,
): Promise<StepReport> {
  await turns.free(ACCOUNT_CLOSING);
  const meaning = `${closings} accounts were closed in the past 30 days, as many as AWS allows`;
  if (secondsBetween(stateEnteredAt, now) >= SHARE_GIVE_UP_SECONDS)
    throw hasNotTakenIt(meaning, `${SHARE_GIVE_UP_SECONDS / 86_400} days`);
  const waitSeconds = Math.min(SHARE_LOOK_SECONDS, Math.max(1, secondsUntil(freeAt, now)));
  return goToTurn(`${meaning}: it goes on at ${freeAt}, or later if others come first.`, waitSeconds);
}

const goToTurn = (remark: string, waitSeconds: number): StepReport => goTo('turn', { facts: { waitSeconds }, remark });

const hasLeft = (id: string): RejectedError =>
  new RejectedError(
    `The account ${id} has left the organization.`,
    'Replay this run: it ends without an account to be closed.',
  );

const hasNotTakenIt = (meaning: string, howLong: string): RejectedError =>
  new RejectedError(
    `AWS has not closed the account for ${howLong}: ${meaning}.`,
    'Look who else closes accounts in this organization, or close this one in the AWS Organizations console; then replay this run.',
  );
