import type { VendingDetail } from '../../functions/api/responses';
import type { Change } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

describe('a tenant whose account has left the organization', () => {
  let simulation: SimulatedVending;

  const send = async (replicationSequence: number, ...changes: readonly Change[]): Promise<VendingDetail> => {
    simulation.sendEvent(['replicationSequence', replicationSequence], ...changes);
    await simulation.settle();
    return simulation.detail();
  };

  afterEach(() => {
    simulation.stop();
  });

  it('fails and says so in every run, at once where the account has long been there, and is closed as gone', async () => {
    simulation = new SimulatedVending({ configuration: plainConfiguration() });
    expect(await send(17)).toMatchObject({ status: 'VENDED' });
    const id = simulation.madeAccounts[0]?.id ?? '';
    simulation.organization.state.accounts.delete(id);

    const looks: (number | undefined)[] = [];
    for (const replicationSequence of [18, 19]) {
      const { status, lastError, timeline } = await send(replicationSequence);
      expect(status).toBe('FAILED');
      expect(lastError).toMatchObject({
        name: 'RejectedError',
        message: `The account ${id} has left the organization.`,
        remedy: expect.stringContaining('mark its tenant for deletion') as string,
      });
      looks.push(timeline.find(({ state }) => state === 'CheckAccess')?.attempts);
    }

    // The first time it is so young that AWS may not show it yet.
    expect(looks.at(-1)).toBe(1);

    const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];
    expect(await send(20, deletion)).toMatchObject({ status: 'CLOSED' });
    expect(simulation.outcomes.at(-1)).toMatchObject({ type: 'Account Closed', detail: { accountState: 'GONE' } });
  });
});
