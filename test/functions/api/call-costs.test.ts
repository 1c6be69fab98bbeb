import openApi from '../../../docs/openapi.json';
import { claimPart, driftKey, finishPart } from '../../../functions/ledger/fleet/reconciliation-run';
import { startPreflight, finishPreflight } from '../../../functions/ledger/fleet/preflights';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { FILTER_NAMES, type ItemWrite, type StoredItem } from '../../../functions/ports/ledger-store';
import { after, TENANT } from '../../fakes/vending';
import { referenceTo, stepError } from '../ledger/ledger-calls';
import { ApiWorld } from './api-world';

const NIGHT = '2026-11-24';
const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** One read costs a unit for each begun 4 KB; a query as much as what it reads, together. */
const UNIT_BYTES = 4096;
const sizeOf = (item: StoredItem | undefined): number => Buffer.byteLength(JSON.stringify(item ?? null));
const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / UNIT_BYTES));

/** What one call has read of the ledger. */
interface Cost {
  reads: number;
  queries: number;
  units: number;
}

/** The API, whose reads of the ledger are counted, over so many tenants that have failed. */
async function worldOf(tenants: number): Promise<{ readonly api: ApiWorld; readonly cost: Cost }> {
  const api = new ApiWorld();
  await api.post();
  await closeRun(api.ledger, referenceTo(17), { status: 'FAILED', error: stepError }, after(60));
  const items = new Map(api.ledger.writes.map((write) => [JSON.stringify(write.key), write]));
  const ofTenant = [...items.values()].filter(({ key, data }) => key.partition.includes(TENANT) && data !== null);
  for (let index = 2; index <= tenants; index += 1)
    await api.ledger.commit(ofTenant.map((item) => copied(item, index)));
  await night(api, tenants);
  const cost: Cost = { reads: 0, queries: 0, units: 0 };
  counting(api, cost);
  return { api, cost };
}

function copied(item: ItemWrite, index: number): ItemWrite {
  const text = JSON.stringify({ ...item, expectedVersion: 0 }).replaceAll(TENANT, uuidOf(index));
  return { ...(JSON.parse(text) as ItemWrite), refiled: FILTER_NAMES };
}

/** A night has changed something of every tenant, and a preflight has ended. */
async function night(api: ApiWorld, tenants: number): Promise<void> {
  const claim = await claimPart(api.ledger, { pass: NIGHT, part: 0 }, after(0));
  if (claim.verdict !== 'claimed') throw new Error('The night could not begin.');
  await finishPart(api.ledger, claim.record, { ...claim.record, phase: 'ENDED', changed: tenants }, after(60));
  for (let index = 0; index < tenants; index += 1) {
    const drift = {
      tenantUuid: uuidOf(index),
      replicationSequence: 3,
      run: 2,
      before: 'VENDED',
      outcome: 'VENDED',
      workspaceIdentifier: 'retail',
      projectIdentifier: 'shop',
      accountId: null,
      error: null,
      changesLeftOut: 0,
      endedAt: after(30).toISOString(),
      changes: [],
    };
    await api.ledger.commit([{ key: driftKey(NIGHT, uuidOf(index)), expectedVersion: 0, data: drift }]);
  }
  await startPreflight(api.ledger, 'p', after(0));
  await finishPreflight(api.ledger, 'p', [], after(1));
}

function counting({ ledger }: ApiWorld, cost: Cost): void {
  const [read, readPartition, list] = [
    ledger.read.bind(ledger),
    ledger.readPartition.bind(ledger),
    ledger.list.bind(ledger),
  ];
  ledger.read = async (keys) => {
    const items = await read(keys);
    cost.reads += 1;
    for (const item of items) cost.units += units(sizeOf(item));
    return items;
  };
  ledger.readPartition = async (query) => {
    const items = await readPartition(query);
    cost.queries += 1;
    cost.units += units(items.reduce((sum, item) => sum + sizeOf(item), 0));
    return items;
  };
  ledger.list = async (query) => {
    const page = await list(query);
    cost.queries += 1;
    cost.units += units(page.items.reduce((sum, item) => sum + sizeOf(item), 0));
    return page;
  };
}

const PARAMETERS: Readonly<Record<string, string>> = {
  tenantUuid: TENANT,
  run: '17-1',
  sequence: '17',
  lane: 'account-creation',
  pass: NIGHT,
  id: 'p',
  queue: 'work',
  month: '2026-11',
};

/** Calls that find nothing here, each with the reason. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'GET /dead-letters/{queue}/{id}': 'reads no ledger',
  'GET /adoptions/{id}': 'none was asked for: pages of its accounts are read like those of a night',
  'GET /rollouts/{id}': 'none was begun: pages of its tenants are read like those of a night',
  'GET /rollouts/{id}/tenants': 'none was begun: pages of its tenants are read like those of a night',
  'GET /usage-reports/{month}': 'none was collected: usage.test.ts counts what pages of it read',
  'GET /tenants/{tenantUuid}/usage-reports/{month}': 'none was collected: usage.test.ts counts what it reads',
};

const routes = Object.entries(openApi.paths)
  .filter(([, operations]) => 'get' in operations)
  .map(([path]) => path);

/** A route with each filter that it has. */
const variants: readonly { readonly path: string; readonly query: Readonly<Record<string, string>> }[] = [
  ...routes.map((path) => ({ path, query: {} })),
  ...[
    { status: 'FAILED' },
    { workspace: 'retail' },
    { project: 'webshop-dev' },
    { landingZone: 'aws-dev' },
    { error: 'RejectedError' },
    { since: '2026-01-01' },
    { accountId: '444444444444' },
    { email: 'nobody@corp.example' },
  ].map((query) => ({ path: '/vendings', query })),
];

describe('what a call costs', () => {
  const costs = new Map<number, readonly Cost[]>();

  beforeAll(async () => {
    for (const tenants of [10, 1000]) {
      const { api, cost } = await worldOf(tenants);
      const found: Cost[] = [];
      for (const { path, query } of variants) {
        Object.assign(cost, { reads: 0, queries: 0, units: 0 });
        const answer = await api.call({
          httpMethod: 'GET',
          resource: path,
          pathParameters: PARAMETERS,
          queryStringParameters: { limit: '5', ...query },
        });
        const expected = ELSEWHERE[`GET ${path}`] === undefined ? 200 : 404;
        if (answer.status !== expected) throw new Error(`GET ${path} answers ${answer.status}`);
        found.push({ ...cost });
      }
      costs.set(tenants, found);
    }
  });

  it.each(variants.map((variant, index) => ({ ...variant, index })).filter(({ path }) => path !== '/summary'))(
    'is the same with 10 tenants and with 1,000: GET $path $query',
    ({ index }) => {
      expect(costs.get(1000)?.[index]).toEqual(costs.get(10)?.[index]);
    },
  );

  it('of the summary is bounded by the hundred that it counts of each status', () => {
    const { queries = 0, units: read = 0 } =
      costs.get(1000)?.[variants.findIndex(({ path }) => path === '/summary')] ?? {};
    expect(queries).toBeLessThanOrEqual(20);
    expect(read).toBeLessThan(100);
  });

  it('is counted: lists read something', () => {
    const all = [...costs.values()].flat();
    expect(all.filter(({ units: read }) => read > 0).length).toBeGreaterThan(20);
  });
});
