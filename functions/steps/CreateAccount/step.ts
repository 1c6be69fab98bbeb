import { RejectedError, TransientError } from '../../domain/errors';
import { type Creation, pinnedCreation } from '../../domain/ledger-records';
import { TENANT_TAG_KEY } from '../../domain/tenant-tag';
import { secondsBetween, type Step, type StepReport, type Vending } from '../../domain/vending';
import type { AccountCreator, CreationDelay, CreationRequest } from '../../ports/account-directory';
import type { AccountMemory } from '../../ports/account-memory';
import type { OrganizationTree } from '../../ports/organization-tree';

export interface CreateAccountPorts {
  readonly memory: AccountMemory;
  readonly accounts: AccountCreator;
  readonly tree: OrganizationTree;
}

/**
 * Asks AWS for the account, once. AWS's CreateAccount has no idempotency token, so the ledger is written first (the intent, which
 * pins e-mail, name and role) and again with the request id in the same invocation.
 *
 * A second run that finds a request id asks nothing. One that finds an intent without it does not know whether AWS was asked: it asks
 * nothing either, CheckAccount looks; only what CheckAccount has cleared is asked again. A call that AWS has turned away made nothing:
 * its intent is taken back, so a throttle costs no search and a refused e-mail is not pinned. Where AWS takes no requests for minutes or hours
 * (a young organization, the daily number of accounts), the ledger says when to ask again, and CheckAccount waits for it.
 *
 * @throws RejectedError when the landing zone's OU does not exist, or AWS refuses
 * @throws TransientError when AWS is too busy, or did not answer
 */
export function createAccount({ memory, accounts, tree }: CreateAccountPorts): Step {
  return async (vending) => {
    const { tenant, plan } = vending;
    if (tenant.account !== null) return already('The account is known already.');
    if (tenant.creation?.phase === 'requested') return already('AWS was asked already.');
    if (tenant.creation?.phase === 'intended') return already('An earlier answer of AWS was lost; looking for it.');
    if ((await tree.describeOrganizationalUnit(plan.targetOrgUnitId)) === undefined) throw noSuchUnit(vending);
    const intent = intentOf(vending);
    await memory.recordCreation(tenant.creation, intent);
    const request = await ask(accounts, intent, tenant.tenantUuid).catch(async (error: unknown) => {
      if (madeNothing(error)) await memory.recordCreation(intent, tenant.creation);
      throw error;
    });
    if (request.state === 'DELAYED') return delay(memory, vending, intent, request);
    await memory.recordCreation(intent, { ...intent, phase: 'requested', requestId: request.id });
    return { result: { asked: true } };
  };
}

function ask(accounts: AccountCreator, intent: Creation, tenantUuid: string): Promise<CreationRequest | CreationDelay> {
  const { accountName: name, email, roleName } = intent;
  return accounts.requestAccount({ name, email, roleName, tags: { [TENANT_TAG_KEY]: tenantUuid } });
}

/** AWS has done nothing, so nothing is pinned but what earlier requests have pinned. */
async function delay(
  memory: AccountMemory,
  { tenant, now, stateEnteredAt }: Vending,
  intent: Creation,
  { meaning, remedy, waitSeconds, giveUpAfterSeconds }: CreationDelay,
): Promise<StepReport> {
  if (secondsBetween(stateEnteredAt, now) >= giveUpAfterSeconds) {
    await memory.recordCreation(intent, pinnedCreation(tenant));
    throw new RejectedError(
      `AWS has taken no request for the account "${intent.accountName}" for ${Math.round(giveUpAfterSeconds / 3600)} hours: ${meaning}.`,
      remedy,
    );
  }
  const notBefore = new Date(now.getTime() + waitSeconds * 1000).toISOString();
  await memory.recordCreation(intent, { ...intent, phase: 'cleared', attempt: intent.attempt - 1, notBefore });
  return {
    result: { asked: false },
    remark: `AWS takes no request now: ${meaning}. It is asked again at ${notBefore}.`,
  };
}

const madeNothing = (error: unknown): boolean =>
  error instanceof RejectedError || (error instanceof TransientError && error.nothingDone);

const already = (remark: string): StepReport => ({ result: { asked: false }, remark });

/** What was pinned by an earlier request stays: the account may turn up under it. */
function intentOf({ tenant, plan, now }: Vending): Creation {
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
  };
}

function noSuchUnit({ plan }: Vending): RejectedError {
  return new RejectedError(
    `The organizational unit ${plan.targetOrgUnitId} of landing zone "${plan.landingZone}" does not exist.`,
    `Correct awsTargetOrgUnitId in landing-zones/${plan.landingZone}.json, deploy, and replay this vending. No account was made.`,
  );
}
