import { IAMClient } from '@aws-sdk/client-iam';
import {
  CreateAccountCommand,
  DescribeCreateAccountStatusCommand,
  OrganizationsClient,
  type CreateAccountCommandInput,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { seededRandom } from '../../../sandbox/organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import { Organization, type OrganizationOptions } from '../../../sandbox/organization/organization';

export const MANAGEMENT = '222222222222';
export const AUTOMATION = '333333333333';
export const ROOT = 'r-ab12';
export const DEV = 'ou-ab12-cdefgh34';
export const LEGACY = 'ou-ab12-legacy01';
export const ACCESS_ROLE = 'MeshstackAccountAccessRole';
export const SERVICE_ROLE = `arn:aws:iam::${MANAGEMENT}:role/MeshfedServiceRole`;

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const administrator = (accountId: string): Credentials => ({ accessKeyId: accountId, secretAccessKey: 'any' });

/** A clock that moves only when told to. */
export class HandClock {
  #now = Date.UTC(2026, 10, 24, 12);

  now(): number {
    return this.#now;
  }

  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

export interface UnderTest {
  readonly organization: Organization;
  readonly clock: HandClock;
  readonly settings: (credentials: Credentials, userAgentAppId?: string) => ClientSettings;
  readonly organizations: OrganizationsClient;
  /** One for each caller: to make one takes longer than to call by it. */
  readonly sts: (credentials: Credentials, userAgentAppId?: string) => STSClient;
}

interface ClientSettings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: Credentials;
  readonly requestHandler: ReturnType<typeof inProcessRequestHandler>;
  readonly userAgentAppId?: string;
}

export function organizationUnderTest(options: Partial<OrganizationOptions> = {}): UnderTest {
  const clock = new HandClock();
  const organization = new Organization({
    seed: exampleOrganization(),
    clock,
    latencies: awsLatencies,
    random: seededRandom(1),
    ...options,
  });
  const requestHandler = inProcessRequestHandler(organization);
  const settings = (credentials: Credentials, userAgentAppId?: string): ClientSettings => ({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials,
    requestHandler,
    ...(userAgentAppId === undefined ? {} : { userAgentAppId }),
  });
  const clients = new Map<string, STSClient>();
  const sts: UnderTest['sts'] = (credentials, app) => {
    const caller = JSON.stringify([credentials, app]);
    const client = clients.get(caller) ?? new STSClient(settings(credentials, app));
    clients.set(caller, client);
    return client;
  };
  return {
    organization,
    clock,
    settings,
    sts,
    organizations: new OrganizationsClient(settings(administrator(MANAGEMENT))),
  };
}

/** Assumes a role and gives its credentials in the form that SDK clients take. */
export async function assume(
  { sts }: UnderTest,
  caller: { readonly credentials: Credentials; readonly app?: string },
  input: {
    readonly RoleArn: string;
    readonly ExternalId?: string;
    readonly Policy?: string;
    readonly DurationSeconds?: number;
  },
): Promise<Credentials> {
  const { Credentials: made } = await sts(caller.credentials, caller.app).send(
    new AssumeRoleCommand({ RoleSessionName: 'under-test', ...input }),
  );
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
}

/** As a function does it: its own role, the service role with the ExternalId, the access role of the member. */
export async function assumeAccessRole(test: UnderTest, accountId: string, role = ACCESS_ROLE): Promise<Credentials> {
  const service = await assumeServiceRole(test);
  return assume(
    test,
    { credentials: service, app: 'OpenAccount' },
    { RoleArn: `arn:aws:iam::${accountId}:role/${role}` },
  );
}

export function assumeServiceRole(test: UnderTest, roleArn = SERVICE_ROLE): Promise<Credentials> {
  const lambda = { credentials: administrator('000000000000'), app: 'OpenAccount' };
  return assume(test, lambda, { RoleArn: roleArn, ExternalId: EXAMPLE_EXTERNAL_ID });
}

export const iamOf = ({ settings }: UnderTest, credentials: Credentials): IAMClient =>
  new IAMClient(settings(credentials));

/** `ok`, or the name of the error with which the call was refused. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** Creates an account and waits until its access role can be assumed. */
export async function openAccount(
  { organizations, clock }: UnderTest,
  input: Partial<CreateAccountCommandInput> = {},
): Promise<string> {
  const command = new CreateAccountCommand({
    Email: 'aws+shop@corp.example',
    AccountName: 'retail.shop',
    RoleName: ACCESS_ROLE,
    ...input,
  });
  const { CreateAccountStatus: accepted } = await organizations.send(command);
  clock.advance(48);
  const { CreateAccountStatus: status } = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: accepted?.Id }),
  );
  clock.advance(60);
  return status?.AccountId ?? '';
}
