import { accountState, notClosed } from '../../domain/account/account-state';
import { RejectedError } from '../../domain/base/errors';
import { ACCOUNT_CLOSING } from '../../domain/queue/lanes';
import type { Change } from '../../domain/records/ledger-records';
import type { Closure } from '../../domain/records/account-records';
import { nextPoll } from '../../domain/base/poll-interval';
import { accountOf, secondsBetween, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { AccountDirectory, DirectoryAccount } from '../../ports/organizations';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import { outcomesOf } from '../outcome';

const { done, requeueAfter, goTo } = outcomesOf('CheckClosure');

export interface CheckClosurePorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly directory: Pick<AccountDirectory, 'describeAccount'>;
  readonly turns: LaneTurns;
}

/** AWS says that it takes a few minutes. */
const SCHEDULE = { minSeconds: 10, maxSeconds: 120 };

/** AWS shows an account as it was for a while after it has taken the request. */
const SHOWS_AFTER_SECONDS = 15 * 60;
const CLOSING_SECONDS = 24 * 60 * 60;
const MAX_FAILURES = 3;

/**
 * Is the account closed (`CLOSED`, or gone)? The look that sees the end, good or bad, frees its slot in the lane.
 * `goTo('request')` sends the workflow back to ask once more: AWS has taken the request, and the account is open all
 * the same. A state that is not known is waited for, within the same budget. A second run answers at once.
 *
 * @throws RejectedError when AWS has taken it several times in vain, is longer at it than its budget, or has suspended
 * the account instead
 */
export function checkClosure(ports: CheckClosurePorts): Step {
  return async (context) => {
    const { closure } = context.tenant;
    if (closure === null || closure.phase === 'failed')
      return goToRequest(ports, 'AWS is to be asked to close the account.');
    if (closure.phase === 'closed') return finish(ports);
    const found = await ports.directory.describeAccount(accountOf(context).id);
    return followClosure(ports, context, closure, found);
  };
}

async function followClosure(
  ports: CheckClosurePorts,
  context: StepContext,
  closure: Closure,
  found: DirectoryAccount | undefined,
): Promise<StepReport> {
  const state = found?.state ?? null;
  switch (found === undefined ? 'closed' : accountState(state)) {
    case 'closed':
      await ports.repository.update('closure', { before: closure, after: { ...closure, phase: 'closed' } });
      return finish(ports, [{ what: 'account', from: 'ACTIVE', to: state }]);
    case 'closing':
      return goesOn(context, closure, 'AWS is closing the account.');
    case 'open':
      return followOpenAccount(ports, context, closure);
    case 'barred':
      return followBarredAccount(ports, context, closure, state);
    case 'unknown':
      return goesOn(context, closure, `AWS says ${state ?? ''} of the account, which is no state that we know.`);
  }
}

async function finish({ turns }: CheckClosurePorts, changes?: readonly Change[]): Promise<StepReport> {
  await turns.free(ACCOUNT_CLOSING);
  return done({ remark: 'The account is closed.', ...(changes === undefined ? {} : { changes }) });
}

async function goToRequest({ turns }: CheckClosurePorts, remark: string): Promise<StepReport> {
  await turns.free(ACCOUNT_CLOSING);
  return goTo('request', remark);
}

/** A replay begins to count again. */
const waitedFor = ({ now, stateEnteredAt }: StepContext, { askedAt }: Closure): number =>
  Math.min(secondsBetween(askedAt, now), secondsBetween(stateEnteredAt, now));

function goesOn(context: StepContext, closure: Closure, remark: string): StepReport {
  if (waitedFor(context, closure) >= CLOSING_SECONDS) {
    throw new RejectedError(
      `AWS has been closing the account ${accountOf(context).id} for ${CLOSING_SECONDS / 3600} hours.`,
      'Ask AWS Support about it; then replay this run, which goes on looking.',
    );
  }
  return requeueAfter(nextPoll(secondsBetween(closure.askedAt, context.now), SCHEDULE), remark);
}

/** AWS has taken the request, or has not: it says neither while it keeps the account shut for another reason. */
async function followBarredAccount(
  { turns }: CheckClosurePorts,
  context: StepContext,
  closure: Closure,
  state: string | null,
): Promise<StepReport> {
  if (waitedFor(context, closure) < SHOWS_AFTER_SECONDS) {
    return goesOn(context, closure, `AWS was asked, and shows the account as ${state ?? ''}.`);
  }
  await turns.free(ACCOUNT_CLOSING);
  throw notClosed(accountOf(context).id, state);
}

async function followOpenAccount(
  ports: CheckClosurePorts,
  context: StepContext,
  closure: Closure,
): Promise<StepReport> {
  if (secondsBetween(closure.askedAt, context.now) < SHOWS_AFTER_SECONDS) {
    return goesOn(context, closure, 'AWS was asked, and shows the account as open still.');
  }
  const failures = closure.failures + 1;
  const isFinal = failures >= MAX_FAILURES;
  await ports.repository.update('closure', {
    before: closure,
    after: { ...closure, phase: 'failed', failures: isFinal ? 0 : failures },
  });
  const report = await goToRequest(ports, 'AWS has taken it, and the account is open all the same: asking again.');
  if (!isFinal) return report;
  throw new RejectedError(
    `AWS was asked ${failures} times to close the account ${accountOf(context).id}, and it is open all the same.`,
    'Look for CloseAccountResult in the CloudTrail of the management account, which says why; mend that, and replay this run.',
  );
}
