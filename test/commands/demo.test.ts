import fraudLab from '../../sandbox/examples/fraud-lab.json';
import { changed, desiredStateJson } from '../functions/domain/examples';
import { DemoReportSchema, expectFound } from './demo-report';
import { demoRuns } from './demo-runs';

describe('npm run demo', () => {
  const { write, demo } = demoRuns();

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
});
