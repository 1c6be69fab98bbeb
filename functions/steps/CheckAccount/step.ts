import { takenEmailRemedy, verdictOn } from '../../domain/account/account-creation-failure';
import { RejectedError } from '../../domain/base/errors';
import { isUniquePattern } from '../../domain/configuration/pattern-uniqueness';
import { ACCOUNT_CREATION } from '../../domain/queue/lanes';
import type { Creation } from '../../domain/records/account-records';
import { nextPoll, type PollSchedule } from '../../domain/base/poll-interval';
import { secondsBetween, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { AccountDirectory, DirectoryAccount } from '../../ports/organizations';
import type { AccountSearchRepository, TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import { outcomesOf } from '../outcome';
import { searchAccount, type SearchResult, type Unfinished } from './search-account';

const { done, requeueAfter, goTo } = outcomesOf('CheckAccount');

export interface CheckAccountPorts {
  readonly repository: TenantRepository;
  readonly directory: AccountDirectory;
  readonly turns: LaneTurns;
  readonly search: AccountSearchRepository;
  readonly clock: () => Date;
}

/**
 * Five requests at once may be looked at, and AWS answers two looks a second. Until an end is seen its slot stands idle
 * while others wait: late by 4 % at most, thus by 2 % as a rule.
 */
const REQUEST_SCHEDULE = { minSeconds: 4, maxSeconds: 30, share: 0.04 };

/** An account that was made is looked up by its id, which AWS answers often. */
const LISTING_SCHEDULE = { minSeconds: 3, maxSeconds: 30 };

/** Others read long lists, or what they have shown is not decided yet. */
const SEARCH_SCHEDULE = { minSeconds: 15, maxSeconds: 120 };

/** A request, an account or its tags that AWS has just made may be missing from its lists for a while. */
const LISTS_ARE_CURRENT_AFTER_SECONDS = 60;
const LOOK_FOR_SECONDS = 15 * 60;

/** AWS takes minutes; past this a person has to ask AWS, and the execution ends before its history is full. */
const GIVE_UP_AFTER_SECONDS = 6 * 60 * 60;

const MAX_ATTEMPTS = 3;
const MAX_LOST_ANSWERS = 10;

/**
 * Has AWS made the account? Writes it down once it has, and finds accounts whose request was answered into nothing.
 *
 * The look that sees the end of the request, good or bad, frees its slot in the lane and lets the next vending in.
 *
 * A second run of a known account answers at once. `goTo('request')` sends the workflow back to AwaitCreationTurn, and
 * one that closes the account to its end: only when AWS has certainly made nothing.
 *
 * @throws RejectedError with a remedy when AWS has refused for good
 */
export function checkAccount(ports: CheckAccountPorts): Step {
  return async (context) => {
    const { account, creation } = context.tenant;
    if (account !== null) return finish(ports);
    if (creation === null || (creation.phase === 'cleared' && !isClosing(context))) {
      return askWhenAllowed(context, creation);
    }
    return creation.phase === 'requested' && creation.requestId !== null
      ? checkRequest(ports, context, creation, creation.requestId)
      : recoverLostAnswer(ports, context, creation);
  };
}

/** The tenant is to be deleted: AWS is not asked again. */
const isClosing = ({ plan }: StepContext): boolean => plan.closing !== undefined;

/** The turn is free as a rule; not where an earlier look was killed after it had found the account. */
async function finish({ turns }: CheckAccountPorts): Promise<StepReport> {
  await turns.free(ACCOUNT_CREATION);
  return done();
}

/** Nothing of ours is at work in AWS. CreateAccount counts how long AWS takes no requests, and gives up. */
function askWhenAllowed({ now }: StepContext, creation: Creation | null): StepReport {
  const waitSeconds = creation?.notBefore == null ? 0 : Math.ceil(-secondsBetween(creation.notBefore, now));
  if (waitSeconds <= 0) return goTo('request', 'Nothing has been asked of AWS yet.');
  return requeueAfter(waitSeconds, 'AWS takes no requests for accounts now.');
}

async function checkRequest(
  ports: CheckAccountPorts,
  context: StepContext,
  creation: Creation,
  requestId: string,
): Promise<StepReport> {
  if (creation.madeAccountId !== null) return lookUp(ports, context, creation, creation.madeAccountId);
  if (creation.failure !== null) return judgeFailure(ports, context, creation, creation.failure.reason);
  const request = await ports.directory.describeRequest(requestId);
  if (request === undefined) return notReady(context, creation, 'AWS does not know the request yet.');
  if (request.state === 'IN_PROGRESS') return notReady(context, creation, 'AWS is making the account.');
  if (request.state === 'FAILED') return judgeFailure(ports, context, creation, request.failureReason);
  if (request.accountId === null)
    return notReady(context, creation, 'AWS has made the account and does not say which.');
  const made = { ...creation, madeAccountId: request.accountId };
  await ports.repository.update('creation', { before: creation, after: made });
  return lookUp(ports, context, made, request.accountId);
}

/** The request is over; its account may not be listed yet. */
async function lookUp(
  ports: CheckAccountPorts,
  context: StepContext,
  creation: Creation,
  accountId: string,
): Promise<StepReport> {
  await ports.turns.free(ACCOUNT_CREATION);
  const account = await ports.directory.describeAccount(accountId);
  return account === undefined
    ? notReady(context, creation, 'AWS has made the account but does not list it yet.', LISTING_SCHEDULE)
    : adopt(ports, context, account);
}

async function judgeFailure(
  ports: CheckAccountPorts,
  context: StepContext,
  creation: Creation,
  failureReason: string | null,
): Promise<StepReport> {
  await ports.turns.free(ACCOUNT_CREATION);
  const { verdict } = verdictOn(failureReason);
  // A first request that fails for good has made nothing; after an earlier one there may be an account.
  if (verdict === 'final' && creation.attempt === 1) return refuse(ports, context, creation, failureReason);
  const failed = { ...creation, failure: { reason: failureReason } };
  if (creation.failure === null) await ports.repository.update('creation', { before: creation, after: failed });
  const found = await search(ports, context, failed, LISTS_ARE_CURRENT_AFTER_SECONDS);
  return isUnfinished(found)
    ? searchesOn(context, failed, found)
    : afterFailure(ports, context, failed, failureReason, found);
}

async function afterFailure(
  ports: CheckAccountPorts,
  context: StepContext,
  failed: Creation,
  failureReason: string | null,
  found: SearchResult,
): Promise<StepReport> {
  const { verdict } = verdictOn(failureReason);
  if (found.ours !== null) return adopt(ports, context, found.ours);
  if (isUndecided(found, context, failed) || (verdict === 'look' && mayTurnUp(found, failed))) {
    const remark = `AWS says ${failureReason ?? 'nothing'}: looking for the account of an earlier request.`;
    return notReady(context, failed, remark, SEARCH_SCHEDULE);
  }
  if (verdict !== 'again' || failed.attempt >= MAX_ATTEMPTS) {
    return refuse(ports, context, failed, failureReason, found.foreign);
  }
  await ports.repository.update('creation', {
    before: failed,
    after: { ...failed, phase: 'cleared', requestId: null, failure: null },
  });
  return goTo('request', `AWS said ${failureReason ?? 'nothing'}; asking again.`);
}

const isUnfinished = (found: SearchResult | Unfinished): found is Unfinished => 'waitSeconds' in found;

const search = (
  ports: CheckAccountPorts,
  { tenant }: StepContext,
  creation: Creation,
  currentAfter: number,
): Promise<SearchResult | Unfinished> => {
  const from = new Date(new Date(creation.intendedAt).getTime() + currentAfter * 1000);
  return searchAccount(ports, tenant.tenantUuid, creation, from);
};

/** The organization is large: one function after the other reads on, for all who wait. */
const searchesOn = (context: StepContext, creation: Creation, { waitSeconds }: Unfinished): StepReport =>
  notReady(
    context,
    creation,
    'The answer of AWS was lost; looking for the account in a large organization.',
    waitSeconds === undefined ? SEARCH_SCHEDULE : { minSeconds: waitSeconds, maxSeconds: waitSeconds },
  );

/** One that never shows was somebody else's, and has left the organization since. */
function isUndecided({ inProgress, unlisted }: SearchResult, { now }: StepContext, { intendedAt }: Creation): boolean {
  return inProgress || (unlisted && secondsBetween(intendedAt, now) < LOOK_FOR_SECONDS);
}

function mayTurnUp({ foreign, asOf }: SearchResult, { intendedAt }: Creation): boolean {
  const age = secondsBetween(intendedAt, asOf);
  return age < (foreign === null ? LOOK_FOR_SECONDS : LISTS_ARE_CURRENT_AFTER_SECONDS);
}

/**
 * Nothing was made, so nothing stays pinned: a replay plans afresh and may ask with another e-mail. Of a tenant that is
 * to go that is no failure: it has no account to be closed.
 */
async function refuse(
  { repository, turns }: CheckAccountPorts,
  context: StepContext,
  creation: Creation,
  failureReason: string | null,
  foreign: DirectoryAccount | null = null,
): Promise<StepReport> {
  const { meaning } = verdictOn(failureReason);
  const holder = foreign === null ? '' : ` (${foreign.id}, "${foreign.name}")`;
  await repository.update('creation', { before: creation, after: null });
  await turns.free(ACCOUNT_CREATION);
  const reason = `AWS did not make the account "${creation.accountName}" (${creation.email}): ${failureReason ?? 'no reason given'}, ${meaning}${holder}.`;
  if (isClosing(context)) return goTo('request', reason);
  const isPatternUnique = isUniquePattern(context.plan, 'accountEmailPattern');
  throw new RejectedError(reason, takenEmailRemedy(failureReason, { holderId: foreign?.id ?? null, isPatternUnique }));
}

/**
 * The ledger has an intent and no answer: AWS may or may not have been asked. What these looks do not find, the answer
 * to a second request would tell; of a tenant that is to go there is none, so these are the last looks and go on for
 * longer.
 */
async function recoverLostAnswer(
  ports: CheckAccountPorts,
  context: StepContext,
  creation: Creation,
): Promise<StepReport> {
  const currentAfter = isClosing(context) ? LOOK_FOR_SECONDS : LISTS_ARE_CURRENT_AFTER_SECONDS;
  const found = await search(ports, context, creation, currentAfter);
  if (isUnfinished(found)) return searchesOn(context, creation, found);
  if (found.ours !== null) {
    await ports.turns.free(ACCOUNT_CREATION);
    return adopt(ports, context, found.ours);
  }
  const areListsCurrent = secondsBetween(creation.intendedAt, found.asOf) >= currentAfter;
  if (isUndecided(found, context, creation) || !areListsCurrent) {
    return notReady(context, creation, 'The answer of AWS was lost; looking for the account.', SEARCH_SCHEDULE);
  }
  if (found.foreign !== null) return refuse(ports, context, creation, 'EMAIL_ALREADY_EXISTS', found.foreign);
  if (creation.attempt >= MAX_LOST_ANSWERS && !isClosing(context)) return giveUpAsking(ports, creation);
  await ports.repository.update('creation', { before: creation, after: { ...creation, phase: 'cleared' } });
  await ports.turns.free(ACCOUNT_CREATION);
  return goTo('request', 'The answer of AWS was lost, and AWS has made no account: asking again.');
}

async function giveUpAsking({ repository, turns }: CheckAccountPorts, creation: Creation): Promise<never> {
  // Not none: one of them may still turn up, so what they have pinned stays, and a later failure is not taken for the
  // first.
  await repository.update('creation', { before: creation, after: { ...creation, phase: 'cleared', attempt: 1 } });
  await turns.free(ACCOUNT_CREATION);
  throw new RejectedError(
    `AWS has not answered any of ${creation.attempt} requests for the account "${creation.accountName}", and has made none.`,
    'Look at the AWS Health Dashboard; when AWS Organizations is well again, replay this run.',
  );
}

async function adopt(ports: CheckAccountPorts, context: StepContext, account: DirectoryAccount): Promise<StepReport> {
  const { id, arn, name, email } = account;
  await ports.repository.recordAccount({
    id,
    arn,
    name,
    email,
    knownSince: context.now.toISOString(),
    imported: false,
  });
  return done({ changes: [{ what: 'account', from: null, to: id }] });
}

function notReady(
  context: StepContext,
  creation: Creation,
  remark: string,
  schedule: PollSchedule = REQUEST_SCHEDULE,
): StepReport {
  const { now, stateEnteredAt } = context;
  // A request that could be made only after hours has its own time.
  const age = Math.min(secondsBetween(stateEnteredAt, now), secondsBetween(creation.intendedAt, now));
  if (age > GIVE_UP_AFTER_SECONDS) throw takesTooLong(creation, remark);
  return requeueAfter(nextPoll(secondsBetween(creation.intendedAt, now), schedule), remark);
}

function takesTooLong({ accountName, requestId }: Creation, remark: string): RejectedError {
  return new RejectedError(
    `The account "${accountName}" is not there after ${GIVE_UP_AFTER_SECONDS / 3600} hours (request ${requestId ?? 'unknown'}). ${remark}`,
    'Ask AWS Support about this request; then replay this run, which goes on with the same request and asks for no second account.',
  );
}
