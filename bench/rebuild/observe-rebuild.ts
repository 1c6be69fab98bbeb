import * as z from 'zod';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { groupMark } from '../../functions/domain/access/tenant-groups';
import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { LedgerStore } from '../../functions/ports/ledger-store';
import { readOrganization } from '../../operator/rebuild/read-organization';
import { rebuild } from '../../operator/rebuild/rebuild';
import { VirtualClock } from '../../sandbox/runtime/embedded/virtual-clock';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type FaultInjector, throttleOf } from '../../sandbox/organization/fault-injector';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { awsLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import { awsLimits } from '../../sandbox/organization/organization-limits';
import type { OrganizationSeed } from '../../sandbox/organization/organization-seed';
import { RateLimiter } from '../../sandbox/organization/rate-limiter';
import { type Rng, rngFor, randomFor } from '../../sandbox/simulation/rng';
import { rounded } from '../percentile';
import { START } from '../start';

/**
 * What it takes to fill an empty ledger from an organization of so many tenants, each with an account and two groups.
 */
export interface RebuildMeasures {
  readonly tenants: number;
  /** Calls of AWS, including those that it throttled. */
  readonly calls: number;
  readonly throttles: number;
  /** From the first call to the last write. */
  readonly seconds: number;
}

/**
 * How long one call takes that AWS does not refuse, over its network.
 *
 * @evidence assumed "docs/benchmark.md": 20 to 150 ms a call of AWS (decided by: the command's own duration in an
 *   organization of some hundred)
 * @evidence assumed none: 5 to 15 ms an operation of DynamoDB (decided by: SuccessfulRequestLatency in CloudWatch)
 */
const MILLISECONDS = { call: [20, 150], ledger: [5, 15] } as const;

const ReportSchema = z.object({ rebuilt: z.array(z.string()) });

const GROUPS = ['admin', 'user'] as const;

/**
 * Loses the ledger of so many tenants and rebuilds it, by what `vendings rebuild` does: AWS's rates bind,
 * and every call takes its time. The time is virtual, because the clock on a local AWS would measure the machine. A
 * formula would miss how the SDK's adaptive retries slow down.
 *
 * @throws Error where a tenant was not rebuilt
 */
export async function observeRebuild(
  tenants: number,
  seed: number,
  configuration: Configuration,
): Promise<RebuildMeasures> {
  await (modulesLoaded ??= measured(1, seed, configuration));
  return measured(tenants, seed, configuration);
}

/** The SDK loads modules at first use. That takes real time, in which the virtual clock would go on without them. */
let modulesLoaded: Promise<unknown> | undefined;

async function measured(tenants: number, seed: number, configuration: Configuration): Promise<RebuildMeasures> {
  const clock = new VirtualClock(START, () => false, randomFor(seed, 'jitter'));
  const rng = rngFor(seed, 'calls');
  const counts = { calls: 0, throttles: 0 };
  const organization = lostOrganization(tenants, seed, counts);
  const settings = {
    credentials: { accessKeyId: exampleOrganization().managementAccountId, secretAccessKey: 'any' },
    requestHandler: inProcessRequestHandler(organization, async (_, answer) => {
      await taking(rng, MILLISECONDS.call);
      return answer();
    }),
  };
  let said = '';
  const ports = {
    ledger: slowLedger(memoryLedgerStore(), rng),
    configuration,
    readOrganization: () => readOrganization(settings, configuration.platform, () => undefined),
  };
  const context = { now: () => new Date(), print: (text: string) => void (said += text) };
  try {
    const over = ending(rebuild(ports, { json: true, dryRun: false, restoredAt: null }, context));
    while (over.at === null) await clock.runUntil(() => over.at !== null);
    if (over.failure !== undefined) throw over.failure;
    const { rebuilt } = ReportSchema.parse(JSON.parse(said));
    if (rebuilt.length !== tenants) throw new Error(`${rebuilt.length} of ${tenants} tenants were rebuilt: ${said}`);
    return { tenants, ...counts, seconds: rounded((over.at - START.getTime()) / 1000) };
  } finally {
    clock.uninstall();
  }
}

interface Ending {
  at: number | null;
  failure?: Error;
}

/** When it has ended, well or badly. */
function ending(work: Promise<unknown>): Ending {
  const over: Ending = { at: null };
  work
    .catch((cause: unknown) => (over.failure = new Error('The ledger was not rebuilt.', { cause })))
    .finally(() => (over.at = Date.now()))
    .catch(() => undefined);
  return over;
}

function lostOrganization(tenants: number, seed: number, counts: { calls: number; throttles: number }): Organization {
  const limiter = new RateLimiter(awsLimits.rates, awsLatencies.scale);
  const faults: FaultInjector = {
    // The model refuses functions alone, and this is a person.
    beforeCall: ({ service, operation }) => {
      counts.calls += 1;
      if (limiter.passes(`${service}:${operation}`, 'management', Date.now())) return undefined;
      counts.throttles += 1;
      return { kind: 'error', ...throttleOf(service) };
    },
  };
  return new Organization({
    seed: organizationOf(tenants),
    clock: { now: () => Date.now() },
    latencies: awsLatencies,
    random: randomFor(seed, 'organization'),
    limits: { ...awsLimits, accounts: Math.max(awsLimits.accounts, 2 * tenants) },
    faults,
  });
}

function organizationOf(tenants: number): OrganizationSeed {
  const example = exampleOrganization();
  const { identityCenter } = example;
  if (identityCenter === undefined) throw new Error('The example organization has no Identity Center.');
  const numbers = Array.from({ length: tenants }, (_, index) => index + 1);
  const groups = numbers.flatMap((number) =>
    GROUPS.map((role) => ({ name: `bench-${number}-${role}`, description: groupMark(uuidOf(number)) })),
  );
  return {
    ...example,
    accounts: [...example.accounts, ...numbers.map(accountOf)],
    identityCenter: { ...identityCenter, groups: [...(identityCenter.groups ?? []), ...groups] },
  };
}

const uuidOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function accountOf(number: number): OrganizationSeed['accounts'][number] {
  const id = String(700_000_000_000 + number);
  const tags = { [TENANT_TAG_KEY]: uuidOf(number) };
  return { id, name: `bench-${number}`, email: `aws+${id}@corp.example`, parentId: 'ou-ab12-legacy01', tags };
}

const slowLedger = (store: LedgerStore, rng: Rng): LedgerStore => ({
  ...store,
  read: async (keys) => {
    await taking(rng, MILLISECONDS.ledger);
    return store.read(keys);
  },
  commit: async (writes) => {
    await taking(rng, MILLISECONDS.ledger);
    return store.commit(writes);
  },
});

const taking = (rng: Rng, [least, most]: readonly [number, number]): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, rng.between(least, most)));
