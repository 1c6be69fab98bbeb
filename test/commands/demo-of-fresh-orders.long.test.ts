import { rmSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';

import { type VendingPlan } from '../../functions/domain/plan/plan';
import { changed, desiredStateJson } from '../functions/domain/examples';
import { makeConfigurationFolder } from './configuration-folder';
import { DemoReportSchema, expectFound } from './demo-report';
import { type FreshOrders, freshOrders } from './fresh-orders';
import { demoRuns } from './demo-runs';
import { runNpm } from './run-npm';

const TENANT_TAG = 'account-vending:tenant-uuid';

describe('npm run demo, with orders of others', () => {
  const { programs, write, demo } = demoRuns();

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
    const { exitCode, stdout, stderr } = await runNpm('plan', args, { programs: programs() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return JSON.parse(stdout) as VendingPlan;
  }
});

const numbered = (index: number): object =>
  changed(
    desiredStateJson,
    ['tenant.metadata.uuid', `7d0c1b1e-0000-4000-8000-0000000001${index}0`],
    ['tenant.metadata.ownedByProject', `shop-${index}`],
    ['project.metadata.name', `shop-${index}`],
    ['tenantPlatformNumber', 100 + index],
  ) as object;
