import { DriftReportSchema } from '../../functions/api/drift-report-schema';
import type { VendingDetail } from '../../functions/api/responses';
import type { Change } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const DAY = 24 * 3600 * 1000;

describe('a tenant whose account has left the organization', () => {
  let simulation: SimulatedVending;

  const send = async (replicationSequence: number, ...changes: readonly Change[]): Promise<VendingDetail> => {
    simulation.sendEvent(['replicationSequence', replicationSequence], ...changes);
    await simulation.settle();
    return simulation.detail();
  };

  /** The next one, with all that comes of it. */
  const night = async (): Promise<unknown> => {
    let isOver = false;
    setTimeout(() => (isOver = true), DAY);
    await simulation.until(() => isOver);
    simulation.application.startNight();
    await simulation.settle();
    return simulation.application.driftReports.at(-1);
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

  it('fails in one night, is told of in the next ones, and is reconciled again after a replay that finds the account', async () => {
    simulation = new SimulatedVending({ configuration: plainConfiguration() });
    const { tenantUuid } = await send(17);
    const { accounts } = simulation.organization.state;
    const [made] = simulation.madeAccounts;
    if (made === undefined) throw new Error('There is no account.');
    const { id: accountId } = made;
    accounts.delete(accountId);
    const failures = () => simulation.outcomes.filter(({ type }) => type === 'Account Vending Failed').length;

    expect(await night()).toMatchObject({ reconciled: 1, failed: 1, lost: 0, lostAccounts: [] });
    expect(failures()).toBe(1);
    for (let count = 0; count < 2; count += 1) {
      const lostAccounts = [{ tenantUuid, accountId, since: expect.stringMatching(/^2026-11-25T/u) as string }];
      expect(await night()).toMatchObject({ reconciled: 0, failed: 0, lost: 1, lostAccounts });
    }
    expect(failures()).toBe(1);
    const { body } = await simulation.application.callApi({ method: 'GET', path: '/drift-reports/latest' });
    expect(DriftReportSchema.parse(body)).toMatchObject({
      lost: 1,
      lostAccounts: [{ accountId, workspaceIdentifier: 'retail' }],
    });

    accounts.set(accountId, made);
    await simulation.replay();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(await night()).toMatchObject({ reconciled: 0, unchanged: 1, failed: 0, lost: 0, lostAccounts: [] });
  });
});
