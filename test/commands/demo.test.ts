import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';

import { type VendingPlan } from '../../functions/domain/plan/plan';
import { projectRoot } from '../../sandbox/environment';
import fraudLab from '../../sandbox/examples/fraud-lab.json';
import { changed, desiredStateJson } from '../functions/domain/examples';
import { makeConfigurationFolder } from './configuration-folder';
import { type DemoReport, DemoReportSchema } from './demo-report';
import { type FreshOrders, freshOrders } from './fresh-orders';
import { type Ended, nodeAlone, runNpm } from './run-npm';

const TENANT_TAG = 'account-vending:tenant-uuid';

describe('npm run demo', () => {
  let programs: string;
  let folder: string;

  beforeAll(() => {
    programs = nodeAlone();
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-orders-'));
  });
  afterAll(() => {
    rmSync(programs, { recursive: true });
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, content: object): string => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  const demo = (...args: readonly string[]): Promise<Ended> => runNpm('demo', ['--embedded', ...args], { programs });

  it('vends both examples with Node alone, and prints as JSON what came of them', async () => {
    const { exitCode, stdout, stderr } = await demo('--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('VENDED') as string });
    const { vendings, metering, authorization, organization } = DemoReportSchema.parse(JSON.parse(stdout));
    expect(metering.tenants.map(({ tenantUuid }) => tenantUuid)).toEqual(vendings.map(({ tenantUuid }) => tenantUuid));
    expect(vendings.map(({ status, trigger }) => [status, trigger])).toEqual([
      ['VENDED', 'event'],
      ['VENDED', 'api'],
    ]);
    for (const vending of vendings) expectFound(vending, organization);
    expect(authorization.calls).toBeGreaterThanOrEqual(24);
    expect(authorization.notYet).toBeGreaterThanOrEqual(2);
    expect(authorization).toMatchObject({ enforced: true, denied: 0 });
  });

  it('vends more tenants than AWS answers dry runs of at once', async () => {
    const orders = Array.from({ length: 8 }, (_, index) => write(`order-${index}.json`, numbered(index)));
    const { exitCode, stdout } = await demo('--json', ...orders.flatMap((file) => ['--desired-state', file]));
    expect(exitCode).toBe(0);
    const { vendings } = DemoReportSchema.parse(JSON.parse(stdout));
    expect(vendings.map(({ status }) => status)).toEqual(orders.map(() => 'VENDED'));
  });

  it('vends tenants and configurations never seen before, as npm run plan says', async () => {
    await fc.assert(
      fc.asyncProperty(freshOrders, async (orders) => {
        await expectVendedAsPlanned(orders);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  async function expectVendedAsPlanned({ platform, landingZones, desiredStates }: FreshOrders): Promise<void> {
    const configuration = makeConfigurationFolder(platform, landingZones);
    const files = desiredStates.map((state, index) => write(`fresh-${index}.json`, state));
    try {
      const plans = await Promise.all(files.map((file) => planOf(file, configuration)));
      const orders = files.flatMap((file) => ['--desired-state', file]);
      const { exitCode, stdout, stderr } = await demo('--json', '--config', configuration, ...orders);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      const { vendings, organization } = DemoReportSchema.parse(JSON.parse(stdout));
      expect(vendings).toHaveLength(plans.length);
      for (const [index, { tenantUuid, account, targetOrgUnitId: ouId, tags }] of plans.entries()) {
        expect(vendings[index]).toMatchObject({
          tenantUuid,
          status: 'VENDED',
          trigger: index % 2 === 0 ? 'event' : 'api',
          accountName: account.name,
          email: account.email,
          alias: account.alias,
          ouId,
          tags: { ...tags, [TENANT_TAG]: tenantUuid },
        });
        expectFound(vendings[index], organization);
      }
    } finally {
      rmSync(configuration, { recursive: true });
    }
  }

  async function planOf(file: string, configuration: string): Promise<VendingPlan> {
    const platform = path.join(configuration, 'platform.json');
    const args = [file, '--platform', platform, '--landing-zones', path.join(configuration, 'landing-zones')];
    const { exitCode, stdout, stderr } = await runNpm('plan', args, { programs });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return JSON.parse(stdout) as VendingPlan;
  }

  it('ends with 1 and all faults when the application refuses an order, and vends the others', async () => {
    const zones = ['tenant.spec.landingZoneRef.name', 'no-such-zone'] as const;
    const faulty = changed(desiredStateJson, zones, ['tenant.metadata.ownedByProject', 'NOT-LOWER']) as object;
    const orders = [write('faulty.json', faulty), write('good.json', fraudLab)];
    const { exitCode, stdout } = await demo(...orders.flatMap((file) => ['--desired-state', file]));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✘ faulty\.json: REJECTED|✘ retail\.NOT-LOWER: REJECTED/);
    expect(stdout).toMatch(/tenant\.spec\.landingZoneRef\.name is 'no-such-zone'/);
    expect(stdout).toMatch(/tenant\.metadata\.ownedByProject is 'NOT-LOWER'/);
    expect(stdout).toMatch(/✔ payments\.fraud-lab: VENDED/);
  });

  it.each([
    {
      wrong: 'an unknown option',
      args: ['--nonsense'],
      says: /Unknown option '--nonsense'\.\n`account-vending demo --help` shows/,
    },
    {
      wrong: 'a missing file',
      args: ['--desired-state', '/no/such.json'],
      says: /^\/no\/such\.json cannot be read: .*path/,
    },
    {
      wrong: 'a missing configuration',
      args: ['--config', '/nowhere'],
      says: /\/nowhere\/platform\.json: cannot be read/,
    },
  ])('ends with 2 and says what to do about $wrong', async ({ args, says }) => {
    expectToldKindly(await demo(...args), says);
  });

  it('ends with 2 and names the place in a file that is not JSON', async () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '{\n  "replicationSequence": 1,,\n}');
    expectToldKindly(await demo('--desired-state', file), /broken\.json is not valid JSON: .*line 2, column 28/);
  });

  it('ends with 2 and names file, field and remedy of a broken configuration', async () => {
    const broken = { region: 'nowhere', accountEmailPattern: '#{projectIdentifer}@corp.example' };
    const configuration = makeConfigurationFolder(broken, [{ name: 'zone' }]);
    const ended = await demo('--config', configuration);
    rmSync(configuration, { recursive: true });
    expectToldKindly(ended, /platform\.json: accountEmailPattern: .*Did you mean #\{projectIdentifier\}\?/);
    expectToldKindly(ended, /zone\.json: awsTargetOrgUnitId: is missing/);
  });

  it('ends with 2 without Python, and says how to go on without it', async () => {
    // Where the Python environment was never made.
    const root = copyWithoutPython();
    const ended = await runNpm('demo', ['--deployed'], { root, programs });
    rmSync(root, { recursive: true });
    expectToldKindly(ended, /Python 3 is not on the PATH\. .*`npm run demo -- --embedded`/);
  });
});

const numbered = (index: number): object =>
  changed(
    desiredStateJson,
    ['tenant.metadata.uuid', `7d0c1b1e-0000-4000-8000-0000000001${index}0`],
    ['tenant.metadata.ownedByProject', `shop-${index}`],
    ['project.metadata.name', `shop-${index}`],
    ['tenantPlatformNumber', 100 + index],
  ) as object;

/** What an independent reader has found is what the application tells. */
function expectFound(
  vending: DemoReport['vendings'][number] | undefined,
  organization: DemoReport['organization'],
): void {
  const found = organization.accounts.find(({ id }) => id === vending?.accountId);
  const { accountName: name, email, alias, ouId, tags } = vending ?? {};
  expect(found).toMatchObject({ name, email, alias, ouId, tags });
  // toMatchObject lets more keys pass.
  expect(Object.keys(found?.tags ?? {}).toSorted()).toEqual(Object.keys(tags ?? {}).toSorted());
}

/** Words for a person: on stderr, short, and no stack. */
function expectToldKindly({ exitCode, stdout, stderr }: Ended, says: RegExp): void {
  expect(stderr).toMatch(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at /m);
}

const COPIED = [
  ...['package.json', 'tsconfig.json', 'cdk.json', 'command', 'functions', 'infra', 'operator', 'sandbox'],
  'statemachines',
];

function copyWithoutPython(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'account-vending-copy-'));
  for (const name of COPIED) {
    cpSync(path.join(projectRoot, name), path.join(root, name), { recursive: true });
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  return root;
}
