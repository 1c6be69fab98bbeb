import { RejectedError } from '../base/errors';
import type { Account } from '../records/account-records';
import { type ServiceAccount, TENANT_TAG_KEY } from '../plan/plan';
import { serviceAccountOf } from '../configuration/service-accounts';
import { accountOf, type StepContext } from '../run/step-context';

/**
 * The account, if it serves nobody else and is, by its tag, nobody else's. AWS's word is asked for that, not the
 * ledger's alone.
 *
 * @param tags of the account, as AWS has them
 * @param found service accounts that AWS has named, besides those of the plan
 * @throws RejectedError when it is not to be touched
 */
export function guardedAccount(
  context: StepContext,
  tags: Readonly<Record<string, string>>,
  found: readonly ServiceAccount[],
): Account {
  const account = noServiceAccount(context, found);
  const { tenantUuid } = context.tenant;
  const tag = tags[TENANT_TAG_KEY] ?? null;
  if (tag !== tenantUuid) throw isNotTheirs(account, tag, tenantUuid);
  return account;
}

/** The same without its tags: a service account is never to be touched, whatever it carries. */
export function noServiceAccount(context: StepContext, found: readonly ServiceAccount[]): Account {
  const account = accountOf(context);
  const { closing, serviceAccounts } = context.plan;
  // Plans of earlier releases name the management account alone.
  const management = closing === undefined ? [] : [{ id: closing.managementAccountId, what: 'the management account' }];
  const served = serviceAccountOf(account.id, [...management, ...serviceAccounts, ...found]);
  if (served !== undefined) throw isServiceAccount(account, served);
  return account;
}

const isServiceAccount = ({ id }: Account, { what }: ServiceAccount): RejectedError =>
  new RejectedError(
    `The account ${id} is ${what}: it is never taken out of use.`,
    'Find out how it became the account of this tenant, and send the desired state as ACTIVE with a higher replicationSequence.',
  );

const isNotTheirs = ({ id, name }: Account, tag: string | null, tenantUuid: string): RejectedError =>
  new RejectedError(
    `The account ${id} ("${name}") ${tag === null ? `has no tag ${TENANT_TAG_KEY}` : `belongs to tenant ${tag} by its tag ${TENANT_TAG_KEY}`}: nothing was taken from it.`,
    `If it is this tenant's, tag it in AWS Organizations with ${TENANT_TAG_KEY} = ${tenantUuid} and replay this run; if not, leave it as it is.`,
  );
