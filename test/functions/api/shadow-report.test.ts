import type { ShadowReport } from '../../../functions/api/shadow-responses';
import type { ShadowRecord } from '../../../functions/domain/records/ledger-records';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { after } from '../../fakes/vending';
import { referenceTo } from '../ledger/ledger-calls';
import { type ApiAnswer, ApiWorld, expectProblem } from './api-world';

const CHANGE = { state: 'TagAccount', what: 'tag meshstack_env', from: 'dev', to: 'prod' };
const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-0000000000${index + 10}`;

describe('GET /shadow-report', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const get = (query: Record<string, string> | null = null): Promise<ApiAnswer> =>
    api.call({ httpMethod: 'GET', resource: '/shadow-report', queryStringParameters: query });
  const reportOf = ({ body }: ApiAnswer): ShadowReport => body as ShadowReport;

  /** A tenant whose run has ended in shadow mode. */
  async function shadowed(index: number, found: Partial<ShadowRecord> = {}): Promise<void> {
    await api.post(null, ['tenant.metadata.uuid', uuidOf(index)]);
    const shadow = {
      landingZone: 'aws-dev',
      accountId: '444444444444',
      changes: [CHANGE],
      refusal: null,
      ...found,
    };
    await closeRun(api.ledger, referenceTo(17, 1, uuidOf(index)), { status: 'SHADOWED', shadow }, after(index));
  }

  it('tells what the acting run would change, and which run has found it: 200', async () => {
    await shadowed(1);
    const answer = await get();
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    expect(reportOf(answer)).toEqual({
      tenants: [
        {
          tenantUuid: uuidOf(1),
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          replicationSequence: 17,
          run: 1,
          workflow: 'vend-account',
          at: after(1).toISOString(),
          landingZone: 'aws-dev',
          accountId: '444444444444',
          verdict: 'CHANGE',
          changes: [CHANGE],
          changesLeftOut: 0,
          refusal: null,
        },
      ],
      cursor: null,
    });
  });

  it('says which are the same, would be made, or would be refused; the newest first', async () => {
    const refusal = { state: 'CheckAccess', message: 'The role could not be assumed.', remedy: 'Make it.' };
    await shadowed(1, { changes: [] });
    await shadowed(2, { changes: null, accountId: null });
    await shadowed(3, { refusal });
    const { tenants } = reportOf(await get());
    expect(tenants.map(({ verdict }) => verdict)).toEqual(['REFUSED', 'CREATE', 'SAME']);
  });

  it('is told of the tenant and of its run as well', async () => {
    await shadowed(1);
    const shadow = { landingZone: 'aws-dev', verdict: 'CHANGE', changes: [CHANGE], changesLeftOut: 0 };
    expect(await api.get(uuidOf(1))).toMatchObject({ status: 200, body: { shadow } });
    const pathParameters = { tenantUuid: uuidOf(1), run: '17-1' };
    const run = { httpMethod: 'GET', resource: '/vendings/{tenantUuid}/runs/{run}', pathParameters };
    expect(await api.call(run)).toMatchObject({ status: 200, body: { shadow } });
  });

  it('leaves out those of other landing zones, where one is named', async () => {
    await shadowed(1);
    await shadowed(2, { landingZone: 'aws-prod' });
    const { tenants } = reportOf(await get({ landingZone: 'aws-prod' }));
    expect(tenants.map(({ tenantUuid }) => tenantUuid)).toEqual([uuidOf(2)]);
  });

  it('leaves out tenants that have not been shadowed', async () => {
    await api.post(null, ['tenant.metadata.uuid', uuidOf(1)]);
    expect(reportOf(await get())).toEqual({ tenants: [], cursor: null });
  });

  it('shortens what does not fit into an answer, and says by how much', async () => {
    const long = (index: number) => ({ ...CHANGE, to: `${index} ${'x'.repeat(1_000)}` });
    const changes = Array.from({ length: 60 }, (_, index) => long(index));
    await shadowed(1, { changes });
    const [row] = reportOf(await get()).tenants;
    expect(row?.changes?.length).toBeGreaterThan(0);
    expect(JSON.stringify(row).length).toBeLessThan(33 * 1024);
    expect((row?.changes?.length ?? 0) + (row?.changesLeftOut ?? 0)).toBe(60);
  });

  it('gives pages that join by their cursor', async () => {
    for (const index of [1, 2, 3]) await shadowed(index);
    const first = reportOf(await get({ limit: '2' }));
    const second = reportOf(await get({ limit: '2', cursor: first.cursor ?? '' }));
    const joined = [...first.tenants, ...second.tenants].map(({ tenantUuid }) => tenantUuid);
    expect(joined).toEqual([3, 2, 1].map(uuidOf));
    expect(second.cursor).toBeNull();
  });

  it('refuses a limit and a cursor that are none: 400', async () => {
    expectProblem(await get({ limit: '0' }), 400, 'invalid-request', 'limit');
    const answer = await get({ cursor: 'somewhere' });
    expectProblem(answer, 400, 'invalid-request', 'cursor');
    expect(JSON.stringify(answer.body)).toContain('Leave it out to begin with the newest.');
  });
});
