import * as z from 'zod';
import { drawEnd, drawLowerCase, drawOne } from '../../draw';
import type { Creation, OrganizationState } from '../../organization-state';
import { openAccount } from '../../organization-planting';
import { isSameAddress } from '../../same-address';
import { ServiceError } from '../../service-error';
import { tellCreation } from '../../service-events';
import { operation, type CallContext, type Operation, type Target } from '../operation';
import { accountsAndInvitations } from './invitations';
import { creationShape } from './answer-shapes';
import { accountArn } from './arns';
import { page, tags } from './input-shapes';
import { constraintViolation, invalidInput, refuseInput } from './invalid-input';
import { drawNewAccountId } from './new-account-id';
import { nextToken, pageOf } from './paging';
import { requestTags } from './tag-conditions';
import { checkTags } from './tags';
import { checkAvailable, unavailable } from './unavailable';

const createAccountInput = z.object({
  Email: z
    .string()
    .min(6)
    .max(64)
    .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  AccountName: z
    .string()
    .min(1)
    .max(50)
    .regex(/^[\u0020-\u007e]+$/),
  RoleName: z
    .string()
    .max(64)
    .regex(/^[\w+=,.@-]+$/)
    .default('OrganizationAccountAccessRole'),
  IamUserAccessToBilling: z.enum(['ALLOW', 'DENY']).optional(),
  Tags: tags.default([]),
});

type CreateAccountInput = z.infer<typeof createAccountInput>;

/**
 * The wording that AWS documents for an account's e-mail beyond its pattern; breaking it fails the creation, not the
 * call.
 */
const EMAIL = /^(?!\.)[^\s"'()<>[\]:;,\\|%&@]+@(?![-.])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?<![-.])$/;

/**
 * An account that is made with tags takes the right to tag as well: whichever resource AWS judges that on, the caller
 * is asked for both.
 *
 * @evidence documented "botocore organizations.CreateAccount": with tags, the caller needs organizations:TagResource
 * @evidence assumed none: on which resource an account to be is judged is not told (decided by: CreateAccount with
 *   tags, TagResource on one of both)
 */
const taggingsOf = ({ seed }: OrganizationState, { Tags }: CreateAccountInput): readonly Target[] =>
  [accountArn(seed, '*'), '*'].map((resource) => ({
    action: 'organizations:TagResource',
    resource,
    conditions: requestTags(Tags),
  }));

function createAccount(context: CallContext, input: CreateAccountInput): object {
  checkAvailable(context, 'createAccount');
  return create(context, input, false);
}

/**
 * @evidence documented "botocore organizations.CreateGovCloudAccount": called in the commercial partition, by the
 *   management account
 * @evidence documented "botocore organizations.ConstraintViolationException": MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED,
 *   without a paired account in GovCloud
 */
function createGovCloudAccount(context: CallContext, input: CreateAccountInput): object {
  const { partition = 'aws', isPairedWithGovCloud = true } = context.state.seed;
  // @evidence documented "botocore organizations.CreateGovCloudAccount": UnsupportedAPIEndpointException where a Region
  //   does not have the action
  if (partition !== 'aws') throw unavailable();
  if (!isPairedWithGovCloud) {
    const message =
      'To complete this operation, the management account must be associated with an account in GovCloud.';
    throw constraintViolation('MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED', message);
  }
  return create(context, input, true);
}

function create(context: CallContext, input: CreateAccountInput, inGovCloud: boolean): object {
  const { state } = context;
  if (input.RoleName.startsWith('AWSServiceRoleFor')) {
    // @evidence documented "botocore organizations.InvalidInputException": INVALID_ROLE_NAME for a name that begins
    //   with AWSServiceRoleFor
    throw invalidInput('INVALID_ROLE_NAME');
  }
  checkTags(state, new Map(), input.Tags);
  const inFlight = [...state.creations.values()].filter((creation) => creation.state === 'IN_PROGRESS');
  if (inFlight.length >= state.limits.concurrentCreations) {
    throw tooManyCreations(state);
  }
  const creation = begin(context, input);
  const decided = decideNow(state, input, inFlight);
  state.agenda.plan(creation.completesAt, (at) => {
    complete(state, creation, input, at, decided);
    if (inGovCloud && creation.state === 'SUCCEEDED') makeCounterpart(state, creation, input);
    tellCreation(state, creation, at);
  });
  return { CreateAccountStatus: creationShape(creation) };
}

/** In the words of AWS, which people search for. */
const ANOTHER_REQUEST =
  "AWS Organizations can't complete your request because another request is already in progress. Try again later.";
const ANOTHER_ATTEMPT =
  "AWS Organizations can't complete your request because it conflicts with another attempt to modify the same entity. " +
  'Try again later.';

/** Callers have met the first two, the first one mostly; the third is in the API reference. */
function tooManyCreations({ random }: OrganizationState): ServiceError {
  // @evidence reported "github pulumi/pulumi-aws-native#1687, org-formation/org-formation-cli#449": the words of
  //   ANOTHER_REQUEST for accounts that are created at once; TooManyRequestsException is the error with these words
  const request = new ServiceError('TooManyRequestsException', ANOTHER_REQUEST, { fields: { Type: 'RATE_EXCEEDED' } });
  // @evidence reported "github awslabs/aws-deployment-framework#280": ConcurrentModificationException of CreateAccount,
  //   with the words of ANOTHER_ATTEMPT
  const attempt = new ServiceError('ConcurrentModificationException', ANOTHER_ATTEMPT);
  // @evidence documented "botocore organizations.ConstraintViolationException": ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED
  //   for more accounts in progress at a time than are allowed
  const limit = constraintViolation(
    'ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED',
    'You have exceeded the number of accounts that can be in progress at a time.',
  );
  return drawOne(random, [request, request, attempt, limit]);
}

function begin({ state, now }: CallContext, input: CreateAccountInput): Creation {
  const creation: Creation = {
    id: `car-${drawLowerCase(state.random, 32)}`,
    accountName: input.AccountName,
    email: input.Email,
    requestedAt: now,
    completesAt: drawEnd(state, now, state.latencies.accountCreation),
    state: 'IN_PROGRESS',
    completedAt: null,
    accountId: null,
    govCloudAccountId: null,
    failureReason: null,
  };
  state.creations.set(creation.id, creation);
  return creation;
}

function decideNow(state: OrganizationState, input: CreateAccountInput, inFlight: readonly Creation[]): string | null {
  const injected = state.faults?.accountCreation?.({ email: input.Email, accountName: input.AccountName });
  if (injected !== undefined) {
    return injected;
  }
  if (inFlight.some((other) => isSameAddress(other.email, input.Email))) {
    return 'CONCURRENT_ACCOUNT_MODIFICATION';
  }
  return EMAIL.test(input.Email) ? null : 'INVALID_EMAIL';
}

function complete(
  state: OrganizationState,
  creation: Creation,
  input: CreateAccountInput,
  at: number,
  decided: string | null,
): void {
  creation.completedAt = at;
  creation.failureReason = decided ?? decideAtTheEnd(state, input.Email);
  if (creation.failureReason !== null) {
    creation.state = 'FAILED';
    return;
  }
  creation.accountId = drawNewAccountId(state);
  creation.state = 'SUCCEEDED';
  openAccount(state, {
    id: creation.accountId,
    name: input.AccountName,
    email: input.Email,
    parentId: state.seed.rootId,
    joinedMethod: 'CREATED',
    joinedAt: at,
    listedFrom: drawEnd(state, at, state.latencies.accountListing),
    tags: input.Tags.map(({ Key, Value }) => [Key, Value]),
    accessRole: {
      name: input.RoleName,
      assumableFrom: drawEnd(state, at, state.latencies.accessRole),
    },
  });
}

/**
 * The standalone account in GovCloud, which the management account there can enter, and invite.
 *
 * @evidence documented "botocore organizations.CreateGovCloudAccount": two accounts with one e-mail; tags are those of
 *   the commercial one alone
 */
function makeCounterpart(
  state: OrganizationState,
  creation: Creation,
  { AccountName, Email, RoleName }: CreateAccountInput,
): void {
  const id = drawNewAccountId(state);
  creation.govCloudAccountId = id;
  state.govCloudAccounts.set(id, { id, name: AccountName, email: Email, accessRole: RoleName });
}

function decideAtTheEnd(state: OrganizationState, email: string): string | null {
  const known = [...state.accounts.values(), ...state.standaloneAccounts.values()].map((account) => account.email);
  // @evidence documented "botocore organizations.CreateAccount": an address that is associated with another account of
  //   AWS, in whichever organization, cannot be used
  if ([...known, ...(state.seed.foreignEmails ?? [])].some((other) => isSameAddress(other, email))) {
    return 'EMAIL_ALREADY_EXISTS';
  }
  return accountsAndInvitations(state) >= state.limits.accounts ? 'ACCOUNT_LIMIT_EXCEEDED' : null;
}

const targetsOf = ({ state }: CallContext, input: CreateAccountInput): readonly Target[] => [
  { resource: '*', conditions: requestTags(input.Tags) },
  ...(input.Tags.length === 0 ? [] : taggingsOf(state, input)),
];

const stateNames = z.enum(['IN_PROGRESS', 'SUCCEEDED', 'FAILED']);

export const accountCreationOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:CreateAccount": CreateAccount answers CreateAccountStatus
    name: 'CreateAccount',
    write: true,
    input: createAccountInput,
    targets: targetsOf,
    answer: createAccount,
  }),
  operation(refuseInput, {
    // @evidence documented "botocore organizations.CreateGovCloudAccount": CreateGovCloudAccount answers
    //   CreateAccountStatus
    name: 'CreateGovCloudAccount',
    write: true,
    input: createAccountInput,
    targets: targetsOf,
    answer: createGovCloudAccount,
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:DescribeCreateAccountStatus": DescribeCreateAccountStatus
    //   answers CreateAccountStatus
    name: 'DescribeCreateAccountStatus',
    write: false,
    input: z.object({
      CreateAccountRequestId: z
        .string()
        .max(36)
        .regex(/^car-[a-z0-9]{8,32}$/),
    }),
    answer: ({ state }, input) => {
      const creation = state.creations.get(input.CreateAccountRequestId);
      if (creation === undefined) {
        // @evidence documented "botocore organizations.DescribeCreateAccountStatus":
        //   CreateAccountStatusNotFoundException for an id that no request has
        throw new ServiceError(
          'CreateAccountStatusNotFoundException',
          "We can't find an create account request with the CreateAccountRequestId that you specified.",
        );
      }
      return { CreateAccountStatus: creationShape(creation) };
    },
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:ListCreateAccountStatus": ListCreateAccountStatus answers
    //   CreateAccountStatuses
    name: 'ListCreateAccountStatus',
    write: false,
    input: z.object({ States: z.array(stateNames).optional(), ...page }),
    answer: ({ state }, input) => {
      // Filtered after paging, as AWS does: a page may be empty and still not be the last.
      const paged = pageOf([...state.creations.values()], input);
      const wanted = input.States ?? stateNames.options;
      const statuses = paged.items.filter((creation) => wanted.includes(creation.state)).map(creationShape);
      return { CreateAccountStatuses: statuses, ...nextToken(paged) };
    },
  }),
];
