import { RejectedError, TransientError } from '../../domain/errors';
import type { Creation } from '../../domain/ledger-records';
import { TENANT_TAG_KEY } from '../../domain/tenant-tag';
import { type Step, type StepReport, type Vending } from '../../domain/vending';
import type { AccountCreator, CreationRequest } from '../../ports/account-directory';
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
 * its intent is taken back, so a throttle costs no search and a refused e-mail is not pinned.
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
    await memory.recordCreation(intent, { ...intent, phase: 'requested', requestId: request.id });
    return { result: { asked: true } };
  };
}

function ask(accounts: AccountCreator, intent: Creation, tenantUuid: string): Promise<CreationRequest> {
  const { accountName: name, email, roleName } = intent;
  return accounts.requestAccount({ name, email, roleName, tags: { [TENANT_TAG_KEY]: tenantUuid } });
}

const madeNothing = (error: unknown): boolean =>
  error instanceof RejectedError || (error instanceof TransientError && error.nothingDone);

const already = (remark: string): StepReport => ({ result: { asked: false }, remark });

/** What was pinned by an earlier try stays: the account may turn up under it. */
function intentOf({ tenant, plan, now }: Vending): Creation {
  const pinned = tenant.creation;
  return {
    phase: 'intended',
    email: pinned?.email ?? plan.account.email,
    accountName: pinned?.accountName ?? plan.account.name,
    roleName: pinned?.roleName ?? plan.account.accessRole,
    intendedAt: now.toISOString(),
    requestId: null,
    attempt: (pinned?.attempt ?? 0) + 1,
  };
}

function noSuchUnit({ plan }: Vending): RejectedError {
  return new RejectedError(
    `The organizational unit ${plan.targetOrgUnitId} of landing zone "${plan.landingZone}" does not exist.`,
    `Correct awsTargetOrgUnitId in landing-zones/${plan.landingZone}.json, deploy, and replay this vending. No account was made.`,
  );
}
