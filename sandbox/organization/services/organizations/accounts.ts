import * as z from 'zod';
import type { AccountState } from '../../account-state';
import { drawEnd, drawOne } from '../../draw';
import { followMove } from '../control-tower/follow-move';
import type { Account, OrganizationState } from '../../organization-state';
import { tellClosure } from '../../service-events';
import { ServiceError } from '../../service-error';
import { operation, type CallContext, type Operation } from '../operation';
import { accountShape, delegatedAdministratorShape } from './answer-shapes';
import { resourceArn } from './arns';
import { delegatedAdministrators } from './delegated-administrators';
import { isParent, listedAccounts } from './hierarchy';
import { accountId, childId, page, parentId } from './input-shapes';
import { constraintViolation, refuseInput } from './invalid-input';
import { nextToken, pageOf } from './paging';
import { checkAvailable } from './unavailable';

function findAccount(state: OrganizationState, id: string): Account {
  const account = state.accounts.get(id);
  if (account === undefined) {
    // @evidence documented "botocore organizations.DescribeAccount": AccountNotFoundException for an id that no account
    //   of the organization has
    throw new ServiceError('AccountNotFoundException', "You specified an account that doesn't exist.");
  }
  return account;
}

const moveAccountInput = z.object({ AccountId: accountId, SourceParentId: parentId, DestinationParentId: parentId });

function moveAccount({ state, now }: CallContext, input: z.infer<typeof moveAccountInput>): object {
  const account = findAccount(state, input.AccountId);
  if (!isParent(state, input.DestinationParentId)) {
    // @evidence documented "botocore organizations.MoveAccount": DestinationParentNotFoundException where there is no
    //   such root or OU
    throw new ServiceError(
      'DestinationParentNotFoundException',
      "We can't find the destination container (a root or OU) with the ParentId that you specified.",
    );
  }
  if (account.parentId === input.DestinationParentId) {
    // @evidence documented "botocore organizations.MoveAccount": DuplicateAccountException where the account is in the
    //   destination already; whether the source is looked at before is not told
    throw new ServiceError(
      'DuplicateAccountException',
      'That account is already present in the specified destination.',
    );
  }
  if (account.parentId !== input.SourceParentId) {
    // @evidence documented "botocore organizations.MoveAccount": SourceParentNotFoundException where no root or OU has
    //   the id; what a source gets that is there, and is not the account's parent, is not told
    throw new ServiceError(
      'SourceParentNotFoundException',
      "We can't find a source root or OU with the ParentId that you specified.",
    );
  }
  account.parentId = input.DestinationParentId;
  followMove(state, account, now);
  return {};
}

/** What policies can ask of the account that is to be closed. */
const resourceTags = ({ accounts }: OrganizationState, id: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...(accounts.get(id)?.tags ?? [])].map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

function closeAccount(context: CallContext, id: string): object {
  const { state } = context;
  checkAvailable(context, 'closeAccount');
  const account = findAccount(state, id);
  if (state.seed.featureSet === 'CONSOLIDATED_BILLING') {
    // @evidence documented "botocore organizations.CloseAccount, organizations.ConstraintViolationException": accounts
    //   are closed when all features are enabled; ORGANIZATION_NOT_IN_ALL_FEATURES_MODE is the reason of what an
    //   organization with consolidated billing cannot do
    throw constraintViolation(
      'ORGANIZATION_NOT_IN_ALL_FEATURES_MODE',
      'You attempted to perform an operation that requires the organization to support all features.',
    );
  }
  if (id === state.seed.managementAccountId) {
    // @evidence documented "botocore organizations.ConstraintViolationException": CANNOT_CLOSE_MANAGEMENT_ACCOUNT for
    //   the management account
    throw constraintViolation('CANNOT_CLOSE_MANAGEMENT_ACCOUNT', 'You cannot close the management account.');
  }
  return drawOne(state.random, CLOSURES[account.state])(context, account);
}

type Closure = (context: CallContext, account: Account) => object;

const refuseForConflict: Closure = (_, { state }) => {
  // @evidence documented "botocore organizations.CloseAccount": ConflictException for a call that conflicts with the
  //   state of the account
  throw new ServiceError('ConflictException', `The account is ${state}.`);
};

const refuseAgain: Closure = () => {
  // @evidence documented "botocore organizations.CloseAccount": AccountAlreadyClosedException for an account that is
  //   closed
  throw new ServiceError('AccountAlreadyClosedException', 'The provided account is already closed.');
};

const beginClosure: Closure = ({ state, now }, account) => {
  const closing = [...state.accounts.values()].filter((other) => other.state === 'PENDING_CLOSURE');
  if (closing.length >= state.limits.concurrentClosures) {
    const message = 'You have exceeded the number of close account requests allowed at a time.';
    // @evidence documented "botocore organizations.ConstraintViolationException": CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED
    //   for more closures at a time than are allowed
    throw constraintViolation('CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED', message);
  }
  if (closedOfLate(state, now) >= closuresAllowed(state)) {
    const message = 'You have exceeded close account quota for the past 30 days.';
    // @evidence documented "botocore organizations.ConstraintViolationException": CLOSE_ACCOUNT_QUOTA_EXCEEDED for more
    //   closures in 30 days than are allowed
    throw constraintViolation('CLOSE_ACCOUNT_QUOTA_EXCEEDED', message);
  }
  account.state = 'PENDING_CLOSURE';
  account.closedAt = now;
  state.agenda.plan(drawEnd(state, now, state.latencies.accountClosure), (at) => {
    // @evidence documented organizations/userguide/orgs_manage_accounts_account_state: State is CLOSED once a closure
    //   is processed
    account.state = 'CLOSED';
    tellClosure(state, account, at);
  });
  return {};
};

const goOnClosing: Closure = () => ({});

/**
 * What may come of a call on an account in each state.
 *
 * @evidence documented organizations/userguide/orgs_manage_accounts_account_state: SUSPENDED is a restriction by AWS,
 *   and not a closure
 * @evidence assumed "botocore organizations.CloseAccount": of such an account, and of one that is being closed, it may
 *   be taken or refused (decided by: a call on a suspended account, and a second one while the first is carried out)
 */
const CLOSURES: Readonly<Record<AccountState, readonly [Closure, ...Closure[]]>> = {
  PENDING_ACTIVATION: [refuseForConflict, beginClosure],
  ACTIVE: [beginClosure],
  SUSPENDED: [refuseForConflict, beginClosure],
  PENDING_CLOSURE: [refuseForConflict, goOnClosing],
  CLOSED: [refuseAgain],
};

const THIRTY_DAYS = 30 * 24 * 3600 * 1000;

const closedOfLate = ({ accounts, latencies }: OrganizationState, now: number): number =>
  [...accounts.values()].filter(({ closedAt }) => (closedAt ?? 0) > now - THIRTY_DAYS * latencies.scale).length;

/** A share of the accounts, but neither fewer than some nor more than many. */
function closuresAllowed({ accounts, limits: { closures } }: OrganizationState): number {
  return Math.min(closures.most, Math.max(closures.least, Math.floor(accounts.size * closures.share)));
}

export const accountOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore organizations.ListAccounts": ListAccounts answers Accounts
    name: 'ListAccounts',
    write: false,
    input: z.object(page),
    answer: ({ state, now }, input) => {
      const paged = pageOf(listedAccounts(state, now), input);
      return { Accounts: paged.items.map((account) => accountShape(state, account)), ...nextToken(paged) };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore organizations.ListDelegatedAdministrators": ListDelegatedAdministrators answers
    //   DelegatedAdministrators
    name: 'ListDelegatedAdministrators',
    write: false,
    input: z.object({ ServicePrincipal: z.string().min(1).max(128).optional(), ...page }),
    answer: ({ state }, input) => {
      const paged = pageOf(delegatedAdministrators(state, input.ServicePrincipal), input);
      return {
        DelegatedAdministrators: paged.items.map((account) => delegatedAdministratorShape(account)),
        ...nextToken(paged),
      };
    },
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:DescribeAccount": DescribeAccount answers Account
    name: 'DescribeAccount',
    write: false,
    input: z.object({ AccountId: accountId }),
    targets: ({ state }, input) => [{ resource: resourceArn(state.seed, input.AccountId) }],
    answer: ({ state }, input) => ({ Account: accountShape(state, findAccount(state, input.AccountId)) }),
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:MoveAccount": MoveAccount answers nothing
    name: 'MoveAccount',
    write: true,
    input: moveAccountInput,
    targets: ({ state }, input) =>
      [input.AccountId, input.SourceParentId, input.DestinationParentId].map((id) => ({
        resource: resourceArn(state.seed, id),
      })),
    answer: moveAccount,
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListParents": ListParents answers Parents
    name: 'ListParents',
    write: false,
    input: z.object({ ChildId: childId, ...page }),
    targets: ({ state }, input) => [{ resource: resourceArn(state.seed, input.ChildId) }],
    answer: ({ state }, input) => {
      const child = state.accounts.get(input.ChildId) ?? state.units.get(input.ChildId);
      if (child === undefined) {
        // @evidence documented "botocore organizations.ListParents": ChildNotFoundException for an id that neither a
        //   unit nor an account has
        throw new ServiceError(
          'ChildNotFoundException',
          "We can't find an organizational unit (OU) or Amazon Web Services account with the ChildId that you specified.",
        );
      }
      const Type = child.parentId === state.seed.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
      return { Parents: [{ Id: child.parentId, Type }] };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore organizations.CloseAccount": CloseAccount answers nothing
    name: 'CloseAccount',
    write: true,
    input: z.object({ AccountId: accountId }),
    targets: ({ state }, input) => [
      { resource: resourceArn(state.seed, input.AccountId), conditions: resourceTags(state, input.AccountId) },
    ],
    answer: (context, input) => closeAccount(context, input.AccountId),
  }),
];
