import * as z from 'zod';

import { awsCalls } from '../../conformance/aws-calls';
import type { Fault, Subject } from '../../conformance/run-case';
import { awsSubject } from '../../conformance/subject';
import { seededRandom } from '../../sandbox/organization/draw';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { serveOrganization } from '../../sandbox/organization/http-server';
import { awsLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import type { SubscriptionSeed } from '../../sandbox/organization/organization-seed';
import { startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { startMoto } from '../contract/moto-server';

export interface Target {
  readonly subject: Subject;
  readonly now: () => Date;
  /** An account that can be invited. */
  readonly outsider?: string;
  readonly stop: () => Promise<void>;
}

const REGION = 'eu-central-1';

const administrator = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: 'any' });

/** So that Cost Explorer has something to tell of what was bought. */
const SUBSCRIPTIONS: readonly SubscriptionSeed[] = [
  {
    ...{ kind: 'RESERVED_INSTANCE', id: '1000000001', service: 'Amazon Elastic Compute Cloud - Compute' },
    ...{ buyerAccountId: '222222222222', user: { accountId: '333333333333', percent: 60 } },
    ...{ paymentOption: 'Partial Upfront', startsAt: '2026-03-01T00:00:00Z', years: 1 },
    ...{ upfrontFee: '365', hourlyFee: '0.05' },
  },
  {
    ...{
      kind: 'SAVINGS_PLAN',
      id: 'arn:aws:savingsplans::222222222222:savingsplan/conformance',
      service: 'AWS Lambda',
    },
    ...{ buyerAccountId: '222222222222', user: null },
    ...{ paymentOption: 'No Upfront', startsAt: '2026-05-01T00:00:00Z', years: 3 },
    ...{ upfrontFee: '0', hourlyFee: '0.2' },
  },
];

/** Our own model behind its HTTP front. Waiting moves its clock. */
export async function startModel(): Promise<Target & { readonly organization: Organization }> {
  let now = Date.UTC(2026, 10, 24, 12);
  const example = exampleOrganization();
  const seed = { ...example, costs: { subscriptions: SUBSCRIPTIONS } };
  const [outsider] = seed.standaloneAccounts ?? [];
  const organization = new Organization({
    seed,
    // Cases make roles of the management account, which may do what their policies say.
    authorization: seed.serviceRoles,
    clock: { now: () => now },
    // A list of instances is behind for a while: see keepShowing.
    latencies: { ...awsLatencies, stackInstanceListing: [0, 20] },
    random: seededRandom(1),
    keepsCalls: false,
  });
  const served = await serveOrganization(organization);
  const subject = awsSubject({
    endpoint: served.endpoint,
    credentials: administrator('222222222222'),
    region: REGION,
    now: () => now,
    wait: (seconds) => {
      now += seconds * 1000;
      return Promise.resolve();
    },
    isMissing: ({ name }) => name === 'UnknownOperationException',
  });
  return {
    ...{ organization, subject, now: () => new Date(now) },
    ...(outsider === undefined ? {} : { outsider: outsider.id }),
    stop: () => served.close(),
  };
}

/** An emulator for which nothing takes time. */
const emulated = (endpoint: string, accessKeyId: string, isMissing: (fault: Fault) => boolean): Subject => ({
  ...awsSubject({
    endpoint,
    credentials: administrator(accessKeyId),
    region: REGION,
    now: Date.now,
    wait: () => Promise.resolve(),
    isMissing,
  }),
  patience: 15,
});

const RootsSchema = z.object({ Roots: z.array(z.object({ Id: z.string() })) });

async function startEmulatedMoto(): Promise<Target> {
  const moto = await startMoto({ managedPolicies: true });
  const calls = awsCalls({ endpoint: moto.endpoint, credentials: administrator('123456789012') });
  const ask = (operation: string, input: object) =>
    calls({ service: 'organizations', operation, input, region: REGION });
  await ask('CreateOrganization', { FeatureSet: 'ALL' });
  const { Roots } = RootsSchema.parse(await ask('ListRoots', {}));
  await ask('EnablePolicyType', { RootId: Roots[0]?.Id, PolicyType: 'SERVICE_CONTROL_POLICY' });
  // An operation that is not there ends in an error of its server, and so does one that breaks down.
  const isMissing = ({ status = 0, name }: Fault): boolean =>
    status >= 500 || (status === 404 && /^(?:UnknownError|NotFound|404)$/u.test(name));
  return {
    subject: emulated(moto.endpoint, '123456789012', isMissing),
    now: () => new Date(),
    stop: () => moto.stop(),
  };
}

async function startEmulatedMiniStack(): Promise<Target> {
  const miniStack = await startMiniStack({ region: REGION, waitScale: 0, endpoints: {} });
  const isMissing = ({ name, message }: Fault): boolean =>
    ['InvalidAction', 'Unknown'].includes(name) || message.includes('Unsupported');
  return {
    subject: emulated(miniStack.endpoint, miniStack.accountId, isMissing),
    now: () => new Date(),
    stop: () => miniStack.stop(),
  };
}

export const TARGETS = { model: startModel, moto: startEmulatedMoto, ministack: startEmulatedMiniStack } as const;

export type TargetName = keyof typeof TARGETS;

export const isTarget = (name: string): name is TargetName => Object.hasOwn(TARGETS, name);
