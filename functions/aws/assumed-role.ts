import { AssumeRoleCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

import type { MemberEntry } from '../ports/member-account';
import type { Secrets } from '../ports/secrets';
import { calling, isDenied } from './aws-error';
import { type AwsSettings, clientSettings } from './aws-settings';

/** How one invocation of one function presents itself to AWS. */
export interface AwsCaller {
  readonly settings: AwsSettings;
  /** The function, which is the state: the user agent's app id. */
  readonly functionName: string;
  /** `<State>-<tenant uuid>`: what CloudTrail shows. 2-64 characters. */
  readonly sessionName: string;
  /** Each is asked for only by the steps that go there. */
  readonly managementRoleArn: () => string;
  readonly automationRoleArn: () => string;
  readonly secrets: Secrets;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Role chaining, which every assume from Lambda is, allows one hour at most; a step needs minutes. */
const SESSION_SECONDS = 900;

/** One session per role and invocation: a caller is made for one invocation, and a session outlives it. */
const serviceSessions = new WeakMap<AwsCaller, Map<string, Promise<SessionCredentials>>>();

/** A session of MeshfedServiceRole, in the management account. */
export function managementCredentials(caller: AwsCaller): () => Promise<SessionCredentials> {
  return () => serviceSession(caller, caller.managementRoleArn());
}

/** A session of MeshfedAutomationRole, in the automation account. */
export function automationCredentials(caller: AwsCaller): () => Promise<SessionCredentials> {
  return () => serviceSession(caller, caller.automationRoleArn());
}

function serviceSession(caller: AwsCaller, roleArn: string): Promise<SessionCredentials> {
  const sessions = serviceSessions.get(caller) ?? new Map<string, Promise<SessionCredentials>>();
  serviceSessions.set(caller, sessions);
  const session = sessions.get(roleArn) ?? calling(`assume ${roleArn}`, () => assumeServiceRole(caller, roleArn));
  sessions.set(roleArn, session);
  return session;
}

/** The ExternalId is read once more when AWS says no: it may have been rotated. */
async function assumeServiceRole(caller: AwsCaller, roleArn: string): Promise<SessionCredentials> {
  try {
    return await assumeWithExternalId(caller, roleArn, false);
  } catch (error) {
    if (!isDenied(error)) throw error;
    return await assumeWithExternalId(caller, roleArn, true);
  }
}

/**
 * A session of the access role of a member account, by way of MeshfedServiceRole.
 *
 * @throws the SDK's AccessDenied as it is when the member account refuses: the caller knows whether that is expected
 */
export async function enterMember(caller: AwsCaller, entry: MemberEntry): Promise<SessionCredentials> {
  const management = await managementCredentials(caller)();
  const externalId = await caller.secrets.externalId();
  const roleArn = `arn:${partitionOf(caller)}:iam::${entry.accountId}:role/${entry.accessRole}`;
  return assume(caller, { RoleArn: roleArn, ExternalId: externalId }, management);
}

/** As `enterMember`, for steps that come after the account has been entered once: a refusal is an error. */
export function memberCredentials(caller: AwsCaller, entry: MemberEntry): () => Promise<SessionCredentials> {
  return () => calling(`assume ${entry.accessRole} in account ${entry.accountId}`, () => enterMember(caller, entry));
}

/** `aws`, `aws-cn` or `aws-us-gov`. */
export const partitionOf = (caller: AwsCaller): string => caller.managementRoleArn().split(':')[1] ?? 'aws';

async function assumeWithExternalId(caller: AwsCaller, roleArn: string, fresh: boolean): Promise<SessionCredentials> {
  const externalId = await caller.secrets.externalId(fresh);
  return assume(caller, { RoleArn: roleArn, ExternalId: externalId });
}

async function assume(
  caller: AwsCaller,
  role: { readonly RoleArn: string; readonly ExternalId: string },
  credentials?: SessionCredentials,
): Promise<SessionCredentials> {
  const config: STSClientConfig = {
    ...clientSettings(caller.settings, caller.functionName),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const sts = new STSClient(config);
  const answer = await sts.send(
    new AssumeRoleCommand({ ...role, RoleSessionName: caller.sessionName, DurationSeconds: SESSION_SECONDS }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration ?? new Date(0),
  };
}
