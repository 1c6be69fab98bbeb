import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const ZURICH = 'eu-central-2';

describe('a deployment in a region that accounts have to enable', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  it('vends an account, which has not enabled it', async () => {
    const configuration = plainConfiguration(['platform.region', ZURICH], ['platform.selfDowngradeAccessRole', true]);
    simulation = new SimulatedVending({ configuration, seed: exampleOrganization({ configuration }) });
    simulation.sendEvent();
    await simulation.settle();
    expect((await simulation.detail()).lastError).toBeNull();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(simulation.madeAccounts.map(({ enabledRegions }) => [...enabledRegions])).toEqual([[]]);
    expect(simulation.outcomesOf('AssumeRole')).not.toContain('RegionDisabledException');
  });
});
