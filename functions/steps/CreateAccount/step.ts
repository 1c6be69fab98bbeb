import { RejectedError, TransientError } from '../../domain/base/errors';
import { isTimely } from '../../domain/queue/rate-limiter';
import { ACCOUNT_CREATION } from '../../domain/queue/lanes';
import { type Creation, pinnedCreation } from '../../domain/records/account-records';
import { TENANT_TAG_KEY, namedUnitOf } from '../../domain/plan/plan';
import { secondsBetween, type Step, type StepReport, type StepContext } from '../../domain/run/step-context';
import type { AccountCreator, CreationDelay, CreationRequest, OrganizationTree } from '../../ports/organizations';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import { outcomesOf } from '../outcome';

const { done, goTo } = outcomesOf('CreateAccount');

export interface CreateAccountPorts {
  readonly repository: TenantRepository;
  readonly accounts: AccountCreator;
  readonly tree: OrganizationTree;
  readonly turns: LaneTurns;
}

/** AWS makes few accounts faster. */
const FIRST_POLL_SECONDS = 6;

/** AWS was too busy although our own rate was kept: somebody else asks for accounts, too. */
const PAUSE_SECONDS = 20;
const TURNED_AWAY_FOR_SECONDS = 4 * 60 * 60;

/**
 * Asks AWS for the account, once, with the turn that AwaitCreationTurn has waited for; without one it asks nothing
 * (`goTo('turn')`), so a redrive or a turn that was taken back cannot make more requests than AWS takes. AWS's
 * CreateAccount has no idempotency token, so the ledger is written first (the intent, which pins e-mail, name and role)
 * and again with the request id in the same invocation.
 *
 * A second run that finds a request id asks nothing. One that finds an intent without it does not know whether AWS was
 * asked: it asks nothing either, CheckAccount looks; only what CheckAccount has cleared is asked again. A call that AWS
 * has turned away made nothing: its intent is taken back, so a throttle costs no search and a refused e-mail is not
 * pinned; after a throttle it queues again. Where AWS takes no requests for minutes or hours (a young organization, the
 * daily number of accounts), the ledger says when to ask again, and CheckAccount waits for it.
 *
 * @throws RejectedError when the landing zone's OU does not exist, or AWS refuses
 * @throws TransientError when AWS did not answer
 */
export function createAccount(ports: CreateAccountPorts): Step {
  return async (context) => {
    const { tenant, plan, now } = context;
    if (tenant.account !== null) return done('The account is known already.');
    if (tenant.creation?.phase === 'requested') return done('AWS was asked already.');
    if (tenant.creation?.phase === 'intended') {
      return done('An earlier answer of AWS was lost; looking for it.');
    }
    const turn = tenant.turns[ACCOUNT_CREATION.name];
    if (turn === undefined || turn.used || !isTimely(turn, now)) return goTo('turn', 'It has no turn to ask AWS.');
    if ((await ports.tree.describeOrganizationalUnit(namedUnitOf(plan))) === undefined) throw noSuchUnit(context);
    const intent = intentOf(context);
    const permit = { lane: ACCOUNT_CREATION.name, onceAt: intent.intendedAt };
    if (!(await ports.repository.claim('creation', { before: tenant.creation, after: intent, permit }))) {
      return goTo('turn', 'Its turn was taken back.');
    }
    return askOnce(ports, context, intent);
  };
}

async function askOnce(ports: CreateAccountPorts, context: StepContext, intent: Creation): Promise<StepReport> {
  const { repository, accounts, turns } = ports;
  const { tenant } = context;
  const answer = await ask(accounts, intent, tenant.tenantUuid).catch(refusalIn);
  if (answer instanceof Error) {
    await repository.update('creation', { before: intent, after: tenant.creation });
    await turns.free(ACCOUNT_CREATION);
    return queueAgain(context, answer);
  }
  if (answer.state === 'DELAYED') return delay(ports, context, intent, answer);
  await repository.update('creation', {
    before: intent,
    after: { ...intent, phase: 'requested', requestId: answer.id },
  });
  return done({ facts: { asked: true, waitSeconds: FIRST_POLL_SECONDS } });
}

function ask(accounts: AccountCreator, intent: Creation, tenantUuid: string): Promise<CreationRequest | CreationDelay> {
  const { accountName: name, email, roleName } = intent;
  return accounts.requestAccount({ name, email, roleName, tags: { [TENANT_TAG_KEY]: tenantUuid } });
}

/** AWS has made nothing, and says so. Anything else may be a lost answer. */
function refusalIn(error: unknown): RejectedError | TransientError {
  if (error instanceof RejectedError || (error instanceof TransientError && error.nothingDone)) return error;
  throw error;
}

/** After a throttle the workflow waits for a new turn: a retry would ask faster than the lane allows. */
function queueAgain({ now, stateEnteredAt }: StepContext, refusal: RejectedError | TransientError): StepReport {
  if (refusal instanceof RejectedError) throw refusal;
  if (secondsBetween(stateEnteredAt, now) < TURNED_AWAY_FOR_SECONDS) {
    return goTo('turn', { facts: { waitSeconds: PAUSE_SECONDS }, remark: refusal.message });
  }
  throw new RejectedError(
    `AWS has been too busy for ${TURNED_AWAY_FOR_SECONDS / 3600} hours. ${refusal.message}`,
    'Look who else makes accounts in this organization; when that is over, replay this run.',
    { cause: refusal },
  );
}

/** AWS has done nothing, so nothing is pinned but what earlier requests have pinned, and the turn is free. */
async function delay(
  { repository, turns }: CreateAccountPorts,
  { tenant, now, stateEnteredAt }: StepContext,
  intent: Creation,
  { meaning, remedy, waitSeconds, giveUpAfterSeconds }: CreationDelay,
): Promise<StepReport> {
  const isOver = secondsBetween(stateEnteredAt, now) >= giveUpAfterSeconds;
  const notBefore = new Date(now.getTime() + waitSeconds * 1000).toISOString();
  const delayed = { ...intent, phase: 'cleared', attempt: intent.attempt - 1, notBefore } as const;
  await repository.update('creation', { before: intent, after: isOver ? pinnedCreation(tenant) : delayed });
  await turns.free(ACCOUNT_CREATION);
  if (isOver) {
    throw new RejectedError(
      `AWS has taken no request for the account "${intent.accountName}" for ${Math.round(giveUpAfterSeconds / 3600)} hours: ${meaning}.`,
      remedy,
    );
  }
  return done(`AWS takes no request now: ${meaning}. It is asked again at ${notBefore}.`);
}

/** What was pinned by an earlier request stays: the account may turn up under it. */
function intentOf({ tenant, plan, now }: StepContext): Creation {
  const pinned = pinnedCreation(tenant);
  return {
    phase: 'intended',
    email: pinned?.email ?? plan.account.email,
    accountName: pinned?.accountName ?? plan.account.name,
    roleName: pinned?.roleName ?? plan.account.accessRole,
    intendedAt: now.toISOString(),
    requestId: null,
    attempt: (pinned?.attempt ?? 0) + 1,
    notBefore: null,
    madeAccountId: null,
    failure: null,
  };
}

function noSuchUnit({ plan }: StepContext): RejectedError {
  const setting =
    plan.targetOrgUnitId === null
      ? 'workspaceOrgUnits.parentOrgUnitId in platform.json'
      : `awsTargetOrgUnitId in landing-zones/${plan.landingZone}.json`;
  return new RejectedError(
    `The organizational unit ${namedUnitOf(plan)} of landing zone "${plan.landingZone}" does not exist.`,
    `Correct ${setting}, deploy, and replay this run. No account was made.`,
  );
}
