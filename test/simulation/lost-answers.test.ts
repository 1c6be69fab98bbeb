import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import { faultsFor, refusal } from '../functions/aws/organization-world';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration } from './simulated-vending';

describe('the whole workflow in virtual time', () => {
  const story = new SimulatedStory();
  const { simulate } = story;

  describe('a lost answer of CreateAccount', () => {
    it.each<{ what: string; faults: FaultInjector; requests: readonly string[] }>([
      {
        what: 'AWS has made the account',
        faults: faultsFor('CreateAccount', { kind: 'lost-answer' }),
        requests: ['lost-answer'],
      },
      {
        what: 'AWS was never reached',
        faults: faultsFor('CreateAccount', { kind: 'connection-reset' }),
        requests: ['connection-reset', 'ok'],
      },
      {
        what: 'AWS has failed, several times in a row',
        faults: faultsFor('CreateAccount', refusal('ServiceException', 500), refusal('ServiceException', 500)),
        requests: ['ServiceException', 'ServiceException', 'ok'],
      },
      {
        what: 'AWS has made the account after several failures',
        faults: faultsFor('CreateAccount', refusal('ServiceException', 500), { kind: 'lost-answer' }),
        requests: ['ServiceException', 'lost-answer'],
      },
    ])('leads to exactly one account: $what', async ({ faults, requests }) => {
      simulate({ faults });
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(story.simulation.madeAccounts).toHaveLength(1);
      expect(story.simulation.outcomesOf('CreateAccount')).toEqual(requests);
      expect(await story.simulation.detail()).toMatchObject({
        status: 'VENDED',
        account: { id: story.simulation.madeAccounts[0]?.id },
      });
    });

    it('leads to exactly one account even when AWS lists it only minutes later', async () => {
      simulate({
        faults: faultsFor('CreateAccount', { kind: 'lost-answer' }),
        latencies: { accountListing: [180, 180] },
      });
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(story.simulation.madeAccounts).toHaveLength(1);
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
    });

    it('never takes an account of the same name that belongs to another tenant', async () => {
      const other = '7d0c1b1e-0000-4000-8000-000000000002';
      const configured = plainConfiguration(['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}-x']);
      let calls = 0;
      simulate({
        configuration: configured,
        faults: {
          beforeCall: ({ operation }) => {
            if (operation !== 'CreateAccount') return undefined;
            calls += 1;
            return calls === 2 ? { kind: 'connection-reset' } : undefined;
          },
        },
      });
      story.simulation.sendEvent();
      story.simulation.sendEvent(['tenant.metadata.uuid', other], ['tenantPlatformNumber', 43]);
      await story.simulation.settle();
      const [first, second] = [await story.simulation.detail(), await story.simulation.detail(other)];
      expect([first.status, second.status]).toEqual(['VENDED', 'VENDED']);
      expect(first.account?.id).not.toBe(second.account?.id);
      expect(story.simulation.madeAccounts).toHaveLength(2);
    });

    it('asks AWS again after an internal failure, and makes one account', async () => {
      let failures = 0;
      simulate({
        faults: {
          accountCreation: () => {
            failures += 1;
            return failures <= 2 ? 'INTERNAL_FAILURE' : undefined;
          },
        },
      });
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
      expect(story.simulation.madeAccounts).toHaveLength(1);
    });
  });
});
