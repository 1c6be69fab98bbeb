import type { AwsSession } from '../../../functions/aws/base/aws-session';
import { seededRandom } from '../../../sandbox/organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { FaultInjector } from '../../../sandbox/organization/fault-injector';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import type { ListHabits } from '../../../sandbox/organization/lists/list-habits';
import { Organization } from '../../../sandbox/organization/organization';
import type { OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import { type CannedAnswering, CannedRequestHandler } from '../../fakes/canned-request-handler';

type Call = Organization['calls'][number];

export interface WorldOptions {
  readonly seed?: Partial<OrganizationSeed>;
  readonly faults?: FaultInjector;
  /** What the secret holds, read after read; the last one stays. */
  readonly externalIds?: readonly string[];
}

export const MEMBER = '444444444444';
export const ACCESS_ROLE = 'MeshstackAccountAccessRole';
export const entry = { accountId: MEMBER, accessRole: ACCESS_ROLE };

/**
 * Every list begins with an empty page, and goes on in three of another order: an adapter that reads one page sees
 * nothing.
 */
const inManyPages: ListHabits = () => ({ seed: 1, emptyFirst: true, pages: 3 });

/**
 * The example organization with one member account, and callers into it. Its time is real time plus what a test lets
 * pass.
 */
export class OrganizationWorld {
  readonly organization: Organization;
  /** Whether each read of the ExternalId asked for a fresh one. */
  readonly secretReads: boolean[] = [];
  readonly #externalIds: readonly string[];
  #offset = 0;

  constructor({ seed = {}, faults, externalIds = [EXAMPLE_EXTERNAL_ID] }: WorldOptions = {}) {
    const example = exampleOrganization();
    const member = { id: MEMBER, name: 'member', email: 'Aws+Member@corp.example', parentId: example.rootId };
    this.#externalIds = externalIds;
    this.organization = new Organization({
      seed: { ...example, accounts: [...example.accounts, { ...member, accessRole: ACCESS_ROLE }], ...seed },
      clock: { now: () => Date.now() + this.#offset },
      latencies: awsLatencies,
      random: seededRandom(1),
      lists: inManyPages,
      ...(faults === undefined ? {} : { faults }),
    });
  }

  pass(seconds: number): void {
    this.#offset += seconds * 1000;
  }

  /** As the step wrapper makes one for each invocation. */
  caller(changes: Partial<AwsSession> = {}): AwsSession {
    let fresh = 0;
    return {
      settings: {
        region: 'eu-central-1',
        credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
        requestHandler: inProcessRequestHandler(this.organization),
      },
      functionName: 'CheckAccess',
      sessionName: 'CheckAccess-7d0c1b1e-0000-4000-8000-000000000001',
      managementRoleArn: () => 'arn:aws:iam::222222222222:role/MeshfedServiceRole-ControlTower',
      memberEntryRoleArn: () => 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Enter',
      automationRoleArn: () => 'arn:aws:iam::333333333333:role/MeshfedAutomationRole-StackSets',
      secrets: {
        externalId: (isFresh = false) => {
          this.secretReads.push(isFresh);
          if (isFresh) fresh += 1;
          return Promise.resolve(this.#externalIds[Math.min(fresh, this.#externalIds.length - 1)] ?? '');
        },
        scimAccessToken: () => Promise.resolve(''),
      },
      // Adapters are tried without regard to the step that uses them.
      permissions: { management: ['organizations:*', 'servicecatalog:*'], automation: ['*'], member: ['iam:*'] },
      ...changes,
    };
  }

  /** Calls of the operation as the organization saw them, oldest first. */
  callsOf(operation: string): readonly Call[] {
    return this.organization.calls.filter((call) => call.operation === operation);
  }

  /** `CreateRole ok`, `AttachRolePolicy AccessDenied`, … */
  get writes(): readonly string[] {
    return this.organization.calls
      .filter(({ write }) => write)
      .map(({ operation, outcome }) => `${operation} ${outcome}`);
  }
}

/** A fault for the first calls of an operation, as many as there are faults. */
export function faultsFor(
  operation: string,
  ...faults: readonly NonNullable<ReturnType<NonNullable<FaultInjector['beforeCall']>>>[]
): FaultInjector {
  const left = [...faults];
  return { beforeCall: (call) => (call.operation === operation ? left.shift() : undefined) };
}

export const refusal = (code: string, status = 400, fields: Readonly<Record<string, string>> = {}) =>
  ({ kind: 'error', code, status, message: 'As a test has it.', fields }) as const;

/** A caller with credentials of its own, whose calls get the answers of a test, also such as AWS never gives. */
export function cannedCaller(...answers: readonly CannedAnswering[]): {
  readonly handler: CannedRequestHandler;
  readonly session: AwsSession;
} {
  const handler = new CannedRequestHandler(...answers);
  const { settings } = handler;
  const own = () => Promise.resolve(settings.credentials);
  const session = new OrganizationWorld().caller({ settings, caller: { management: own, automation: own } });
  return { handler, session };
}
