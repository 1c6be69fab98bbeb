import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { MovedAccountShows } from '../../sandbox/organization/organization-seed';
import { accountsInDrift } from '../fakes/accounts-in-drift';
import { changed, desiredStateJson } from '../functions/domain/examples';
import { DEV, PROD, provisioningConfiguration } from './provisioning';
import { SimulatedStory } from './simulated-story';

const toProd = ['tenant.spec.landingZoneRef.name', 'aws-prod'] as const;

/** On a busy machine. */
jest.setTimeout(120_000);

describe('an enrolled account that somebody has moved by hand', () => {
  const story = new SimulatedStory(() => ({ configuration: provisioningConfiguration() }));
  const { simulate, vend, lastError } = story;

  const begin = async (movedAccountShows: MovedAccountShows): Promise<void> => {
    simulate({ seed: { controlTower: { ...exampleOrganization().controlTower, movedAccountShows } } });
    await vend();
    made().parentId = PROD;
  };

  const made = () => {
    const [account] = story.simulation.madeAccounts;
    if (account === undefined) throw new Error('No account was made.');
    return account;
  };

  const governedBy = () => story.simulation.organization.state.inheritedBaselines.get(made().id);

  it.each(['former unit', 'no unit', 'new unit'] as const)(
    'is enrolled where it is before anybody gets in, and once, where Control Tower names as its parent the %s',
    async (shows) => {
      await begin(shows);
      expect(governedBy()).toMatchObject({ unitId: DEV });

      await vend(18, [toProd]);

      expect(await lastError()).toBeNull();
      expect(governedBy()).toMatchObject({ unitId: PROD, status: 'SUCCEEDED' });
      expect(accountsInDrift(story.simulation.organization.state)).toEqual([]);

      await vend(19, [toProd]);
      expect(story.simulation.outcomesOf('UpdateProvisionedProduct')).toEqual(['ok']);
    },
  );

  it('is told by a dry run', async () => {
    await begin('former unit');
    const body = changed(desiredStateJson, ['replicationSequence', 18], toProd);
    const { body: preview } = await story.simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body,
    });
    const update = { state: 'EnrollAccount', what: 'enrollment', from: null, to: 'update' };
    expect(preview).toMatchObject({ refusal: null, changes: expect.arrayContaining([update]) as unknown });
  });
});
