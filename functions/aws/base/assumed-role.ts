import { AssumeRoleCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

import type { MemberEntry } from '../../ports/iam';
import { RejectedError, TransientError } from '../../domain/base/errors';
import { everyAccountsRegion, partitionNamed, partitionOfArn } from '../../domain/places/partitions';
import { calling, isDenied } from './aws-error';
import type { AwsSession, CallerCredentials, SessionCredentials } from './aws-session';
import { type AwsSettings, clientSettings } from './aws-settings';

/** Role chaining, which every assume from Lambda is, allows one hour at most; a step needs minutes. */
const SESSION_SECONDS = 900;

/** One question per role and invocation: a caller is made for one invocation. */
const serviceSessions = new WeakMap<AwsSession, Map<string, Promise<SessionCredentials>>>();

/**
 * Sessions of a container that are good for a while yet. A state that is entered again, as all that poll are, finds
 * those of its tenant. The answer is kept, never the question: that of an invocation whose time is up is answered to
 * nobody. The name of a session is part of its key, so that CloudTrail never shows one tenant for another.
 */
const keptSessions = new WeakMap<AwsSettings, Map<string, SessionCredentials>>();

/** A function works for five minutes at most. */
const LEFT_MILLISECONDS = 6 * 60 * 1000;

/** A role of another account. */
interface AssumedRole {
  readonly roleArn: string;
  /** To what a session is narrowed; absent: it may do what the role may. */
  readonly policy?: string;
  /** The region whose STS is asked; absent: one that every account has. */
  readonly region?: string | undefined;
}

/**
 * A session of the function's role in the management account. It has the rights of that role: nothing that we could
 * leave out narrows it.
 */
export function managementCredentials(session: AwsSession): CallerCredentials {
  return () => {
    listed(session, session.permissions.management);
    return session.caller?.management() ?? serviceSession(session, session.managementRoleArn());
  };
}

/**
 * A session for groups, and for what they have in accounts of tenants: of the role in the delegated administrator
 * account, where there is one.
 */
export function identityCenterCredentials(session: AwsSession): CallerCredentials {
  return () => {
    listed(session, session.permissions.management);
    if (session.caller !== undefined) return session.caller.management();
    return serviceSession(session, session.settings.identityCenterRoleArn ?? session.managementRoleArn());
  };
}

/**
 * A session for what people have in the management account itself, by a role that can do nothing else. Where there is
 * none, AWS refuses what would be changed there.
 */
export function managementAccessCredentials(session: AwsSession): () => Promise<SessionCredentials> {
  return () => {
    listed(session, session.permissions.management);
    return serviceSession(session, session.settings.managementAccessRoleArn ?? session.managementRoleArn());
  };
}

/** A session of a role that no class of rights has, for a preflight. */
export const otherCredentials =
  (session: AwsSession, roleArn: string): (() => Promise<SessionCredentials>) =>
  () =>
    serviceSession(session, roleArn);

/** A session of the function's role in the automation account. */
export function automationCredentials(session: AwsSession): CallerCredentials {
  return () => {
    listed(session, session.permissions.automation);
    return session.caller?.automation() ?? serviceSession(session, session.automationRoleArn());
  };
}

/**
 * A session of a service role, made again each time: it only shows whether the role lets us in.
 *
 * @throws the SDK's AccessDenied as it is: the caller knows whether that is what should be
 */
export async function tryServiceRole(
  session: AwsSession,
  roleArn: string,
  externalId: 'agreed' | 'none',
): Promise<SessionCredentials> {
  return externalId === 'agreed' ? assumeServiceRole(session, { roleArn }) : assume(session, { roleArn }, undefined);
}

/** A step that acts where its row does not say so is our own mistake, which no replay mends. */
function listed<Actions>({ functionName }: AwsSession, actions: Actions | undefined): Actions {
  if (actions !== undefined) return actions;
  throw new Error(`${functionName} acts in an account that its row in functions/steps/table.ts does not name.`);
}

function serviceSession(caller: AwsSession, roleArn: string): Promise<SessionCredentials> {
  const sessions = serviceSessions.get(caller) ?? new Map<string, Promise<SessionCredentials>>();
  serviceSessions.set(caller, sessions);
  const session =
    sessions.get(roleArn) ??
    kept(caller, { roleArn }, () => calling(`assume ${roleArn}`, () => assumeServiceRole(caller, { roleArn })));
  sessions.set(roleArn, session);
  return session;
}

async function kept(
  { settings, functionName, sessionName }: AwsSession,
  role: AssumedRole,
  assumed: () => Promise<SessionCredentials>,
): Promise<SessionCredentials> {
  const sessions = keptSessions.get(settings) ?? new Map<string, SessionCredentials>();
  keptSessions.set(settings, sessions);
  // All last equally long: the oldest come first.
  for (const [key, { expiration }] of sessions) {
    if (expiration.getTime() >= Date.now() + LEFT_MILLISECONDS) break;
    sessions.delete(key);
  }
  const key = JSON.stringify([functionName, sessionName, role]);
  const session = sessions.get(key) ?? (await assumed());
  sessions.set(key, session);
  return session;
}

/** The ExternalId is read once more when AWS says no: it may have been rotated. */
async function assumeServiceRole(session: AwsSession, role: AssumedRole): Promise<SessionCredentials> {
  try {
    return await assume(session, role, await session.secrets.externalId());
  } catch (error) {
    if (!isDenied(error)) throw error;
    return await assumeByNewExternalId(session, role);
  }
}

async function assumeByNewExternalId(session: AwsSession, role: AssumedRole): Promise<SessionCredentials> {
  try {
    return await assume(session, role, await session.secrets.externalId(true));
  } catch (error) {
    throw isDenied(error) ? refusedEntry(session, role, error) : error;
  }
}

/**
 * AWS has the same words for a role that is not there, one that does not trust us, another ExternalId, and a change
 * that it has yet to hear of.
 */
function refusedEntry(session: AwsSession, { roleArn }: AssumedRole, cause: unknown): Error {
  if (session.isPatient?.() === true) {
    return new TransientError(`AWS does not let ${session.functionName} assume ${roleArn}, perhaps not yet.`, {
      cause,
    });
  }
  const stack = stackOf(session, roleArn);
  return new RejectedError(
    `AWS refused to assume ${roleArn} (AccessDenied): there is no such role, it does not trust vending-${session.functionName}, or it asks for ` +
      'another ExternalId.',
    `Deploy ${stack} in account ${roleArn.split(':')[4] ?? ''} with MeshcloudAccountId and the ExternalId that VendingStack has, so that its trust carries ` +
      'the ExternalId of the secret; run preflight, which tells whether every role is there, and replay this run.',
    { cause, denied: true },
  );
}

function stackOf(session: AwsSession, roleArn: string): string {
  if (roleArn === session.settings.identityCenterRoleArn) return 'IdentityCenterAccountStack';
  return actsInAutomation(session, roleArn) ? 'AutomationAccountStack' : 'ManagementAccountStack';
}

/** A function that does not go there has no such role. */
const actsInAutomation = (session: AwsSession, roleArn: string): boolean =>
  session.permissions.automation !== undefined && roleArn === session.automationRoleArn();

/**
 * A session of the access role of a member account, with the step's own actions: there, a session policy is all that
 * narrows an administrator. The way there is the role of the class `Enter`, which can assume access roles and do
 * nothing else.
 *
 * @param region whose STS is asked for it, where that matters; absent: one that every account has
 * @throws the SDK's AccessDenied as it is when the member account refuses: the caller knows whether that is expected
 */
export async function enterMember(
  session: AwsSession,
  entry: MemberEntry,
  region?: string,
): Promise<SessionCredentials> {
  const role = { ...accessRoleOf(session, entry), region };
  const onTheWay = await serviceSession(session, session.memberEntryRoleArn());
  return assume(session, role, await session.secrets.externalId(), onTheWay);
}

const accessRoleOf = (session: AwsSession, { accountId, accessRole }: MemberEntry): AssumedRole => ({
  roleArn: `arn:${partitionOf(session)}:iam::${accountId}:role/${accessRole}`,
  policy: sessionPolicy(listed(session, session.permissions.member)),
});

/**
 * The inline policy of a session in a member account: whatever the access role may do there, this session does no more
 * than these actions.
 *
 * @public
 * @param actions none: the session may do nothing at all. It only shows that the role can be assumed.
 */
export function sessionPolicy(actions: readonly string[]): string {
  const statement =
    actions.length === 0
      ? { Effect: 'Deny', Action: '*', Resource: '*' }
      : { Effect: 'Allow', Action: actions, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** As `enterMember`, for steps that come after the account has been entered once: a refusal is an error. */
export function memberCredentials(session: AwsSession, entry: MemberEntry): () => Promise<SessionCredentials> {
  return () =>
    kept(session, accessRoleOf(session, entry), () =>
      calling(`assume ${entry.accessRole} in account ${entry.accountId}`, () => enterMember(session, entry)),
    );
}

/** `aws`, `aws-cn` or `aws-us-gov`. */
export const partitionOf = (session: AwsSession): string => someRoleArn(session).split(':')[1] ?? 'aws';

function someRoleArn(session: AwsSession): string {
  const { management, member } = session.permissions;
  if (management !== undefined) return session.managementRoleArn();
  return member === undefined ? session.automationRoleArn() : session.memberEntryRoleArn();
}

/**
 * For clients of services that have one endpoint for a whole partition: any region of the partition would do for the
 * SDK, whose endpoint data knows the host and what to sign for. Where endpoints are given by hand (the local AWS), the
 * signature names this region as it would on AWS.
 *
 * @returns as clients of the SDK take it; without a region where nothing is known of the partition
 */
export function globalRegion(session: AwsSession): { readonly region: string } | undefined {
  const partition = partitionNamed(partitionOf(session));
  return partition === undefined ? undefined : { region: partition.globalRegion };
}

async function assume(
  session: AwsSession,
  { roleArn, policy, region }: AssumedRole,
  externalId: string | undefined,
  credentials?: SessionCredentials,
): Promise<SessionCredentials> {
  const client =
    credentials === undefined
      ? ownClient(session, roleArn)
      : new STSClient({ ...settingsOf(session, roleArn), ...(region === undefined ? {} : { region }), credentials });
  const answer = await client.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
      RoleSessionName: session.sessionName,
      DurationSeconds: SESSION_SECONDS,
      ...(policy === undefined ? {} : { Policy: policy }),
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration ?? new Date(0),
  };
}

/**
 * Every invocation begins here, so the function's own client outlives it: connection, endpoint and credentials are
 * found once.
 */
const ownClients = new WeakMap<AwsSettings, Map<string, STSClient>>();

function ownClient(session: AwsSession, roleArn: string): STSClient {
  const { settings, functionName } = session;
  const clients = ownClients.get(settings) ?? new Map<string, STSClient>();
  ownClients.set(settings, clients);
  const client = clients.get(functionName) ?? new STSClient(settingsOf(session, roleArn));
  clients.set(functionName, client);
  return client;
}

function settingsOf({ settings, functionName }: AwsSession, roleArn: string): STSClientConfig {
  const own = clientSettings(settings, functionName);
  return { ...own, ...everyAccountsRegion(partitionOfArn(roleArn), own.region) };
}
