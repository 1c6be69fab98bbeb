import * as z from 'zod';

import { awsCalls } from '../../conformance/aws-calls';
import type { OtherOrganization } from '../../conformance/case';
import type { Known } from '../../conformance/references';
import type { Fault, Subject } from '../../conformance/run-case';
import { awsSubject } from '../../conformance/subject';
import { seededRandom } from '../../sandbox/organization/draw';
import { serveOrganization } from '../../sandbox/organization/http-server';
import { awsLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import { awsLimits } from '../../sandbox/organization/organization-limits';
import { startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { startMoto } from '../contract/moto-server';
import { type Organized, OTHERS, ownOrganization, REGION } from './organizations';

export interface Target {
  readonly subject: Subject;
  readonly now: () => Date;
  /** What is known of it without asking. */
  readonly given?: Known;
  readonly startOther?: (kind: OtherOrganization) => Promise<Target>;
  readonly stop: () => Promise<void>;
}

const administrator = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: 'any' });

/** Our own model behind its HTTP front. Waiting moves its clock. */
export async function startModel(
  { seed, region = REGION, limits = awsLimits, given }: Organized = ownOrganization(),
): Promise<Target & { readonly organization: Organization }> {
  let now = Date.UTC(2026, 10, 24, 12);
  const organization = new Organization({
    seed,
    limits,
    // Cases make roles of the management account, which may do what their policies say.
    authorization: seed.serviceRoles,
    clock: { now: () => now },
    // A list of instances is behind for a while: see keepShowing.
    latencies: { ...awsLatencies, stackInstanceListing: [0, 20] },
    random: seededRandom(1),
    keepsCalls: false,
  });
  const served = await serveOrganization(organization);
  const calls = new Map<string, ReturnType<typeof awsCalls>>();
  const callsFrom = (accountId: string): ReturnType<typeof awsCalls> => {
    const known =
      calls.get(accountId) ?? awsCalls({ endpoint: served.endpoint, credentials: administrator(accountId) });
    calls.set(accountId, known);
    return known;
  };
  const subject = awsSubject({
    endpoint: served.endpoint,
    credentials: administrator(seed.managementAccountId),
    region,
    now: () => now,
    wait: (seconds) => {
      now += seconds * 1000;
      return Promise.resolve();
    },
    isMissing: ({ name }) => name === 'UnknownOperationException',
  });
  return {
    organization,
    subject: { ...subject, callFrom: (call, accountId) => callsFrom(accountId)(call) },
    now: () => new Date(now),
    given,
    startOther: (kind) => startModel(OTHERS[kind]()),
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
  comparesNames: true,
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
