import type { DriftReport } from '../../../functions/api/drift-report-schema';
import { MAX_LOST_SHOWN } from '../../../functions/domain/fleet/drift';
import { driftKey, claimPart, finishPart, recordLostAccount } from '../../../functions/ledger/fleet/reconciliation-run';
import { after } from '../../fakes/vending';
import { type ApiAnswer, ApiWorld, detailOf, expectProblem } from './api-world';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

describe('GET /drift-reports/{pass}', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const get = (pass: string | null, query: Record<string, string> | null = null): Promise<ApiAnswer> =>
    api.call({
      httpMethod: 'GET',
      resource: '/drift-reports/{pass}',
      pathParameters: pass === null ? null : { pass },
      queryStringParameters: query,
    });
  const reportOf = ({ body }: ApiAnswer): DriftReport => body as DriftReport;

  /** A night that is over, or still on its way. */
  async function night(pass: string, { ended }: { readonly ended: boolean }): Promise<void> {
    const claim = await claimPart(api.ledger, { pass, part: 0 }, after(0));
    if (claim.verdict !== 'claimed') throw new Error(`${pass} could not begin`);
    const { record } = claim;
    const counted = { ...record, reconciled: 5, notBegun: 1, unchanged: 8 };
    const end = {
      phase: 'ENDED' as const,
      endedAt: after(60).toISOString(),
      changed: 2,
      failed: 3,
      unfinished: 4,
      lost: 6,
    };
    await finishPart(api.ledger, record, ended ? { ...counted, ...end } : counted, after(60));
  }

  const drifted = (index: number) => ({
    tenantUuid: uuidOf(index),
    replicationSequence: 3,
    run: 2,
    workspaceIdentifier: 'retail',
    projectIdentifier: `shop-${index}`,
    accountId: null,
    before: 'VENDED',
    outcome: 'VENDED',
    endedAt: after(30).toISOString(),
    error: null,
    changes: [{ state: 'TagAccount', what: 'tag env', from: 'dev', to: 'prod' }],
    changesLeftOut: 0,
  });

  async function plant(pass: string, index: number): Promise<void> {
    await api.ledger.commit([{ key: driftKey(pass, uuidOf(index)), expectedVersion: 0, data: drifted(index) }]);
  }

  it('answers with the night that is named: 200', async () => {
    await night('2026-11-24', { ended: true });
    await plant('2026-11-24', 1);
    const answer = await get('2026-11-24');
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    expect(reportOf(answer)).toEqual({
      pass: '2026-11-24',
      status: 'ENDED',
      startedAt: after(0).toISOString(),
      endedAt: after(60).toISOString(),
      reconciled: 5,
      notBegun: 1,
      unchanged: 8,
      changed: 2,
      failed: 3,
      unfinished: 4,
      lost: 6,
      lostAccounts: [],
      drifts: [drifted(1)],
      cursor: null,
    });
  });

  it.each(['latest', null])('answers with the newest night for %p, and says that it is not over', async (pass) => {
    await night('2026-11-23', { ended: true });
    await night('2026-11-24', { ended: false });
    expect(reportOf(await get(pass))).toMatchObject({
      pass: '2026-11-24',
      status: 'RUNNING',
      endedAt: null,
      reconciled: 5,
      changed: null,
      failed: null,
      unfinished: null,
    });
  });

  it('gives pages that join by their cursor', async () => {
    await night('2026-11-24', { ended: true });
    for (const index of [1, 2, 3]) await plant('2026-11-24', index);
    const first = reportOf(await get('latest', { limit: '2' }));
    expect(first.cursor).toBe(uuidOf(2));
    const second = reportOf(await get('latest', { limit: '2', cursor: first.cursor ?? '' }));
    expect([...first.drifts, ...second.drifts].map(({ tenantUuid }) => tenantUuid)).toEqual([1, 2, 3].map(uuidOf));
    expect(second.cursor).toBeNull();
  });

  it('names tenants whose accounts are lost, up to a limit', async () => {
    await night('2026-11-24', { ended: true });
    for (let index = 0; index <= MAX_LOST_SHOWN; index += 1) {
      const lost = {
        tenantUuid: uuidOf(index),
        workspaceIdentifier: 'retail',
        projectIdentifier: 'shop',
        accountId: '444444444444',
        since: after(0).toISOString(),
      };
      await recordLostAccount(api.ledger, '2026-11-24', lost, after(10));
    }
    const { lostAccounts } = reportOf(await get('latest'));
    expect(lostAccounts).toHaveLength(MAX_LOST_SHOWN);
    expect(lostAccounts[0]).toMatchObject({ tenantUuid: uuidOf(0), accountId: '444444444444' });
  });

  it('says what would make a night where there was none: 404', async () => {
    const answer = await get('latest');
    expectProblem(answer, 404, 'not-found');
    expect(detailOf(answer)).toContain('nightlyReconciliation in platform.json');
  });

  it('says how reports are named where there is none of that name: 404', async () => {
    const answer = await get('yesterday');
    expectProblem(answer, 404, 'not-found');
    expect(detailOf(answer)).toContain("no drift report 'yesterday'");
    expect(detailOf(answer)).toContain('2026-11-25');
  });

  it.each(['last', 'x7d0c1b1e-0000-4000-8000-000000000001', '7d0c1b1e-0000-4000-8000-000000000001x'])(
    'refuses the cursor %p and a limit of 0 with it: 400',
    async (cursor) => {
      const answer = await get('latest', { limit: '0', cursor });
      expectProblem(answer, 400, 'invalid-request', 'limit', 'cursor');
      expect(JSON.stringify(answer.body)).toContain('Leave it out to begin with the first');
    },
  );
});
