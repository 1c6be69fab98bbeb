import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { staleProducts } from '../../../functions/domain/enrollment/provisioned-products';
import type { ControlTowerLandingZone } from '../../../functions/ports/control-tower';
import type { ListedAccount } from '../../../functions/ports/organizations';
import { fleetLimitChecks, type FleetFacts, type FleetPorts } from '../../../functions/preflight/checks/fleet-limits';
import { runChecks } from '../../../functions/preflight/check';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import {
  type PlantedProduct,
  plantProduct,
} from '../../../sandbox/organization/services/service-catalog/plant-product';
import { after, NOW } from '../../fakes/vending';
import { enrollingByMove } from './planted-defects';
import { findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';

beforeAll(loadPolicyTables);

const LONG_AGO = after(-30 * 24 * 3600).getTime();

const product = (name: string, changes: Partial<PlantedProduct> = {}): PlantedProduct => ({
  id: `pp-${name}`,
  name,
  accountId: '444444444444',
  status: 'AVAILABLE',
  hasSucceeded: true,
  createdAt: LONG_AGO,
  ...changes,
});

async function look(
  products: readonly PlantedProduct[] = [],
  planted: PlantedDefects = {},
): Promise<{ readonly reports: ReadonlyMap<string, CheckReport>; readonly findings: readonly string[] }> {
  const { accounts } = exampleOrganization();
  const member = { id: '444444444444', name: 'member', email: 'aws+m@corp.example', parentId: 'ou-ab12-cdefgh34' };
  const world = new PreflightWorld({ ...planted, seed: { accounts: [...accounts, member], ...planted.seed } });
  for (const one of products) plantProduct(world.organization.state, one);
  const found = await world.look();
  return { reports: new Map(found.map((report) => [report.id, report])), findings: findingsIn(found) };
}

describe('a preflight, of Control Tower', () => {
  it('tells the version of the landing zone, what it governs, and the baseline of each unit', async () => {
    const { reports } = await look([], { seed: { controlTower: { governedRegions: ['eu-central-1', 'eu-west-1'] } } });

    expect(reports.get('control-tower-is-set-up')?.detail).toBe('Version 4.0. It governs eu-central-1, eu-west-1.');
    expect(reports.get('unit-is-registered:aws-dev')?.detail).toBe('AWSControlTowerBaseline, version 5.0.');
  });

  it('takes ConfigBaseline for a registration, and says so', async () => {
    const { organizationalUnits } = exampleOrganization();
    const governed = organizationalUnits.map((unit) =>
      unit.id === 'ou-ab12-cdefgh34' ? { ...unit, registered: false, governedBy: 'ConfigBaseline' as const } : unit,
    );
    const { reports, findings } = await look([], { seed: { organizationalUnits: governed } });

    expect(findings).toEqual([]);
    expect(reports.get('unit-is-registered:aws-dev')?.detail).toBe(
      'ConfigBaseline, version 5.0. It counts: a unit is registered by it as well.',
    );
  });
});

describe('a preflight, of provisioned products', () => {
  it('finds nothing in a healthy one, page after page', async () => {
    const { reports, findings } = await look(Array.from({ length: 23 }, (_one, index) => product(`n-${index}`)));

    expect(findings).toEqual([]);
    expect(reports.get('account-factory-products')?.detail).toBe('23 provisioned products.');
  });

  it.each<readonly [string, Partial<PlantedProduct>, RegExp, RegExp]>([
    [
      'of an account that is gone',
      { accountId: '999999999999' },
      /left the organization: x \(999999999999\)/u,
      /Terminate those/u,
    ],
    ['that never succeeded', { hasSucceeded: false, status: 'ERROR' }, /never succeeded: x \(444/u, /replay it/u],
    ['that has failed', { status: 'TAINTED' }, /TAINTED or ERROR\): x \(444/u, /replay it/u],
  ])('finds one %s', async (_, changes, detail, remedy) => {
    const { reports, findings } = await look([product('healthy'), product('x', changes)]);

    expect(findings).toEqual(['account-factory-products']);
    expect(reports.get('account-factory-products')).toMatchObject({
      detail: expect.stringMatching(detail) as string,
      remedy: expect.stringMatching(remedy) as string,
    });
  });

  it('leaves alone what is at work, and an account that the listing does not show yet', () => {
    const young = { ...product('young'), accountId: '555555555555', createdAt: after(-60) };
    const busy = { ...product('busy'), accountId: null, status: 'UNDER_CHANGE', hasSucceeded: false } as const;

    expect(staleProducts([young, { ...busy, createdAt: after(-60) }], new Set(), NOW)).toEqual([]);
  });
});

const account = (changes: Partial<ListedAccount> = {}): ListedAccount => ({
  id: '1',
  state: 'ACTIVE',
  joinedAt: after(-30 * 24 * 3600),
  parentId: 'ou-1',
  ...changes,
});

const accounts = (count: number, changes: Partial<ListedAccount> = {}): readonly ListedAccount[] =>
  Array.from({ length: count }, () => account(changes));

const landingZone = (regions: number | null): ControlTowerLandingZone => ({
  version: '4.0',
  status: 'ACTIVE',
  enrollsByItself: false,
  sharedAccounts: [],
  governedRegions: regions === null ? null : Array.from({ length: regions }, (_one, index) => `region-${index}`),
});

describe('a preflight, of the limits of AWS', () => {
  const limits = async (
    ports: Partial<FleetPorts> & { readonly regions?: number | null },
    facts: Partial<FleetFacts> = {},
  ): Promise<ReadonlyMap<string, CheckReport>> => {
    const { regions = 1, ...given } = ports;
    const checks = fleetLimitChecks(
      {
        accounts: () => Promise.resolve(accounts(3)),
        products: () => Promise.resolve([]),
        controlTower: { landingZone: () => Promise.resolve(landingZone(regions)) },
        now: () => NOW,
        ...given,
      },
      {
        enrollsBy: 'account-factory',
        hasIdentityCenter: true,
        landingZones: [{ name: 'dev', awsEnrollAccount: true, awsTargetOrgUnitId: 'ou-1' }],
        ...facts,
      },
      'role',
    );
    const reports = await runChecks(
      checks.map((check) => ({ ...check, needs: [] })),
      { pause: () => Promise.resolve() },
    );
    return new Map(reports.map((report) => [report.id, report]));
  };

  it('tells what is left of each in the example organization', async () => {
    const { reports } = await look([product('new', { createdAt: after(-24 * 3600).getTime() }), product('old')]);
    const all = [...reports].filter(([id]) => /^fleet-limit|^accounts-in-unit/u.test(id));

    expect(Object.fromEntries(all.map(([id, { result, detail }]) => [id, `${result}: ${detail ?? ''}`]))).toEqual({
      'fleet-limit:enrollments-a-week': expect.stringMatching(
        /^ok: 1 of 1000 enrollments, by provisioned products.*, 999 left\.$/u,
      ) as string,
      'fleet-limit:control-tower': expect.stringMatching(/^ok: \d+ of 10000 accounts .*, 99\d\d left\.$/u) as string,
      'fleet-limit:accounts-times-regions': expect.stringMatching(
        /^ok: \d+ of 150000 .* 1 governed regions, 1499\d\d left\.$/u,
      ) as string,
      'accounts-in-unit:aws-dev': 'ok: 1 of 1000 accounts directly in ou-ab12-cdefgh34, 999 left.',
      'fleet-limit:service-catalog': expect.stringMatching(/^ok: \d+ of 15000 /u) as string,
      'fleet-limit:identity-center': expect.stringMatching(/^ok: \d+ of 7000 /u) as string,
    });
  });

  it('counts young accounts where Control Tower follows moves: products tell nothing of them then', async () => {
    const { reports } = await look([product('new', { createdAt: after(-24 * 3600).getTime() })], {
      configuration: enrollingByMove,
    });

    expect(reports.get('fleet-limit:enrollments-a-week')?.detail).toContain('by accounts that have joined');
    expect(reports.has('fleet-limit:service-catalog')).toBe(false);
    expect(reports.has('fleet-limit:control-tower')).toBe(true);
  });

  it.each<readonly [string, Parameters<typeof limits>[0], 'little' | 'failed' | 'unknown']>([
    ['fleet-limit:control-tower', { accounts: () => Promise.resolve(accounts(9001)) }, 'little'],
    ['fleet-limit:control-tower', { accounts: () => Promise.resolve(accounts(10_000)) }, 'failed'],
    ['fleet-limit:identity-center', { accounts: () => Promise.resolve(accounts(6301)) }, 'little'],
    ['fleet-limit:identity-center', { accounts: () => Promise.resolve(accounts(7000)) }, 'unknown'],
    ['fleet-limit:service-catalog', { accounts: () => Promise.resolve(accounts(15_000)) }, 'failed'],
    ['fleet-limit:accounts-times-regions', { regions: 20, accounts: () => Promise.resolve(accounts(7000)) }, 'little'],
    ['fleet-limit:accounts-times-regions', { regions: 20, accounts: () => Promise.resolve(accounts(7500)) }, 'failed'],
    ['accounts-in-unit:dev', { accounts: () => Promise.resolve(accounts(901)) }, 'little'],
    ['accounts-in-unit:dev', { accounts: () => Promise.resolve(accounts(1000)) }, 'failed'],
    ['accounts-in-unit:dev', { regions: 22, accounts: () => Promise.resolve(accounts(680)) }, 'failed'],
    [
      'fleet-limit:enrollments-a-week',
      { products: null, accounts: () => Promise.resolve(accounts(901, { joinedAt: after(-3600) })) },
      'little',
    ],
    [
      'fleet-limit:enrollments-a-week',
      { products: null, accounts: () => Promise.resolve(accounts(1000, { joinedAt: after(-3600) })) },
      'failed',
    ],
  ])('says of %s when little or nothing is left', async (id, ports, expected) => {
    const { result, detail, remedy } = (await limits(ports)).get(id) ?? {};

    expect(result).toBe(expected === 'little' ? 'ok' : expected);
    expect(detail).toMatch(
      expected === 'little' ? /left\. That is little\. \S/u : /none is left|unless AWS has granted more/u,
    );
    expect(remedy === null).toBe(expected === 'little');
  });

  it('counts no closed account where Control Tower manages it, and none of another unit', async () => {
    const all = [...accounts(2), account({ state: 'CLOSED' }), account({ parentId: 'ou-2' })];
    const reports = await limits({ regions: 2, accounts: () => Promise.resolve(all) });

    expect(reports.get('fleet-limit:accounts-times-regions')?.detail).toMatch(/^6 of 150000/u);
    expect(reports.get('accounts-in-unit:dev')?.detail).toMatch(/^2 of 1000/u);
    expect(reports.get('fleet-limit:control-tower')?.detail).toMatch(/^4 of 10000/u);
  });

  it('cannot tell of regions where Control Tower names none', async () => {
    expect((await limits({ regions: null })).get('fleet-limit:accounts-times-regions')).toMatchObject({
      result: 'skipped',
    });
  });

  it('has nothing to say of services that are not configured', async () => {
    const reports = await limits({ controlTower: null }, { enrollsBy: null, hasIdentityCenter: false });
    expect([...reports.keys()]).toEqual([]);
  });
});
