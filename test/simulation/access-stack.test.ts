import { withDeployedStackSets } from '../../sandbox/organization/deployed-stack-sets';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { Change } from '../functions/domain/examples';
import { provisionedAccount, provisioningConfiguration } from './provisioning';
import { SimulatedVending } from './simulated-vending';

const NAME = 'meshstack-cf-access-aws-dev';

describe('a landing zone with an access stack', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = (accessStack: object): SimulatedVending => {
    const configured: Change = ['landingZone.accessStack', accessStack];
    const configuration = provisioningConfiguration(configured);
    simulation = new SimulatedVending({
      configuration,
      seed: withDeployedStackSets(exampleOrganization(), configuration),
    });
    return simulation;
  };

  const creations = () =>
    simulation.organization.calls.flatMap(({ operation, input }) =>
      operation === 'CreateStackInstances' ? [(input as { StackSetName: string }).StackSetName] : [],
    );

  it('gives it to each account before all other stack sets, by the roles of the application, and only once', async () => {
    begin({ template: 'access.yaml' }).sendEvent();
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect(creations()).toEqual([NAME, 'baseline', 'network']);
    expect(await provisionedAccount(simulation)).toMatchObject({
      stackInstances: expect.arrayContaining([
        expect.objectContaining({ stackSet: NAME, region: 'eu-central-1' }),
      ]) as unknown,
    });

    simulation.sendEvent(['replicationSequence', 18]);
    await simulation.settle();
    expect(creations()).toHaveLength(3);
  });
});
