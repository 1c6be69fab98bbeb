import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { readClosingShare } from '../../../functions/ledger/tenants/claim-closure';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { ledgerCallPacer } from '../../../functions/ledger/queue/call-pacer';
import { checksOf, type LedgerPorts } from '../../../functions/preflight/handler';
import { runChecks } from '../../../functions/preflight/check';
import { loadConfiguration } from '../../../infra/config';
import { exampleAuthorization } from '../../../sandbox/organization/authorization/example-authorization';
import { seededRandom } from '../../../sandbox/organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { FaultInjector } from '../../../sandbox/organization/fault-injector';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import { Organization } from '../../../sandbox/organization/organization';
import { awsLimits, type OrganizationLimits } from '../../../sandbox/organization/organization-limits';
import type { OrganizationSeed, ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';
import { NOW } from '../../fakes/vending';

export const CONFIGURATION: Configuration = loadConfiguration('sandbox/config');

/** The roles that the templates make for the example configuration. */
const DEPLOYED = exampleAuthorization(CONFIGURATION);

const asDeployed = (roles: readonly ServiceRoleSeed[]): readonly ServiceRoleSeed[] => roles;

export interface PlantedDefects {
  readonly seed?: Partial<OrganizationSeed>;
  /** What is done to the roles as they are deployed. */
  readonly roles?: (roles: readonly ServiceRoleSeed[]) => readonly ServiceRoleSeed[];
  readonly limits?: OrganizationLimits;
  readonly configuration?: Configuration;
  /** What the secret holds. */
  readonly externalId?: string;
  /** What the secret of metering holds; absent: it has none of its own. */
  readonly meteringExternalId?: string;
  readonly faults?: FaultInjector;
  readonly scimAccessToken?: string;
  /** How long AWS takes for each call, whose rate is kept then. Absent: no time, and no rate is kept. */
  readonly secondsPerCall?: number;
  /** False: as with the credentials of anyone who calls, before there is a VendingStack. */
  readonly hasLedger?: boolean;
}

/**
 * The example organization, everything deployed as the CDK app does, but for what a test breaks. Every call is judged.
 */
export class PreflightWorld {
  readonly organization: Organization;
  /** How long AWS was left alone, in seconds. */
  readonly pauses: number[] = [];
  readonly ledger = memoryLedgerStore();
  #passed = 0;
  readonly #planted: PlantedDefects;
  readonly #ledgerPorts: LedgerPorts;

  constructor(planted: PlantedDefects = {}) {
    const { seed = {}, roles = asDeployed, limits = awsLimits, faults, secondsPerCall } = planted;
    this.#planted = planted;
    this.#ledgerPorts = {
      pacer:
        secondsPerCall === undefined
          ? { pace: () => Promise.resolve() }
          : ledgerCallPacer({
              ledger: this.ledger,
              now: () => new Date(this.#now()),
              wait: (ms) => this.#pass(ms / 1000),
            }),
      closingShare: () => readClosingShare(this.ledger),
    };
    this.organization = new Organization({
      seed: { ...exampleOrganization(), ...seed },
      clock: { now: () => this.#now() },
      latencies: awsLatencies,
      random: seededRandom(1),
      lists: () => (secondsPerCall === undefined ? { seed: 1, emptyFirst: true, pages: 3 } : null),
      authorization: roles(DEPLOYED),
      limits: secondsPerCall === undefined ? { ...limits, rates: {} } : limits,
      ...(faults === undefined ? {} : { faults }),
    });
  }

  /** A preflight as RunPreflight carries it out. */
  look(): Promise<readonly CheckReport[]> {
    const { configuration = CONFIGURATION, externalId = EXAMPLE_EXTERNAL_ID, scimAccessToken = '' } = this.#planted;
    const { meteringExternalId } = this.#planted;
    const checks = checksOf(
      {
        environment: (name) => ENVIRONMENT[name] ?? '',
        secrets: {
          externalId: () => Promise.resolve(externalId),
          scimAccessToken: () => Promise.resolve(scimAccessToken),
        },
        aws: {
          region: 'eu-central-1',
          credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
          requestHandler: this.#transport(),
        },
        now: () => NOW,
        meteringSecrets:
          meteringExternalId === undefined
            ? undefined
            : {
                externalId: () => Promise.resolve(meteringExternalId),
                scimAccessToken: () => Promise.resolve(''),
              },
      },
      configuration,
      'RunPreflight-test',
      this.#planted.hasLedger === false ? undefined : this.#ledgerPorts,
    );
    return runChecks(checks, { pause: (seconds) => this.#pass(seconds) });
  }

  /** Stands still but for the pauses, where no call takes time: rates count. */
  #now(): number {
    const isStill = this.#planted.secondsPerCall !== undefined;
    return (isStill ? NOW.getTime() : Date.now()) + this.#passed * 1000;
  }

  #pass(seconds: number): Promise<void> {
    this.pauses.push(seconds);
    this.#passed += seconds;
    return Promise.resolve();
  }

  #transport(): ReturnType<typeof inProcessRequestHandler> {
    const handler = inProcessRequestHandler(this.organization);
    const { secondsPerCall } = this.#planted;
    if (secondsPerCall === undefined) return handler;
    return {
      metadata: handler.metadata,
      destroy: () => undefined,
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      handle: async (request) => {
        await this.#pass(secondsPerCall);
        return handler.handle(request);
      },
    };
  }
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
  MANAGEMENT_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Read',
  AUTOMATION_ROLE_ARN: 'arn:aws:iam::333333333333:role/MeshfedAutomationRole-Read',
  COST_EXPLORER_ROLE_ARN: 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
};

/** Ids of what is not ok, and not skipped either. */
export const findingsIn = (reports: readonly CheckReport[]): readonly string[] =>
  reports.filter(({ result }) => result === 'failed' || result === 'unknown').map(({ id }) => id);
