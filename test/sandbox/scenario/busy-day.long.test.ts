import { SummarySchema } from '../../../functions/api/operator-responses';
import { VendingDetailSchema, VendingListSchema } from '../../../functions/api/responses';
import type { VendingStatus } from '../../../functions/domain/records/ledger-records';
import type { EmbeddedApplication } from '../../../sandbox/runtime/embedded/embedded-application';
import { busyApplication } from '../../../console/browser/busy-application';
import { BUSY_TENANTS } from '../../../sandbox/scenario/busy-tenants';

describe('the busy day', () => {
  let application: EmbeddedApplication;

  beforeAll(async () => {
    application = await busyApplication();
  });

  const read = async (path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    (await application.callApi({ method: 'GET', path, query })).body;

  it('has forty tenants, in every status that lasts', async () => {
    const { vendings } = VendingListSchema.parse(await read('/vendings', { limit: '100' }));
    const { statuses } = SummarySchema.parse(await read('/summary'));
    const there = statuses.filter(({ count }) => count > 0).map(({ status }) => status);
    const lasting: readonly VendingStatus[] = [
      'QUEUED',
      'RUNNING',
      'AWAITING_APPROVAL',
      'VENDED',
      'FAILED',
      'REJECTED',
      'SUPERSEDED',
      'CLOSED',
      'SHADOWED',
    ];

    expect(BUSY_TENANTS).toHaveLength(40);
    expect(new Set(vendings.map(({ tenantUuid }) => tenantUuid)).size).toBe(40);
    expect(there).toEqual(expect.arrayContaining([...lasting]));
  });

  it('has failures with different causes, each with its remedy', async () => {
    const { vendings } = VendingListSchema.parse(await read('/vendings', { status: 'FAILED' }));
    const errors = await Promise.all(
      vendings.map(
        async ({ tenantUuid }) => VendingDetailSchema.parse(await read(`/vendings/${tenantUuid}`)).lastError,
      ),
    );

    expect(new Set(errors.map((error) => error?.remedy)).size).toBeGreaterThanOrEqual(3);
    expect(errors.every((error) => error !== null && error.remedy !== null)).toBe(true);
  });

  it('has a lane that is full, a night that has put something right, a preflight, and a month of costs', async () => {
    const { reconciliation, preflight } = SummarySchema.parse(await read('/summary'));
    const { lanes } = (await read('/lanes')) as { lanes: { name: string; waiting: number }[] };
    const month = new Date().toISOString().slice(0, 7);
    const before = new Date(Date.now() - 27 * 86_400_000).toISOString().slice(0, 7);
    const usages = (await Promise.all([read(`/usage-reports/${month}`), read(`/usage-reports/${before}`)])) as {
      reports?: unknown[];
    }[];

    expect(lanes.find(({ name }) => name === 'account-creation')?.waiting).toBeGreaterThan(0);
    expect(preflight?.status).toBe('PASSED');
    expect(await read(`/drift-reports/${reconciliation?.pass ?? ''}`)).toMatchObject({
      status: 'ENDED',
      changed: expect.any(Number) as number,
    });
    expect(usages.some(({ reports = [] }) => reports.length > 0)).toBe(true);
  });
});
