import * as z from 'zod';
import type { NamedPolicy } from '../../authorization/policy-question';
import { inTheNextTurn } from '../../authorization/in-the-next-turn';
import { isMalformed, PolicySimulation } from '../../authorization/policy-simulation';
import {
  boundaryOf,
  identityPoliciesOf,
  isJudged,
  noteUse,
  sessionPolicyOf,
} from '../../authorization/judged-principal';
import { rcpLevels, scpLevels } from '../../authorization/service-control-policies';
import { sessionToken } from '../../caller';
import { drawUpperCase } from '../../draw';
import type { Account, Role, Session } from '../../organization-state';
import { principalArn } from '../../principal';
import { ServiceError } from '../../service-error';
import { administratorAccess } from '../iam/aws-managed-policies';
import { effectiveDocument } from '../iam/effective-document';
import { malformedDocument } from '../iam/iam-errors';
import { managedDocument } from '../iam/managed-policy';
import type { CallContext } from '../operation';
import { requestTags } from '../organizations/tag-conditions';
import { checkRegion } from './issuing-region';
import { queryList, queryNumber, validationError } from '../query-input';
import { arnIn } from '../../arn';
import { packedSessionSize } from './packed-session-size';
import { isFunctional } from '../../account-state';

export const assumeRoleInput = z.object({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: z
    .string()
    .min(2)
    .max(64)
    .regex(/^[\w+=,.@-]*$/),
  ExternalId: z
    .string()
    .min(2)
    .max(1224)
    .regex(/^[\w+=,.@:/-]*$/)
    .optional(),
  DurationSeconds: queryNumber.min(900).max(43_200).default(3600),
  /**
   * @evidence documented "botocore sts.AssumeRole Policy": its shape has no maximum, though its text has 2,048
   *   characters; that a longer one meets the packed limit alone is our reading
   */
  Policy: z.string().min(1).optional(),
  /**
   * Managed policies that the session may use as well as the inline one.
   *
   * @evidence documented IAM/UserGuide/reference_iam-quotas: ten managed policies and fifty tags at most; that the
   *   error is ValidationError, as for any list that is too long, is our reading
   */
  PolicyArns: queryList(z.object({ arn: z.string().min(20).max(2048) }), 10).default([]),
  Tags: queryList(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }), 50).default([]),
});

type AssumeRoleInput = z.infer<typeof assumeRoleInput>;

const simulation = new PolicySimulation();

/**
 * "AssumeRole" in the AWS STS API Reference. Absent, distrusting and not yet propagated roles refuse in the same words.
 */
export async function assumeRole(context: CallContext, input: AssumeRoleInput): Promise<object> {
  const found = findRole(context, input.RoleArn);
  checkDuration(context, found?.role, input.DurationSeconds);
  if (found === undefined) {
    await checkPolicy(input);
    // @evidence reported "RhinoSecurityLabs/pacu, the archived module before iam__enum_roles": AccessDenied, in words
    //   that no longer depend on whether the role exists
    throw accessDenied(context, input, false);
  }
  const { role, account } = found;
  checkTags(input);
  await inTheNextTurn(async () => {
    await checkPolicy(input);
    await checkTrust(context, role, input);
    checkPackedSize(input);
  });
  checkRegion(context, account);
  noteUse(context, 'sts:AssumeRole');
  return openSession(context, role, input);
}

async function checkPolicy({ Policy }: AssumeRoleInput): Promise<void> {
  if (Policy !== undefined && (await isMalformed(Policy, 'session'))) {
    // @evidence documented "botocore sts.AssumeRole": MalformedPolicyDocument for a session policy that is none
    throw malformedDocument('This policy contains invalid Json');
  }
}

function checkTags({ Tags }: AssumeRoleInput): void {
  if (new Set(Tags.map(({ Key }) => Key.toLowerCase())).size === Tags.length) return;
  // @evidence recorded "localstack sts/test_sts test_assume_role_tag_validation, 2025-04-10": InvalidParameterValue,
  //   400, for keys that differ in case alone: "Duplicate tag keys found. Please note that Tag keys are case
  //   insensitive."
  throw new ServiceError(
    'InvalidParameterValue',
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  );
}

/** A document that neither allows nor denies anything. */
const ALLOWING_NOTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', NotAction: '*', Resource: '*' }],
});

const packedSize = ({ Policy, PolicyArns, Tags }: AssumeRoleInput): number =>
  packedSessionSize({ policy: Policy, policyArns: PolicyArns.map(({ arn }) => arn), tags: Tags });

function checkPackedSize(input: AssumeRoleInput): void {
  const percent = packedSize(input);
  if (percent <= 100) return;
  // @evidence documented "botocore sts.AssumeRole": PackedPolicyTooLarge for session policies and tags of more than the
  //   packed size
  throw new ServiceError(
    'PackedPolicyTooLarge',
    `Packed size of session policy and session tags consumes ${percent}% of allotted space, please use smaller policy.`,
  );
}

interface Found {
  readonly role: Role;
  readonly account: Account;
}

function findRole({ state }: CallContext, arn: string): Found | undefined {
  const parts = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\u0021-\u007e]+\/)?([\w+=,.@-]+)$/.exec(arn);
  if (parts === null) {
    // @evidence recorded "localstack sts/test_sts test_sts_invalid_parameters, 2025-07-21": ValidationError, 400,
    //   "<arn> is invalid"
    throw validationError(`${arn} is invalid`);
  }
  const [, accountId = '', name = ''] = parts;
  const account = state.accounts.get(accountId);
  if (account === undefined || !isFunctional(account.state)) return undefined;
  const role = account.roles.get(name);
  return role?.arn === arn ? { role, account } : undefined;
}

/** A function's role is itself a session, so every assume but an administrator's is role chaining: one hour at most. */
function checkDuration({ principal }: CallContext, role: Role | undefined, seconds: number): void {
  if (principal.kind !== 'administrator' && seconds > 3600) {
    // @evidence reported "github 99designs/aws-vault#263, aws/eks-anywhere#9485": ValidationError, in these words, for
    //   more than one hour by role chaining
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (role !== undefined && seconds > role.maxSessionSeconds) {
    // @evidence reported "github kreuzwerker/awsu#27": ValidationError, 400, in these words, for more than the maximum
    //   session duration of the role
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}

/**
 * @evidence documented IAM/latest/UserGuide/id_session-tags: to pass tags, sts:TagSession has to be allowed as well, by
 *   the trust policy of the role, too
 */
const actionsOf = ({ Tags }: AssumeRoleInput): readonly Action[] =>
  Tags.length === 0 ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];

type Action = 'sts:AssumeRole' | 'sts:TagSession';

async function checkTrust(context: CallContext, role: Role, input: AssumeRoleInput): Promise<void> {
  for (const action of actionsOf(input)) {
    await checkAction(context, role, input, action);
  }
}

async function checkAction(context: CallContext, role: Role, input: AssumeRoleInput, action: Action): Promise<void> {
  // Null before the trust policy is known everywhere: nobody is let in.
  const effective = effectiveDocument(role.trust, context.now);
  if (effective !== null && (await isTrusted(context, role, input, { action, trust: effective }))) return;
  // What is in force already was judged above.
  const notYet = await isTrusted(context, role, input, { action, trust: role.trust.document });
  // @evidence documented IAM/latest/UserGuide/troubleshoot_roles: a caller whom the trust policy of the role does not
  //   name cannot assume it, whatever else it may do
  // @evidence reported "github data-dot-all/dataall#140, amzn/selling-partner-api-models#2523": AccessDenied, "User:
  //   ... is not authorized to perform: sts:AssumeRole on resource: ...", as the trust policy did not allow it; the
  //   second thread has its status, 403
  // @evidence reported "github DataDog/stratus-red-team#462": the same of sts:TagSession
  throw accessDenied(context, input, notYet, action);
}

async function isTrusted(
  context: CallContext,
  role: Role,
  input: AssumeRoleInput,
  { action, trust }: { readonly action: Action; readonly trust: string },
): Promise<boolean> {
  const { principal, state } = context;
  const { allowed } = await simulation.judge({
    principalArn: principal.arn,
    action,
    resource: role.arn,
    resourceAccountId: role.accountId,
    conditions: {
      'aws:PrincipalArn': principalArn(principal),
      'aws:PrincipalAccount': principal.accountId,
      'aws:PrincipalOrgID': state.seed.organizationId,
      'sts:RoleSessionName': input.RoleSessionName,
      ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
      ...requestTags(input.Tags),
    },
    identityPolicies: callersPolicies(context),
    resourcePolicy: trust,
    scpLevels: isJudged(context) ? scpLevels(state, principal.accountId) : [],
    rcpLevels: rcpLevels(state, role.accountId),
    ...(isJudged(context) ? { ...boundaryOf(context), ...sessionPolicyOf(principal) } : {}),
  });
  return allowed;
}

/** A caller who is not judged is taken to be allowed to ask; the role's trust decides. */
function callersPolicies(context: CallContext): readonly NamedPolicy[] {
  return isJudged(context)
    ? identityPoliciesOf(context)
    : [{ name: 'AdministratorAccess', document: administratorAccess.document }];
}

/**
 * @evidence recorded "localstack sts/test_sts test_assume_role, 2024-06-05": AssumedRoleId is the role's id with the
 *   name of the session, Arn that of the assumed-role, and without policies and tags there is no PackedPolicySize
 */
function openSession(context: CallContext, role: Role, input: AssumeRoleInput): object {
  const { state, now } = context;
  const session: Session = {
    accountId: role.accountId,
    roleName: role.name,
    roleArn: role.arn,
    roleId: role.id,
    name: input.RoleSessionName,
    arn: arnIn(state.seed, `sts::${role.accountId}:assumed-role/${role.name}/${input.RoleSessionName}`),
    policies: sessionPolicies(context, role, input),
    expiresAt: now + input.DurationSeconds * 1000,
  };
  const AccessKeyId = `ASIA${drawUpperCase(state.random, 16)}`;
  state.sessions.set(AccessKeyId, session);
  return {
    Credentials: {
      AccessKeyId,
      SecretAccessKey: drawUpperCase(state.random, 40),
      SessionToken: sessionToken(AccessKeyId),
      Expiration: new Date(session.expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: `${role.id}:${session.name}`, Arn: session.arn },
    ...(packedSize(input) === 0 ? {} : { PackedPolicySize: packedSize(input) }),
  };
}

/**
 * What is not known here, or not yet, allows nothing.
 *
 * @evidence documented STS/APIReference/API_AssumeRole: managed session policies exist in the account of the role
 */
function sessionPolicies(
  { state, now }: CallContext,
  { accountId }: Role,
  { Policy, PolicyArns }: AssumeRoleInput,
): readonly string[] {
  const managed = PolicyArns.map(({ arn }) => managedDocument(state, accountId, arn, now) ?? ALLOWING_NOTHING);
  return Policy === undefined ? managed : [Policy, ...managed];
}

function accessDenied(
  { principal }: CallContext,
  { RoleArn }: AssumeRoleInput,
  notYet: boolean,
  action: Action = 'sts:AssumeRole',
): ServiceError {
  const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${RoleArn}`;
  return new ServiceError('AccessDenied', message, { status: 403, notYet, deniedAction: action });
}
