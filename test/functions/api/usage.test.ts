import type { Answer } from '../../../functions/api/answer';
import { getTenantUsage, getUsage } from '../../../functions/api/get-usage';
import { MonthUsageSchema, ProblemSchema, TenantUsageSchema } from '../../../functions/api/responses';
import { defaultMetering } from '../../../functions/domain/configuration/metering-configuration';
import { claimKey, usageKey } from '../../../functions/ledger/base/keys';
import { keepContent, readContent, writeUsage } from '../../../functions/ledger/metering/usage-months';
import { UsageRecordSchema } from '../../../functions/metering/domain/collected-month';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { collectCosts } from '../../../functions/metering/collect-costs';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { FakeCostReader } from '../../fakes/fake-cost-reader';
import { RecordingLog, RecordingOutcomes } from '../../fakes/recording-edges';
import { account, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';
import { desiredStateJson } from '../domain/examples';
import { accept, overwrite, overwriteTenant } from '../ledger/ledger-calls';

const ACCOUNT = '444455556666';
const STRANGE = '555566667777';

/** November is collected; one account is the tenant's, one is nobody's. */
async function collected(): Promise<LedgerStore> {
  const ledger = memoryLedgerStore();
  await accept(ledger, 1);
  await ledger.commit([{ key: claimKey(`ACCOUNT#${ACCOUNT}`), expectedVersion: 0, data: { tenantUuid: TENANT } }]);
  const reader = new FakeCostReader();
  reader.costsOf.set('2026-11', [
    [ACCOUNT, 'AWS Lambda', '10.005'],
    [ACCOUNT, 'Refunds, "late"', '-1.5'],
    [STRANGE, '=HYPERLINK(1)', '3'],
    [STRANGE, "-2+3+cmd|' /C calc'!A0", '0'],
  ]);
  const ports = { outcomes: new RecordingOutcomes(), log: new RecordingLog(), metering: defaultMetering() };
  await collectCosts({ reader, ledger, now: () => NOW, ...ports }, { month: '2026-11' });
  return ledger;
}

interface Call {
  readonly month?: string;
  readonly tenantUuid?: string;
  readonly format?: string;
  readonly accept?: string;
  readonly page?: Readonly<Record<string, string>>;
}

async function call(
  ledger: LedgerStore,
  { month = '2026-11', tenantUuid, format, accept = '*/*', page = {} }: Call,
): Promise<Answer> {
  const request = {
    method: 'GET',
    resource: '',
    pathParameters: { month, tenantUuid },
    query: { ...(format === undefined ? {} : { format }), ...page },
    body: null,
    accept,
    caller: null,
  };
  return tenantUuid === undefined ? getUsage(ledger, NOW, request) : getTenantUsage(ledger, NOW, request);
}

describe('GET /usage-reports/{month}', () => {
  it('answers the reports of all accounts, and what collecting them has cost', async () => {
    const { statusCode, body } = await call(await collected(), {});

    expect(statusCode).toBe(200);
    expect(MonthUsageSchema.parse(JSON.parse(body))).toMatchObject({
      month: '2026-11',
      state: 'OPEN',
      invoiceTotal: '11.505',
      reports: [
        { tenantUuid: TENANT, accountId: ACCOUNT, total: '8.51', version: 1 },
        { tenantUuid: null, accountId: STRANGE, total: '3.00' },
      ],
      collection: { requests: 1, requestCost: '0.01' },
    });
  });

  it('answers the accounts in pages that join, where a limit is given; CSV is whole', async () => {
    const ledger = await collected();
    const reportsOf = async (page: Readonly<Record<string, string>>) =>
      MonthUsageSchema.parse(JSON.parse((await call(ledger, { page })).body));
    const first = await reportsOf({ limit: '1' });
    const second = await reportsOf({ limit: '1', cursor: first.cursor ?? '' });

    expect([first, second].map(({ reports }) => reports.map(({ accountId }) => accountId))).toEqual([
      [ACCOUNT],
      [STRANGE],
    ]);
    expect([first.cursor, second.cursor, second.invoiceTotal]).toEqual([ACCOUNT, null, '11.505']);
    expect((await call(ledger, { format: 'csv', page: { limit: '1' } })).body).toContain(STRANGE);
    const whole = await reportsOf({ limit: '2' });
    expect([whole.reports.length, whole.cursor]).toEqual([2, null]);
    expect((await reportsOf({ limit: '100' })).reports).toHaveLength(2);
    expect((await call(ledger, { page: { limit: '101' } })).statusCode).toBe(400);
    expect((await call(ledger, { page: { limit: '0' } })).statusCode).toBe(400);
  });

  it.each([
    { what: 'by format', asked: { format: 'csv' } },
    { what: 'by Accept', asked: { accept: 'text/csv' } },
  ])('answers CSV, asked $what', async ({ asked }) => {
    const { headers, body } = await call(await collected(), asked);

    expect(headers['Content-Type']).toBe('text/csv; charset=utf-8');
    expect(body.split('\r\n')).toEqual([
      'month,currency,tenantUuid,accountId,state,version,type,service,subscriptionId,amount,workspaceIdentifier,projectIdentifier,accountName,costCentre',
      `2026-11,USD,${TENANT},${ACCOUNT},OPEN,1,USAGE,AWS Lambda,,10.005,retail,webshop-dev,,`,
      `2026-11,USD,${TENANT},${ACCOUNT},OPEN,1,USAGE,"Refunds, ""late""",,-1.5,retail,webshop-dev,,`,
      `2026-11,USD,,${STRANGE},OPEN,1,USAGE,'-2+3+cmd|' /C calc'!A0,,0,,,,`,
      `2026-11,USD,,${STRANGE},OPEN,1,USAGE,'=HYPERLINK(1),,3,,,,`,
      '',
    ]);
  });

  it.each([
    { accept: 'application/json, text/csv' },
    { accept: 'text/csv, */*' },
    { accept: 'text/csv', format: 'json' },
  ])('answers JSON to $accept $format', async (asked) => {
    expect((await call(await collected(), asked)).headers['Content-Type']).toBe('application/json');
  });
});

describe('usage of a tenant that is known', () => {
  it('has the names of its account and of who pays, and who has bought a subscription', async () => {
    const ledger = memoryLedgerStore();
    await accept(ledger, 1, { desiredState: desiredStateJson });
    await overwriteTenant(ledger, { account: { ...account, id: ACCOUNT, name: 'retail, shop' } });
    await overwrite(ledger, claimKey(`ACCOUNT#${ACCOUNT}`), { tenantUuid: TENANT });
    const reader = new FakeCostReader();
    reader.costsOf.set('2026-11', [[ACCOUNT, 'AWS Lambda', '1']]);
    reader.reservedServiceNames = ['Amazon Redshift'];
    reader.reservationGroups = [
      {
        Value: 'ri-1',
        Attributes: { accountId: ACCOUNT, startDateTime: '2026-11-01T00:00:00Z', upfrontFee: '12' },
        Utilization: { AmortizedUpfrontFee: '1' },
      },
    ];
    const metering = { ...defaultMetering(), reservedInstanceFairChargeback: true };
    const ports = { reader, ledger, outcomes: new RecordingOutcomes(), log: new RecordingLog(), metering };
    await collectCosts({ ...ports, now: () => NOW }, { month: '2026-11' });
    const later = new Date(NOW.getTime() + 3_600_000);
    await collectCosts({ ...ports, now: () => later }, { month: '2026-11' });

    const names = 'retail,webshop-dev,"retail, shop",retail-2026';
    expect((await call(ledger, { format: 'csv' })).body.split('\r\n').slice(1)).toEqual([
      `2026-11,USD,${TENANT},${ACCOUNT},OPEN,1,USAGE,AWS Lambda,,1,${names}`,
      `2026-11,USD,${TENANT},${ACCOUNT},OPEN,1,UPFRONT_FEE,Amazon Redshift,ri-1,12,${names}`,
      `2026-11,USD,${TENANT},${ACCOUNT},OPEN,1,AMORTIZED_UPFRONT_DISCOUNT,Amazon Redshift,ri-1,-1,${names}`,
      '',
    ]);
    expect(JSON.parse((await call(ledger, {})).body)).toMatchObject({
      generatedAt: NOW.toISOString(),
      collection: { lastCollectedAt: later.toISOString(), requests: 4, requestCost: '0.04' },
    });
  });

  it('is refused with all that is to be changed', async () => {
    const { body } = await call(await collected(), { month: 'x', format: 'pdf' });
    expect(ProblemSchema.parse(JSON.parse(body)).detail).toBe('Change month and format.');
  });
});

describe('GET /tenants/{tenantUuid}/usage-reports/{month}', () => {
  it('answers the reports of the tenant alone', async () => {
    const { body } = await call(await collected(), { tenantUuid: TENANT.toUpperCase() });

    const usage = TenantUsageSchema.parse(JSON.parse(body));
    expect(usage).toMatchObject({ tenantUuid: TENANT, total: '8.51', reports: [{ accountId: ACCOUNT }] });
    expect(body).not.toContain(STRANGE);
  });
});

describe('the reports of many accounts', () => {
  const COUNT = 250;
  const accountOf = (index: number): string => String(700_000_000_000 + index);
  const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

  /** An account for each tenant, and a second one for the first tenant. */
  async function many(count: number): Promise<LedgerStore> {
    const ledger = memoryLedgerStore();
    await accept(ledger, 1);
    const costs: [string, string, string][] = [];
    for (let index = 1; index <= count; index += 1) {
      const tenantUuid = index === count ? uuidOf(1) : uuidOf(index);
      await ledger.commit([{ key: claimKey(`ACCOUNT#${accountOf(index)}`), expectedVersion: 0, data: { tenantUuid } }]);
      costs.push([accountOf(index), 'AWS Lambda', `${index}.5`]);
    }
    const reader = new FakeCostReader();
    // As AWS may answer: in no order.
    reader.costsOf.set('2026-11', costs.toReversed());
    const ports = { outcomes: new RecordingOutcomes(), log: new RecordingLog(), metering: defaultMetering() };
    await collectCosts({ reader, ledger, now: () => NOW, ...ports }, { month: '2026-11' });
    return ledger;
  }

  const pagesOf = async (ledger: LedgerStore, limit: number): Promise<readonly string[]> => {
    const accounts: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = { limit: String(limit), ...(cursor === '' ? {} : { cursor }) };
      const usage = MonthUsageSchema.parse(JSON.parse((await call(ledger, { page })).body));
      expect(usage.reports.length).toBeLessThanOrEqual(limit);
      accounts.push(...usage.reports.map(({ accountId }) => accountId));
      cursor = usage.cursor;
    }
    return accounts;
  };

  /** The characters that a call reads of the ledger. */
  async function readBy(ledger: LedgerStore, asked: Call): Promise<number> {
    let characters = 0;
    const counting: LedgerStore = {
      ...ledger,
      read: async (keys) => {
        const items = await ledger.read(keys);
        characters += JSON.stringify(items).length;
        return items;
      },
    };
    expect((await call(counting, asked)).statusCode).toBe(200);
    return characters;
  }

  it('come page by page, each account once', async () => {
    const ledger = await many(COUNT);
    const all = Array.from({ length: COUNT }, (_, index) => accountOf(index + 1));

    expect(await pagesOf(ledger, 40)).toEqual(all);
    expect(await pagesOf(ledger, 100)).toEqual(all);
  });

  it('of a tenant are those of all its accounts', async () => {
    const usage = TenantUsageSchema.parse(JSON.parse((await call(await many(COUNT), { tenantUuid: TENANT })).body));

    expect(TENANT).toBe(uuidOf(1));
    expect(usage).toMatchObject({ currency: 'USD', total: '252.00' });
    expect(usage.reports.map(({ accountId }) => accountId).toSorted()).toEqual([accountOf(1), accountOf(COUNT)]);
  });

  it.each([{ tenantUuid: TENANT }, { page: { limit: '5' } }, { page: { limit: '5', cursor: accountOf(180) } }])(
    'cost a call no more when there are ten times as many: %j',
    async (asked) => {
      const [few, more] = [await readBy(await many(COUNT), asked), await readBy(await many(10 * COUNT), asked)];

      expect(more).toBeLessThan(2 * few);
    },
  );

  it('are those of the newest document, where an earlier release has replaced it and left the shares', async () => {
    const ledger = await many(COUNT);
    const [item] = await ledger.read([usageKey('2026-11')]);
    const record = UsageRecordSchema.parse(item?.data);
    const other = await many(120);
    const [otherItem] = await other.read([usageKey('2026-11')]);
    const { document } = UsageRecordSchema.parse(otherItem?.data);
    const text = (await readContent(other, '2026-11', document)) ?? '';
    await keepContent(ledger, '2026-11', document.hash, text);
    await writeUsage(ledger, { ...record, document, generatedAt: '2026-11-30T00:00:00.000Z' }, record);

    expect(await pagesOf(ledger, 50)).toHaveLength(120);
    const usage = TenantUsageSchema.parse(JSON.parse((await call(ledger, { tenantUuid: TENANT })).body));
    expect(usage.reports.map(({ accountId }) => accountId).toSorted()).toEqual([accountOf(1), accountOf(120)]);
  });
});

describe('usage reports that were not collected', () => {
  // Cost Explorer keeps the current month and the thirteen before it.
  it.each([
    { month: '2025-09', says: 'It cannot be collected any more: Cost Explorer keeps costs back to 2025-10.' },
    { month: '2025-10', says: 'calling vending-CollectCosts with { "month": "2025-10" }, back to 2025-10.' },
    { month: '2025-11', says: 'calling vending-CollectCosts with { "month": "2025-11" }, back to 2025-10.' },
    { month: '2026-11', says: 'Costs are collected once a day' },
  ])('are refused with what can be done about it: $month', async ({ month, says }) => {
    const ledger = memoryLedgerStore();
    await accept(ledger, 1);
    for (const tenantUuid of [{}, { tenantUuid: TENANT }]) {
      const { statusCode, body } = await call(ledger, { month, ...tenantUuid });
      expect(statusCode).toBe(404);
      expect(ProblemSchema.parse(JSON.parse(body)).detail).toContain(says);
    }
  });
});

describe('usage reports are refused', () => {
  it.each([
    { what: 'for a month that is none', asked: { month: '2026-13' }, status: 400, message: "'2026-13' is no month" },
    { what: 'for a month that has not begun', asked: { month: '2026-12' }, status: 400, message: 'has not begun yet' },
    { what: 'in an unknown format', asked: { format: 'pdf' }, status: 400, message: "'pdf' is no format" },
    {
      what: 'for a month that was not collected',
      asked: { month: '2026-01' },
      status: 404,
      message: 'There are no usage reports of 2026-01',
    },
    {
      what: 'for a tenant that is unknown',
      asked: { tenantUuid: OTHER_TENANT },
      status: 404,
      message: 'There is no tenant',
    },
    {
      what: 'for a month of a tenant that is none',
      asked: { tenantUuid: TENANT, month: 'x' },
      status: 400,
      message: "'x' is no month",
    },
    {
      what: 'for a month of a tenant that was not collected',
      asked: { tenantUuid: TENANT, month: '2026-01' },
      status: 404,
      message: 'There are no usage reports',
    },
  ])('$what', async ({ asked, status, message }) => {
    const { statusCode, body } = await call(await collected(), asked);

    expect(statusCode).toBe(status);
    const { detail, errors } = ProblemSchema.parse(JSON.parse(body));
    expect([detail, ...errors.map((error) => error.message)].join(' ')).toContain(message);
  });
});
