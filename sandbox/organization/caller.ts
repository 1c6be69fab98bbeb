import { functionRoleName } from './function-role-name';
import type { OrganizationState, Role } from './organization-state';
import type { Principal } from './principal';
import { ServiceError } from './service-error';
import type { WireRequest } from './wire/wire-message';
import { partitionOfRegion } from '../../functions/domain/places/partitions';
import { arnIn } from './arn';

/** What the request says about its sender, before anything is checked. */
export interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly callerFunction: string | null;
}

/** Reads the Authorization header's credential scope and the user agent; signatures are not verified. */
export function readCaller(request: WireRequest): Caller | undefined {
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    request.headers['authorization'] ?? '',
  );
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    return undefined;
  }
  const userAgent = `${request.headers['user-agent'] ?? ''} ${request.headers['x-amz-user-agent'] ?? ''}`;
  // A function's name is one word; Powertools gives clients without an app id one of its own, `PT-…`.
  const callerFunction = /(?:^|\s)app\/(\w+)(?=\s|$)/.exec(userAgent)?.[1] ?? null;
  return { accessKeyId, region, service, callerFunction };
}

/**
 * Temporary credentials first; then the user agent's function, whatever long-lived key it carries (the local Lambda's
 * key is not one of this organization's); then a 12-digit key.
 *
 * @param token that of a session
 */
export function identify(caller: Caller, token: string | undefined, state: OrganizationState, now: number): Principal {
  checkPartition(caller, state);
  if (caller.accessKeyId.startsWith('ASIA')) {
    return identifySession(caller, token, state, now);
  }
  if (caller.callerFunction !== null) {
    return functionPrincipal(state, caller.callerFunction);
  }
  if (/^\d{12}$/.test(caller.accessKeyId) && isKnown(caller, state)) {
    const accountId = caller.accessKeyId;
    const arn = arnIn(state.seed, `iam::${accountId}:user/administrator`);
    return { kind: 'administrator', accountId, arn, userId: `AIDA${accountId}ADMIN` };
  }
  // @evidence reported "github aws/aws-sdk-go#3888, aws/aws-sdk-php#2444": InvalidClientTokenId, 403, of a service that
  //   speaks Query, and UnrecognizedClientException, 400, of one that speaks JSON, for a key that is not known
  throw invalidToken(caller.service);
}

/** The model knows an account outside the organization only as one that can be invited. */
const isKnown = ({ accessKeyId, service }: Caller, { accounts, standaloneAccounts }: OrganizationState): boolean =>
  accounts.has(accessKeyId) || (service === 'organizations' && standaloneAccounts.has(accessKeyId));

/**
 * @evidence documented whitepapers/latest/aws-fault-isolation-boundaries/partitions: credentials of one partition are
 *   good for no other
 */
function checkPartition({ region, service }: Caller, { seed }: OrganizationState): void {
  const { partition = 'aws' } = seed;
  // @evidence reported "github logstash-plugins/logstash-input-kinesis#24,
  //   prometheus-community/yet-another-cloudwatch-exporter#501": UnrecognizedClientException of DynamoDB in China until
  //   the region was named, and InvalidClientTokenId of STS for an exporter there; that both had called another
  //   partition is our reading
  if ((partitionOfRegion(region)?.name ?? partition) !== partition) throw invalidToken(service);
}

function functionPrincipal({ seed, accounts }: OrganizationState, functionName: string): Principal {
  const accountId = seed.meshcloudAccountId;
  const role = functionRole(accounts.get(accountId)?.roles ?? new Map<string, Role>(), functionName);
  const roleName = role?.name ?? functionRoleName(functionName);
  return {
    kind: 'function',
    accountId,
    roleName,
    roleArn: arnIn(seed, `iam::${accountId}:role${role?.path ?? '/'}${roleName}`),
    arn: arnIn(seed, `sts::${accountId}:assumed-role/${roleName}/${roleName}`),
    userId: `AROA${accountId}LOCAL:${roleName}`,
  };
}

/** An operator may have something before all names, and a path before all roles. */
function functionRole(roles: ReadonlyMap<string, Role>, functionName: string): Role | undefined {
  const name = functionRoleName(functionName);
  return roles.get(name) ?? [...roles.values()].find((role) => role.name.endsWith(name));
}

function identifySession(caller: Caller, token: string | undefined, state: OrganizationState, now: number): Principal {
  const session = state.sessions.get(caller.accessKeyId);
  if (session === undefined || token !== sessionToken(caller.accessKeyId)) {
    // @evidence reported "github aws-azure-login/aws-azure-login#251, aws/aws-sdk-php#2444": InvalidClientTokenId, 403,
    //   for the token of a session that STS does not take, and UnrecognizedClientException, 400, of services in JSON
    throw invalidToken(caller.service);
  }
  if (now >= session.expiresAt) {
    const code = isQueryService(caller.service) ? 'ExpiredToken' : 'ExpiredTokenException';
    // @evidence documented awsconsolehelpdocs/latest/gsg/common-errors: ExpiredTokenException, 403, for a token that is
    //   expired
    // @evidence reported "github cfn-sphere/cfn-sphere#55": ExpiredToken, 403, of IAM, which speaks Query
    throw new ServiceError(code, 'The security token included in the request is expired', { status: 403 });
  }
  const { accountId, arn, roleArn, roleName } = session;
  return { kind: 'session', accountId, arn, userId: `${session.roleId}:${session.name}`, roleArn, roleName, session };
}

/** The token that belongs to a temporary access key: opaque to callers, so it may as well be derived. */
export function sessionToken(accessKeyId: string): string {
  return Buffer.from(`session of ${accessKeyId}`).toString('base64');
}

/** @evidence reported "github iann0036/iamlive#58": UnrecognizedClientException, 403, of Lambda, whose API is REST */
function invalidToken(service: string): ServiceError {
  const code = isQueryService(service) ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
  const status = isQueryService(service) || isRestService(service) ? 403 : 400;
  return new ServiceError(code, 'The security token included in the request is invalid.', { status });
}

export function isQueryService(service: string): boolean {
  return service === 'sts' || service === 'iam' || service === 'cloudformation';
}

export function isRestService(service: string): boolean {
  return service === 'controltower' || service === 'lambda';
}
