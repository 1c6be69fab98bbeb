import { seededRandom } from '../../../sandbox/organization/draw';
import { placeOf } from '../../../sandbox/organization/example-place';
import { serveOrganization } from '../../../sandbox/organization/http-server';
import { scaledLatencies } from '../../../sandbox/organization/latencies';
import { Organization } from '../../../sandbox/organization/organization';
import { type Landscape, organizationOf } from './organization-of';

export interface OrganizationOptions {
  /**
   * `landing-zone` (the default): four organizational units, Control Tower, IAM Identity Center, three accounts.
   * `bare`: the management account alone.
   */
  readonly landscape?: 'landing-zone' | 'bare';
  /** On 127.0.0.1. Default: a free one. */
  readonly port?: number;
  /** How long everything takes, as a share of what it takes on AWS. Default 0.1. */
  readonly timeScale?: number;
  /** Two organizations of the same seed draw the same ids and durations. Default 1. */
  readonly seed?: number;
  /** Endpoint of another emulator, which answers for services that are not modelled, such as S3 and EC2. */
  readonly others?: string;
}

export interface StartedOrganization {
  /** `http://127.0.0.1:…` */
  readonly endpoint: string;
  /** What leads any SDK and the AWS CLI here, as the administrator of the management account. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts a model of an AWS organization. Nothing is kept once it is closed. */
export async function startOrganization({
  landscape = 'landing-zone',
  port = 0,
  timeScale = 0.1,
  seed = 1,
  others,
}: OrganizationOptions = {}): Promise<StartedOrganization> {
  const planted = organizationOf(landscape satisfies Landscape);
  const organization = new Organization({
    seed: planted,
    clock: Date,
    latencies: scaledLatencies(timeScale),
    random: seededRandom(seed),
    keepsCalls: false,
  });
  const served = await serveOrganization(organization, {
    port,
    ...(others === undefined ? {} : { others: new URL(others) }),
  });
  const { region } = placeOf(undefined);
  const environment = {
    AWS_ENDPOINT_URL: served.endpoint,
    AWS_REGION: region,
    // A name for the same that older tools read.
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: planted.managementAccountId,
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return { endpoint: served.endpoint, environment, close: () => served.close() };
}
