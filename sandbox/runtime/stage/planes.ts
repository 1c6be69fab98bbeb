import { seededRandom } from '../../organization/draw';
import type { FaultInjector } from '../../organization/fault-injector';
import { type Admitting, type ServedOrganization, serveOrganization } from '../../organization/http-server';
import { demoLatencies, type Latencies } from '../../organization/latencies';
import { listsEmptyAtFirst } from '../../organization/lists/list-habits';
import { Organization } from '../../organization/organization';
import type { OrganizationSeed } from '../../organization/organization-seed';
import { concurrentRunner } from '../../organization/services/codebuild/build-runner';
import { type RunningMiniStack, startMiniStack } from '../ministack/ministack';

/** The region of the application. */
export const LOCAL_REGION = 'eu-central-1';

/** The services that the organization answers; everything else is MiniStack's. */
const ORGANIZATION_SERVICES = [
  'ORGANIZATIONS',
  'STS',
  'IAM',
  'SERVICE_CATALOG',
  'CLOUDFORMATION',
  'LAMBDA',
  'IDENTITYSTORE',
  'SSO_ADMIN',
  'CONTROLTOWER',
  'CODEBUILD',
  'CONFIG_SERVICE',
  'SERVICE_QUOTAS',
  'COST_EXPLORER',
] as const;

/** What the application runs on, and the organization that it manages. Nothing is deployed to either. */
export interface Planes {
  readonly organization: Organization;
  readonly served: ServedOrganization;
  readonly ministack: RunningMiniStack;
}

export interface PlaneEndpoints {
  readonly runtime: string;
  readonly organization: string;
}

export interface PlanesOptions {
  readonly organization: OrganizationSeed;
  readonly seed: number;
  readonly log?: ((line: string) => void) | undefined;
  /** Endpoints that replace a service for the functions, by the SDK's own key. */
  readonly detours?: Readonly<Record<string, string>> | undefined;
  /** What goes wrong in the organization. Absent: nothing. */
  readonly faults?: FaultInjector | undefined;
  /** How long AWS takes, on the scale of the demo. Absent: as in the demo. */
  readonly latencies?: Latencies | undefined;
  /** The organization's time, in milliseconds since 1970. Absent: that of this machine. */
  readonly now?: (() => number) | undefined;
  /** Comes before each call to the organization; absent: nothing does. */
  readonly admitting?: Admitting;
}

/** Starts both. @throws SandboxError when Python, a port or the network for pip is missing */
export async function openPlanes(options: PlanesOptions): Promise<Planes> {
  const {
    organization: planted,
    seed,
    log,
    detours,
    admitting,
    faults,
    latencies = demoLatencies,
    now = Date.now,
  } = options;
  const endpoints = { organization: '' };
  const organization = new Organization({
    seed: planted,
    clock: { now },
    latencies,
    random: seededRandom(seed),
    lists: listsEmptyAtFirst,
    // Nobody has any right before the stacks are deployed.
    authorization: [],
    // Commands of builds call back, while their builds are watched.
    buildRunner: concurrentRunner,
    endpoint: () => endpoints.organization,
    ...(faults === undefined ? {} : { faults }),
  });
  const served = await serveOrganization(organization, admitting === undefined ? {} : { admitting });
  endpoints.organization = served.endpoint;
  try {
    const ministack = await startMiniStack({
      region: LOCAL_REGION,
      // The workflow's waits are as much shorter as AWS's durations.
      waitScale: demoLatencies.scale,
      endpoints: {
        ...Object.fromEntries(ORGANIZATION_SERVICES.map((service) => [service, served.endpoint])),
        ...detours,
      },
      ...(log === undefined ? {} : { log }),
    });
    return { organization, served, ministack };
  } catch (error) {
    await served.close();
    throw error;
  }
}
