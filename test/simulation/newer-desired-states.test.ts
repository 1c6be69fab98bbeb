import { faultsFor, refusal } from '../functions/aws/organization-world';
import type { Change } from '../functions/domain/examples';
import { SimulatedStory } from './simulated-story';

describe('the whole workflow in virtual time', () => {
  const story = new SimulatedStory();
  const { simulate } = story;

  describe('a newer desired state', () => {
    const running = (): boolean => story.simulation.outcomesOf('CreateAccount').length > 0;

    it('that comes during a run begins when that has ended, and the newest of several alone', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.until(running);
      expect(await story.simulation.post(['replicationSequence', 18])).toMatchObject({
        status: 202,
        body: { status: 'QUEUED', executionArn: null },
      });
      story.simulation.sendEvent(['replicationSequence', 19]);
      await story.simulation.until(() => story.simulation.outcomes.length > 0);
      await story.simulation.settle();
      expect(story.simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`)).toEqual([
        'Account Vended 17',
        'Account Vended 19',
      ]);
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19 });
      expect(story.simulation.madeAccounts).toHaveLength(1);
    });

    it('that comes during a run which fails begins when that is recorded', async () => {
      simulate({ faults: faultsFor('TagResource', refusal('ConstraintViolationException')) });
      story.simulation.sendEvent();
      await story.simulation.until(running);
      story.simulation.sendEvent(['replicationSequence', 18]);
      await story.simulation.settle();
      expect(story.simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`)).toEqual([
        'Account Vending Failed 17',
        'Account Vended 18',
      ]);
      expect(story.simulation.madeAccounts).toHaveLength(1);
    });
  });

  describe('a replay', () => {
    it('goes on at the state that has failed for a while, and calls nothing before that again', async () => {
      const outage = Array.from({ length: 11 }, () => refusal('Odd', 503));
      simulate({ faults: faultsFor('MoveAccount', ...outage) });
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({
        status: 'FAILED',
        lastError: { name: 'TransientError' },
      });
      expect(await story.simulation.replay()).toMatchObject({
        status: 202,
        body: { replay: 'redriven', status: 'RUNNING' },
      });
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', run: 1, lastError: null });
      expect(story.simulation.outcomesOf('CreateAccount')).toEqual(['ok']);
      expect(story.simulation.outcomes.map(({ type }) => type)).toEqual(['Account Vending Failed', 'Account Vended']);
      expect(await story.simulation.replay()).toMatchObject({ status: 409 });
    });

    it('begins a new run with a new plan once what was refused has been put right', async () => {
      simulate({ faults: faultsFor('TagResource', refusal('ConstraintViolationException')) });
      story.simulation.sendEvent();
      await story.simulation.settle();
      expect(await story.simulation.replay()).toMatchObject({
        status: 202,
        body: { replay: 'restarted', status: 'ACCEPTED' },
      });
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 17, run: 2 });
      expect(story.simulation.madeAccounts).toHaveLength(1);
      expect(story.simulation.application.deadLetters).toEqual([]);
    });
  });

  describe('a deletion', () => {
    const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

    it('that comes while AWS makes the account lets the run go to its end, and closes then', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.until(() => story.simulation.outcomesOf('CreateAccount').length > 0);
      story.simulation.sendEvent(['replicationSequence', 18]);
      expect(await story.simulation.post(['replicationSequence', 19], deletion)).toMatchObject({
        status: 202,
        body: { status: 'RUNNING', remark: expect.stringContaining('sequence 17 goes to its end') as string },
      });
      await story.simulation.settle();
      expect(story.simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`)).toEqual([
        'Account Vended 17',
        'Account Closed 19',
      ]);
      const detail = await story.simulation.detail();
      expect(detail).toMatchObject({
        status: 'CLOSED',
        replicationSequence: 19,
        deletion: { replicationSequence: 19 },
      });
      expect(detail.deletion?.remark).toContain(`close account ${detail.account?.id ?? ''}`);
      expect(story.simulation.madeAccounts).toHaveLength(1);
    });

    it('that comes before AWS is asked ends the run without an account, and another tenant may have its names', async () => {
      const other = '7d0c1b1e-0000-4000-8000-000000000002';
      simulate({ faults: faultsFor('CreateAccount', refusal('FinalizingOrganizationException')) });
      story.simulation.sendEvent();
      await story.simulation.until(() => story.simulation.outcomesOf('CreateAccount').length > 0);
      story.simulation.sendEvent(['replicationSequence', 18], deletion);
      story.simulation.sendEvent(['tenant.metadata.uuid', other]);
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({ status: 'CLOSED', supersededBy: 18, account: null });
      expect(await story.simulation.detail(other)).toMatchObject({ status: 'VENDED' });
      expect(story.simulation.outcomes.map(({ type, detail }) => `${type} ${detail.tenantUuid}`)).toEqual([
        `Account Vended ${other}`,
      ]);
      expect(story.simulation.madeAccounts).toHaveLength(1);
    });

    it('is taken back by a newer desired state', async () => {
      simulate();
      story.simulation.sendEvent();
      await story.simulation.settle();
      story.simulation.sendEvent(['replicationSequence', 18], deletion);
      await story.simulation.settle();
      story.simulation.sendEvent(['replicationSequence', 19], ['project.spec.tags', { environment: ['prod'] }]);
      await story.simulation.settle();
      expect(await story.simulation.detail()).toMatchObject({
        status: 'VENDED',
        replicationSequence: 19,
        deletion: null,
      });
      expect(story.simulation.madeAccounts[0]?.tags.get('meshstack_environment')).toBe('prod');
    });
  });
});
