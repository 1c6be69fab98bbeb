import * as z from 'zod';
import type { Account, OrganizationState, Role, Unit } from '../../organization-state';
import { openAccount } from '../../organization-planting';
import { drawNewAccountId } from '../organizations/new-account-id';
import { EXECUTION_ROLE, isEnrolled } from '../control-tower/governance';
import { serviceIntegrations } from '../control-tower/service-integrations';
import { configObstacle } from '../control-tower/config-obstacle';
import { addOperation } from '../control-tower/enabled-baselines';
import { administratorAccessArn } from '../iam/aws-managed-policies';
import type { Failure, Parameters, ProvisionedProduct } from './account-factory-state';
import { arnIn } from '../../arn';
import { isFunctional } from '../../account-state';
import { isSameAddress } from '../../same-address';

/**
 * @evidence documented controltower/userguide/common-eg-failures: the regular expression of an account's e-mail
 */
const EMAIL = /^[A-Z0-9a-z._%+-]+@[A-Za-z0-9.-]+[.]+[A-Za-z]+$/;

const failure = (description: string): Failure => ({ code: 'AccountFactoryFailure', description });

/**
 * What stands in the way of enrolling, if anything: "Prerequisites for enrollment" and "Provision accounts with AWS
 * Service Catalog" of the Control Tower User Guide. The account is the one whose root e-mail is `AccountEmail`; none
 * means a new one.
 *
 * @evidence documented controltower/userguide/account-factory: the OU has AWSControlTowerBaseline; ConfigBaseline or
 *   controls alone do not do
 */
export function findObstacle(
  state: OrganizationState,
  product: ProvisionedProduct,
  parameters: Parameters,
  at: number,
): Failure | null {
  if (!EMAIL.test(parameters.AccountEmail)) {
    return failure('The email address you specified for the account does not conform to the naming standards.');
  }
  const [unit] = unitsCalled(state, parameters.ManagedOrganizationalUnit);
  if (unit === undefined) {
    return failure(
      `Organizational unit "${parameters.ManagedOrganizationalUnit}" does not exist. Name it as OU name (OU id).`,
    );
  }
  if (!unit.registered) {
    return failure(`Organizational unit ${unit.name} (${unit.id}) is not registered with AWS Control Tower.`);
  }
  const account = findEnrollee(state, parameters);
  return account === undefined ? obstacleToNew(state, parameters) : obstacleToExisting(state, product, account, at);
}

function obstacleToNew(state: OrganizationState, parameters: Parameters): Failure | null {
  const { AccountEmail } = parameters;
  const isTaken = (state.seed.foreignEmails ?? []).some((other) => isSameAddress(other, AccountEmail));
  return isTaken ? failure(`An account with the email ${AccountEmail} already exists.`) : null;
}

/**
 * @evidence documented controltower/userguide/account-auto-enrollment: an account may be enrolled without a provisioned
 *   product
 * @evidence documented controltower/userguide/key-changes-lz-v4: service integration accounts are managed by the
 *   landing zone alone
 * @evidence documented controltower/userguide/provision-as-end-user: AccountEmail must not be an account's already;
 *   that a new product for an enrolled account fails is our reading
 */
function obstacleToExisting(
  state: OrganizationState,
  product: ProvisionedProduct,
  account: Account,
  at: number,
): Failure | null {
  if (serviceIntegrations(state).some(({ id }) => id === account.id)) {
    return failure(`Account ${account.id} is a service integration account of the landing zone.`);
  }
  if (product.lastSuccessfulProvisioningRecordId === null && isEnrolled(state, account.id)) {
    return failure(`Account ${account.id} is already enrolled in AWS Control Tower.`);
  }
  if (!isFunctional(account.state)) {
    return failure(`Account ${account.id} is ${account.state}.`);
  }
  const role = account.roles.get(EXECUTION_ROLE);
  if (role === undefined || !isFitForControlTower(state, role, at)) {
    return failure(
      `AWS Control Tower can't assume the ${EXECUTION_ROLE} role in account ${account.id}. It needs ${administratorAccessArn(state.seed)} ` +
        'and a trust relationship to the management account.',
    );
  }
  // One that is enrolled has what Control Tower itself has put there.
  const found = isEnrolled(state, account.id) ? null : configObstacle(state, account);
  return found === null ? null : failure(found);
}

/** One of another kind trusts nobody in the way that is asked for. */
const trustDocument = z
  .object({
    Statement: z.array(
      z.object({
        Effect: z.literal('Allow'),
        Principal: z.object({ AWS: z.union([z.string(), z.array(z.string())]) }),
        Action: z.union([z.string(), z.array(z.string())]),
      }),
    ),
  })
  .catch({ Statement: [] });

/**
 * Exactly what the documentation asks for: AdministratorAccess, and the management account's root as trusted principal.
 */
function isFitForControlTower({ seed }: OrganizationState, role: Role, at: number): boolean {
  const rights = role.attached.get(administratorAccessArn(seed));
  const isTrusting = trustDocument
    .parse(JSON.parse(role.trust.document))
    .Statement.some(
      ({ Principal, Action }) =>
        [Principal.AWS].flat().includes(arnIn(seed, `iam::${seed.managementAccountId}:root`)) &&
        [Action].flat().includes('sts:AssumeRole'),
    );
  return isTrusting && Math.max(role.trust.effectiveAt, rights?.effectiveAt ?? Infinity) <= at;
}

/** `Name (ou-id)`, or the plain name of an OU right under the root: one, or none. */
const unitsCalled = ({ units, seed }: OrganizationState, text: string): readonly Unit[] =>
  [...units.values()].filter(
    ({ id, name, parentId }) => text === `${name} (${id})` || (text === name && parentId === seed.rootId),
  );

/** The account whose root e-mail is the given one; none means that the Account Factory makes a new account. */
export function findEnrollee(state: OrganizationState, parameters: Parameters): Account | undefined {
  return [...state.accounts.values()].find(({ email }) => isSameAddress(email, parameters.AccountEmail));
}

/** The account is enrolled, in its OU; a new one is made where no account has the e-mail. */
export function enroll(state: OrganizationState, parameters: Parameters, at: number): Account {
  const units = unitsCalled(state, parameters.ManagedOrganizationalUnit);
  const [parentId = state.seed.rootId] = units.map(({ id }) => id);
  const account = findEnrollee(state, parameters) ?? openNew(state, parameters, parentId, at);
  account.parentId = parentId;
  // @evidence documented controltower/userguide/baseline-api-examples: GetBaselineOperation shows an operation on a
  //   child enabled baseline, which changes by way of the Account Factory, too
  const operation = addOperation(state, { type: 'ENABLE_BASELINE', targetId: account.id, startedAt: at });
  Object.assign(operation, { endedAt: at, status: 'SUCCEEDED' });
  state.inheritedBaselines.set(account.id, { unitId: parentId, status: 'SUCCEEDED', operationId: operation.id });
  return account;
}

function openNew(state: OrganizationState, parameters: Parameters, parentId: string, at: number): Account {
  return openAccount(state, {
    id: drawNewAccountId(state),
    name: parameters.AccountName,
    email: parameters.AccountEmail,
    parentId,
    joinedMethod: 'CREATED',
    joinedAt: at,
    listedFrom: at,
    tags: [],
    accessRole: { name: EXECUTION_ROLE, assumableFrom: at },
  });
}
