import { gunzipSync } from 'node:zlib';

import { TransientError } from '../../../functions/domain/base/errors';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { defaultMetering } from '../../../functions/domain/configuration/metering-configuration';
import { claimKey, contentKey, desiredStateKey, tenantKey } from '../../../functions/ledger/base/keys';
import { readContent, readRequests, readUsage } from '../../../functions/ledger/metering/usage-months';
import { readDesiredState } from '../../../functions/ledger/runs/pin-plan';
import { collectCosts } from '../../../functions/metering/collect-costs';
import { RequestRecordSchema, UsageRecordSchema } from '../../../functions/metering/domain/collected-month';
import type { AnswerPage, CostAnswers } from '../../../functions/metering/domain/cost-answers';
import { monthsLater } from '../../../functions/metering/domain/month';
import { compose } from '../../../functions/metering/handler';
import { readReportsAfter, readTenantReports } from '../../../functions/metering/usage-documents';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import { FakeCostReader } from '../../fakes/fake-cost-reader';
import { RecordingLog, RecordingMetrics, RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { account, tenant } from '../../fakes/vending';
import { OrganizationWorld } from '../aws/organization-world';
import { configuration } from '../domain/examples';
import { overwrite } from '../ledger/ledger-calls';
import { ACCOUNT, documentOf, OTHER, own, TENANT, world } from './collected-world';

describe('collecting costs', () => {
  it('asks once for both months and all accounts, and reports them open', async () => {
    const ports = world();

    const collection = await collectCosts(ports, { 'detail-type': 'Scheduled Event' });

    expect(ports.reader.asked).toEqual(['costs 2026-10-01 2026-12-01 NONE']);
    expect(collection).toEqual({
      months: [
        { month: '2026-10', state: 'OPEN', changed: true, requests: 0 },
        { month: '2026-11', state: 'OPEN', changed: true, requests: 0 },
      ],
      requests: 1,
      requestCost: '0.01',
    });
    expect(await documentOf(ports)).toMatchObject({
      month: '2026-10',
      invoiceTotal: '10.005',
      reports: [{ tenantUuid: null, accountId: ACCOUNT, state: 'OPEN', version: 1, total: '10.01' }],
    });
    expect((await documentOf(ports, '2026-11')).reports).toHaveLength(1);
  });

  it('writes nothing when it is run again on the same answers, but what asking has cost', async () => {
    const ports = world();
    await collectCosts(ports, {});
    ports.commits.length = 0;

    await collectCosts(ports, {});

    expect(new Set(ports.commits.map(({ key }) => key.sort))).toEqual(new Set(['REQUESTS']));
    expect(await readRequests(ports.ledger, '2026-11')).toMatchObject({ requests: 2 });
    expect(ports.log.entries).toMatchObject(
      ['2026-10 OPEN; 2026-11 OPEN', '2026-10 OPEN, unchanged; 2026-11 OPEN, unchanged'].map((months) => ({
        keys: { months, requests: 1, requestCost: '0.01' },
      })),
    );
  });

  it('gives accounts to their tenants, with tags and payment method as they were when the month ended', async () => {
    const ports = world();
    await own(ports, '2026-10-20T00:00:00.000Z', 1, 'old');
    await own(ports, '2026-11-01T00:00:00.000Z', 2, 'new');

    await collectCosts(ports, {});

    expect(await documentOf(ports)).toMatchObject({
      reports: [
        {
          tenantUuid: TENANT,
          tags: { costCenter: expect.any(String) as string },
          paymentMethod: { identifier: 'retail-old' },
        },
      ],
    });
    expect((await documentOf(ports, '2026-11')).reports[0]?.paymentMethod?.identifier).toBe('retail-new');
  });

  it('asks for subscriptions of whole days where they are charged fairly', async () => {
    const ports = world({ reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true });
    ports.reader.reservedServiceNames = ['Amazon Redshift'];
    ports.reader.reservationGroups = [
      {
        Value: 'ri-1',
        Attributes: { accountId: OTHER, startDateTime: '2026-10-01T00:00:00Z', upfrontFee: '1200' },
        Utilization: { AmortizedUpfrontFee: '101.92' },
      },
    ];

    const { requests } = await collectCosts(ports, { month: '2026-10' });

    expect(ports.reader.asked[0]).toBe('costs 2026-10-01 2026-11-01 NONE');
    expect(ports.reader.asked.slice(1)).toEqual([
      'reservations 2026-10-01 2026-11-01 Amazon Elastic Compute Cloud - Compute',
      'reservations 2026-10-01 2026-11-01 Amazon Relational Database Service',
      'reservations 2026-10-01 2026-11-01 Amazon ElastiCache',
      'reservations 2026-10-01 2026-11-01 Amazon Redshift',
      'reservations 2026-10-01 2026-11-01 Amazon Elasticsearch Service',
      'plans 2026-10-01 2026-11-01',
    ]);
    expect(requests).toBe(2);
    expect((await documentOf(ports)).reports.map(({ accountId, total }) => [accountId, total])).toEqual([
      [ACCOUNT, '10.01'],
      [OTHER, '1098.08'],
    ]);
  });

  it('keeps the answers as they came, by the names of the files that usage-report reads', async () => {
    const ports = world({ reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true });
    ports.reader.reservedServiceNames = ['Amazon Redshift'];
    const reader = new FakeCostReader();
    reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '10.005']]);
    // Each query has two pages.
    ports.reader.costs = async (...asked) => [...(await reader.costs(...asked)), { ResultsByTime: [] }];
    const plans = { SavingsPlansUtilizationDetails: [] };
    ports.reader.savingsPlans = () => Promise.resolve([plans, plans]);

    await collectCosts(ports, { month: '2026-10' });

    const record = await readUsage(ports.ledger, '2026-10');
    const text = record === undefined ? '' : ((await readContent(ports.ledger, '2026-10', record.answers)) ?? '');
    const kept = JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as CostAnswers;
    const named = (pages: readonly AnswerPage[]) => pages.map(({ name, query }) => [name, query]);
    expect(named(kept.costAndUsage)).toEqual([
      ['GetCostAndUsage-1.json', ''],
      ['GetCostAndUsage-2.json', ''],
    ]);
    expect(named(kept.reservationUtilization)).toEqual([
      ['GetReservationUtilization-Amazon Redshift-1.json', 'Amazon Redshift'],
    ]);
    expect(named(kept.savingsPlansUtilizationDetails)).toEqual([
      ['GetSavingsPlansUtilizationDetails-1.json', ''],
      ['GetSavingsPlansUtilizationDetails-2.json', ''],
    ]);
    expect(kept.costAndUsage[0]?.content).toMatchObject({ ResultsByTime: [{ Estimated: false }] });
  });

  it('works on the first of a month, of which there is no whole day yet', async () => {
    const ports = world({ reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true });
    ports.at = '2026-11-01T00:05:00.000Z';

    await collectCosts(ports, {});

    expect(ports.reader.asked.filter((one) => one.includes('2026-11-01 2026-12'))).toEqual([]);
    expect(await documentOf(ports, '2026-11')).toMatchObject({ invoiceTotal: '1' });
  });

  it.each([
    { at: '2026-11-02T06:17:00.000Z', asked: [] },
    { at: '2026-11-03T06:17:00.000Z', asked: ['plans 2026-11-01 2026-11-02'] },
    { at: '2026-11-30T06:17:00.000Z', asked: ['plans 2026-11-01 2026-11-29'] },
  ])('asks on $at for days whose end lies before today', async ({ at, asked }) => {
    const ports = world({ savingsPlanFairChargeback: true });
    ports.at = at;

    await collectCosts(ports, {});

    expect(ports.reader.asked.filter((one) => one.startsWith('plans 2026-11'))).toEqual(asked);
  });

  it('waits for the next day where AWS knows nothing of the month that has just begun', async () => {
    const ports = world();
    ports.at = '2026-11-01T00:05:00.000Z';
    ports.reader.costsOf.delete('2026-11');

    const { months } = await collectCosts(ports, {});

    expect(months.map(({ month }) => month)).toEqual(['2026-10']);
  });

  it.each([
    { what: 'that was asked for by name', input: { month: '2026-11' }, untold: '2026-11', says: 'no month is in it' },
    { what: 'that is over', input: {}, untold: '2026-10', says: "'2026-10' is not in the pages" },
  ])('takes silence for no answer of a month $what', async ({ input, untold, says }) => {
    const ports = world();
    ports.reader.costsOf.delete(untold);

    await expect(collectCosts(ports, input)).rejects.toMatchObject({
      faults: [{ message: expect.stringContaining(says) as string }],
    });
  });

  it('refuses an answer that it cannot read', async () => {
    const ports = world();
    ports.reader.costs = () => Promise.resolve([{}]);

    await expect(collectCosts(ports, {})).rejects.toMatchObject({
      name: 'InvalidRequestError',
      faults: [
        { field: 'GetCostAndUsage-1.json: ResultsByTime', message: expect.stringContaining('is missing') as string },
      ],
    });
  });

  it('goes back to the oldest month that AWS keeps, and no further', async () => {
    const ports = world();
    for (let month = '2025-09'; month < '2026-10'; month = monthsLater(month, 1)) {
      ports.reader.costsOf.set(month, [[ACCOUNT, 'AWS Lambda', '1']]);
      ports.reader.estimated.add(month);
      ports.at = `${month}-20T06:17:00.000Z`;
      await collectCosts(ports, { month });
    }
    ports.reader.asked.length = 0;
    ports.at = '2026-11-02T06:17:00.000Z';

    const { months } = await collectCosts(ports, {});

    expect(ports.reader.asked).toEqual(['costs 2025-10-01 2026-12-01 NONE']);
    expect(months).toHaveLength(14);
  });

  it('asks for what before the last month has not become final, by the same query', async () => {
    const ports = world();
    for (const month of ['2026-08', '2026-09']) {
      ports.reader.costsOf.set(month, [[ACCOUNT, 'AWS Lambda', '1']]);
      ports.reader.estimated.add(month);
      ports.at = `${month}-20T06:17:00.000Z`;
      await collectCosts(ports, { month });
    }
    ports.reader.asked.length = 0;
    ports.reader.estimated.clear();
    ports.at = '2026-11-02T06:17:00.000Z';

    await collectCosts(ports, {});
    await collectCosts(ports, {});

    expect(ports.reader.asked).toEqual(['costs 2026-08-01 2026-12-01 NONE', 'costs 2026-10-01 2026-12-01 NONE']);
    expect(await readUsage(ports.ledger, '2026-08')).toMatchObject({ state: 'FINALIZED' });
  });

  it.each([
    { month: '2026-12', message: "'2026-12' has not begun yet" },
    { month: '2025-09', message: "'2025-09' is kept no longer by Cost Explorer, which goes back to 2025-10" },
    { month: 'last', message: "'last' is no month" },
    { month: '2025', message: "'2025' is no month" },
  ])('refuses $month', async ({ month, message }) => {
    await expect(collectCosts(world(), { month })).rejects.toMatchObject({
      faults: [{ field: 'month', message: expect.stringContaining(message) as string }],
    });
  });

  it('takes the oldest month that AWS keeps', async () => {
    const ports = world();
    ports.reader.costsOf.set('2025-10', [[ACCOUNT, 'AWS Lambda', '1']]);

    expect(await collectCosts(ports, { month: '2025-10' })).toMatchObject({ months: [{ month: '2025-10' }] });
  });
});

describe('a month', () => {
  it('is final six days after its end, and the bus hears of it once', async () => {
    const ports = world();
    ports.at = '2026-11-06T23:59:00.000Z';
    await collectCosts(ports, {});
    const open = await readUsage(ports.ledger, '2026-10');
    ports.at = '2026-11-07T00:00:00.000Z';
    await collectCosts(ports, {});
    await collectCosts(ports, {});

    expect(open).toMatchObject({ state: 'OPEN', finalizedAt: null });
    expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({
      state: 'FINALIZED',
      finalizedAt: '2026-11-07T00:00:00.000Z',
      announced: true,
    });
    expect(ports.outcomes.usageEvents).toEqual([
      {
        type: 'Usage Report Finalized',
        detail: {
          month: '2026-10',
          state: 'FINALIZED',
          currency: 'USD',
          invoiceTotal: '10.005',
          finalizedAt: '2026-11-07T00:00:00.000Z',
          reports: 1,
          updatedReports: 0,
        },
      },
    ]);
  });

  it('in which nothing has cost anything becomes final, too, and the bus hears of it', async () => {
    const ports = world();
    ports.reader.costsOf.set('2026-10', []);
    await collectCosts(ports, {});
    ports.at = '2026-11-07T00:00:00.000Z';
    await collectCosts(ports, {});

    expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({ state: 'FINALIZED', announced: true });
    expect(ports.outcomes.usageEvents).toMatchObject([{ detail: { month: '2026-10', reports: 0 } }]);
    const { months } = await collectCosts(ports, {});
    expect(months[0]).toEqual({ month: '2026-10', state: 'FINALIZED', changed: false, requests: 0 });
  });

  it('is called estimated as long as AWS says so, though its costs stay as they are', async () => {
    const ports = world();
    ports.reader.estimated.add('2026-10');
    await collectCosts(ports, {});
    ports.reader.estimated.clear();
    ports.at = '2026-11-03T06:17:00.000Z';
    await collectCosts(ports, {});

    expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({
      state: 'OPEN',
      estimated: false,
      generatedAt: '2026-11-03T06:17:00.000Z',
    });
  });

  it('is not final while AWS calls it estimated', async () => {
    const ports = world();
    ports.at = '2026-11-20T00:00:00.000Z';
    ports.reader.estimated.add('2026-10');
    await collectCosts(ports, {});

    expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({ state: 'OPEN', estimated: true });
  });

  it('that AWS changes later has new versions of the reports that changed, and keeps the others and the old ones', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    ports.reader.costsOf.set('2026-10', [
      [ACCOUNT, 'AWS Lambda', '10'],
      [OTHER, 'AWS Lambda', '5'],
    ]);
    await collectCosts(ports, {});
    const final = await readUsage(ports.ledger, '2026-10');
    ports.at = '2026-11-12T00:00:00.000Z';
    ports.reader.costsOf.set('2026-10', [
      [ACCOUNT, 'AWS Lambda', '9'],
      [OTHER, 'AWS Lambda', '5'],
    ]);
    await collectCosts(ports, {});

    expect(
      (await documentOf(ports)).reports.map(({ accountId, state, version, total }) => [
        accountId,
        state,
        version,
        total,
      ]),
    ).toEqual([
      [ACCOUNT, 'UPDATED', 2, '9.00'],
      [OTHER, 'FINALIZED', 1, '5.00'],
    ]);
    const updated = await readUsage(ports.ledger, '2026-10');
    expect(updated).toMatchObject({
      state: 'UPDATED',
      finalizedAt: '2026-11-08T00:00:00.000Z',
      superseded: [{ document: final?.document, at: '2026-11-12T00:00:00.000Z' }],
    });
    expect(ports.outcomes.usageEvents.map(({ detail }) => detail)).toMatchObject([
      { state: 'FINALIZED' },
      { state: 'UPDATED', updatedReports: 1 },
    ]);
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '8']]);
    await collectCosts(ports, {});
    const { superseded } = (await readUsage(ports.ledger, '2026-10')) ?? {};
    expect(superseded?.map(({ document }) => document)).toEqual([final?.document, updated?.document]);
  });

  it('stays as it was charged when the configuration changes', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(ports, {});
    const final = await readUsage(ports.ledger, '2026-10');
    const changed = {
      ...ports,
      metering: { ...defaultMetering(), filter: 'EXCLUDE_TAX', reservedInstanceFairChargeback: true },
    } as const;
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '8']]);
    await collectCosts(changed, {});

    expect(await readUsage(ports.ledger, '2026-10')).toEqual(final);
  });

  it('is charged by its rules when AWS changes it after that, and by the new ones as long as it is open', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(ports, {});
    const changed = { ...ports, metering: { ...defaultMetering(), savingsPlanFairChargeback: true } };
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '8']]);
    ports.reader.asked.length = 0;
    await collectCosts(changed, {});

    expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({
      state: 'UPDATED',
      rules: { savingsPlanFairChargeback: false },
    });
    expect(ports.reader.asked.slice(1)).toEqual(['plans 2026-11-01 2026-11-07']);
    ports.reader.costsOf.set('2026-11', [[ACCOUNT, 'AWS Lambda', '8']]);
    await collectCosts(changed, {});
    expect(await readUsage(ports.ledger, '2026-11')).toMatchObject({ rules: { savingsPlanFairChargeback: true } });
  });

  it('of which AWS takes back the costs of an account has an empty report of it', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    ports.reader.costsOf.set('2026-10', [
      [ACCOUNT, 'AWS Lambda', '10'],
      [OTHER, 'AWS Lambda', '5'],
    ]);
    await collectCosts(ports, {});
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '10']]);
    await collectCosts(ports, {});

    const { reports } = await documentOf(ports);
    expect(reports).toMatchObject([
      { accountId: ACCOUNT, state: 'FINALIZED', version: 1 },
      { accountId: OTHER, state: 'UPDATED', version: 2, lineItems: [], total: '0.00', tenantUuid: null },
    ]);
    expect(reports).toHaveLength(2);
  });

  it('of an open month forgets an account that has cost nothing after all', async () => {
    const ports = world();
    ports.reader.costsOf.set('2026-10', [[OTHER, 'AWS Lambda', '5']]);
    await collectCosts(ports, {});
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '10']]);
    await collectCosts(ports, {});

    expect((await documentOf(ports)).reports.map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
  });
});

describe('the details of a tenant', () => {
  const wanted = async ({ ledger }: ReturnType<typeof world>): Promise<object> => {
    const desiredState = await readDesiredState(ledger, { tenantUuid: TENANT, replicationSequence: 1, run: 1 });
    return desiredState as object;
  };

  const known = async (changes: object): Promise<ReturnType<typeof world>> => {
    const ports = world();
    await own(ports, '2026-10-20T00:00:00.000Z');
    await overwrite(ports.ledger, tenantKey(TENANT), {
      ...tenant({ account: { ...account, id: ACCOUNT, name: 'retail.webshop' } }),
    });
    const desiredState = await wanted(ports);
    await overwrite(ports.ledger, contentKey(TENANT, 1), { desiredState: { ...desiredState, ...changes } });
    return ports;
  };

  const detailsIn = async (ports: ReturnType<typeof world>) => {
    await collectCosts(ports, {});
    return (await documentOf(ports)).reports[0];
  };

  it('are its names, those of its account, and its payment method', async () => {
    const spec = { displayName: 'Retail', amount: 1200, expirationDate: '2027-01-01', tags: {} };
    const ports = await known({ paymentMethod: { metadata: { name: 'retail-1' }, spec } });

    expect(await detailsIn(ports)).toMatchObject({
      workspaceIdentifier: 'retail',
      projectIdentifier: 'webshop-dev',
      accountName: 'retail.webshop',
      paymentMethod: { identifier: 'retail-1', name: 'Retail', amount: '1200', expirationDate: '2027-01-01' },
    });
  });

  it.each([
    { what: 'by its identifier alone', paymentMethodIdentifier: 'retail-2', paymentMethod: { identifier: 'retail-2' } },
    { what: 'in no way', paymentMethodIdentifier: null, paymentMethod: null },
  ])('name a payment method $what', async ({ paymentMethodIdentifier, paymentMethod }) => {
    const project = {
      metadata: { name: 'webshop-dev', ownedByWorkspace: 'retail' },
      spec: { displayName: 'Webshop', tags: {}, paymentMethodIdentifier },
    };
    const ports = await known({ project, paymentMethod: null });
    const found = await detailsIn(ports);

    expect(found?.paymentMethod).toEqual(
      paymentMethod && { ...paymentMethod, name: null, amount: null, expirationDate: null },
    );
  });

  it('that are gone from the ledger stay as the report before has them', async () => {
    const ports = await known({});
    ports.at = '2026-11-08T00:00:00.000Z';
    const before = await detailsIn(ports);
    for (const key of [tenantKey(TENANT), contentKey(TENANT, 1), desiredStateKey(TENANT, 1)]) {
      await overwrite(ports.ledger, key, null);
    }
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '8']]);
    const after = await detailsIn(ports);

    expect(before).toMatchObject({ accountName: 'retail.webshop', tags: expect.any(Object) as object });
    expect(after).toEqual({ ...before, state: 'UPDATED', version: 2, lineItems: after?.lineItems, total: '8.00' });
  });

  it('are those of today where they are known, a payment method that was taken away, too', async () => {
    const ports = await known({});
    ports.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(ports, {});
    const renamed = { ...account, id: ACCOUNT, name: 'retail.shop' };
    await overwrite(ports.ledger, tenantKey(TENANT), { ...tenant({ account: renamed }), projectIdentifier: 'shop' });
    const desiredState = await wanted(ports);
    const project = {
      metadata: { name: 'webshop-dev', ownedByWorkspace: 'retail' },
      spec: { displayName: 'Shop', tags: {} },
    };
    await overwrite(ports.ledger, contentKey(TENANT, 1), {
      desiredState: { ...desiredState, project, paymentMethod: null },
    });
    ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '8']]);

    expect(await detailsIn(ports)).toMatchObject({
      projectIdentifier: 'shop',
      accountName: 'retail.shop',
      paymentMethod: null,
    });
  });

  it('come with a report that changes because its account gets a tenant', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(ports, {});
    await own(ports, '2026-10-20T00:00:00.000Z');
    // A cost of nothing more, so that AWS's answer is another one.
    ports.reader.costsOf.set('2026-10', [
      [ACCOUNT, 'AWS Lambda', '10.005'],
      [OTHER, 'AWS Lambda', '0'],
    ]);
    await collectCosts(ports, {});

    expect((await documentOf(ports)).reports[0]).toMatchObject({ tenantUuid: TENANT, state: 'UPDATED', version: 2 });
  });
});

describe('the reports of many accounts', () => {
  const idOf = (index: number): string => String(700_000_000_000 + index);
  const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const indexes = (from: number, to: number): readonly number[] =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);

  /** Each of its own tenant but the last, which is of the first, and the one before it, which is of nobody. */
  const collected = async (count: number) => {
    const ports = world();
    for (const index of indexes(1, count).filter((one) => one !== count - 1)) {
      const tenantUuid = index === count ? uuidOf(1) : uuidOf(index);
      await overwrite(ports.ledger, claimKey(`ACCOUNT#${idOf(index)}`), { tenantUuid });
    }
    const costs = indexes(1, count).map((index) => [idOf(index), 'AWS Lambda', String(index)] as const);
    ports.reader.costsOf.set('2026-10', costs.toReversed());
    await collectCosts(ports, { month: '2026-10' });
    return ports.ledger;
  };

  /** Nobody changes it. */
  const large = collected(201);

  const reading = async (collection: Promise<LedgerStore>) => {
    const kept = await collection;
    const read: string[] = [];
    const ledger: LedgerStore = {
      ...kept,
      read: (keys) => {
        read.push(...keys.map(({ sort }) => sort));
        return kept.read(keys);
      },
    };
    const record = await readUsage(kept, '2026-10');
    if (record === undefined) throw new Error('The month was not collected.');
    return { ledger, read, record };
  };

  it('stand in shares of a hundred, where there are more', async () => {
    expect((await reading(collected(100))).record.shares).toBeNull();
    const { ledger, record } = await reading(collected(201));
    expect(record.shares).toMatchObject({
      of: record.document.hash,
      currency: 'USD',
      invoiceTotal: '20301',
      byTenant: [1, 1, 1],
      byAccount: [1, 101, 201].map((index) => ({ from: idOf(index), parts: 1 })),
    });
    const { reports } = await readReportsAfter(ledger, record, '', 300);
    expect(reports.map(({ accountId }) => accountId)).toEqual(indexes(1, 201).map(idOf));
  });

  it('of one tenant are all of its own, read without those of most others', async () => {
    const { ledger, read, record } = await reading(collected(201));
    const reports = await readTenantReports(ledger, record, TENANT);

    expect(reports).toMatchObject({ currency: 'USD', invoiceTotal: '20301' });
    expect(reports.reports.map(({ accountId }) => accountId)).toEqual([idOf(1), idOf(201)]);
    expect(read).toEqual([expect.stringContaining('-TENANTS-')]);
    for (const index of indexes(2, 20)) {
      const own = await readTenantReports(ledger, record, uuidOf(index));
      expect(own.reports.map(({ accountId }) => accountId)).toEqual([idOf(index)]);
    }
  });

  it.each([
    { after: '', count: 5, accounts: indexes(1, 100), shares: [0] },
    { after: idOf(40), count: 5, accounts: indexes(41, 100), shares: [0] },
    { after: idOf(100), count: 5, accounts: indexes(101, 200), shares: [0, 1] },
    { after: idOf(101), count: 5, accounts: indexes(102, 200), shares: [1] },
    { after: idOf(101), count: 98, accounts: indexes(102, 200), shares: [1] },
    { after: idOf(101), count: 99, accounts: indexes(102, 201), shares: [1, 2] },
    { after: idOf(201), count: 5, accounts: [], shares: [2] },
  ])('behind "$after" come in shares until there are more than $count', async ({ after, count, accounts, shares }) => {
    const { ledger, read, record } = await reading(large);
    const reports = await readReportsAfter(ledger, record, after, count);

    expect(reports.reports.map(({ accountId }) => accountId)).toEqual(accounts.map(idOf));
    expect(read).toEqual(
      shares.map((share) => expect.stringContaining(`${record.document.hash}-ACCOUNTS-${share}#`) as string),
    );
  });

  it('are those of the document where there are no shares of it', async () => {
    const { ledger, read, record } = await reading(large);
    const shares = record.shares && { ...record.shares, of: 'another document' };
    const reports = await readReportsAfter(ledger, { ...record, shares }, idOf(199), 1);

    expect(reports).toMatchObject({ currency: 'USD', reports: [{ accountId: idOf(200) }, { accountId: idOf(201) }] });
    expect((await readTenantReports(ledger, { ...record, shares }, TENANT)).reports).toHaveLength(2);
    expect(new Set(read)).toEqual(new Set([expect.stringContaining(record.document.hash)]));
    expect(read.filter((sort) => /TENANTS|ACCOUNTS/u.test(sort))).toEqual([]);
  });

  it('that are not there are told by month and place, with what can be done', async () => {
    const { ledger, record } = await reading(collected(2));
    const document = { ...record.document, hash: 'gone' };

    await expect(readReportsAfter(ledger, { ...record, document }, '', 1)).rejects.toThrow(
      'The reports of 2026-10 are not in the ledger (gone). Collect the month again.',
    );
  });
});

describe('the record of a month', () => {
  it('is read as it was written, and without a part of it not at all', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(ports, {});
    const shares = {
      of: 'x',
      currency: 'USD',
      invoiceTotal: '1',
      byTenant: [1],
      byAccount: [{ from: ACCOUNT, parts: 1 }],
    };
    const record = { ...(await readUsage(ports.ledger, '2026-10')), shares, superseded: [] as object[] };
    record.superseded.push({ document: { hash: 'y', parts: 1 }, at: ports.at });
    const requests = { requests: 1, lastCollectedAt: null };

    expect(UsageRecordSchema.parse(record)).toEqual(record);
    expect(UsageRecordSchema.parse({ ...record, shares: undefined })).toEqual({ ...record, shares: null });
    expect(RequestRecordSchema.parse(requests)).toEqual(requests);
  });
});

describe('the function', () => {
  const reading = (changes: Partial<Configuration['platform']> = {}) => {
    const organization = new OrganizationWorld();
    const { settings, secrets } = organization.caller();
    const asked: string[] = [];
    const runtime = {
      environment: (name: string) => {
        asked.push(name);
        return 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole';
      },
      ledger: world().ledger,
      log: new RecordingLog(),
      now: () => new Date(),
      wait: () => Promise.resolve(),
      metrics: new RecordingMetrics(),
      watch: new RecordingWatch(),
      aws: settings,
      secrets,
    };
    const { platform, ...others } = configuration();
    const outcomes = new RecordingOutcomes();
    const collect = compose(runtime, {
      outcomes,
      pause: () => Promise.resolve(),
      configuration: { ...others, platform: { ...platform, ...changes } },
    });
    return { organization, asked, collect };
  };

  it('asks Cost Explorer by its own role, for two months as a rule, and by no metering that is configured', async () => {
    const { organization, asked, collect } = reading();
    const { months } = await collect({});

    expect(months).toHaveLength(2);
    expect(new Set(asked)).toEqual(new Set(['COST_EXPLORER_ROLE_ARN']));
    expect(organization.callsOf('AssumeRole').map(({ input }) => input)).toMatchObject([
      {
        RoleArn: 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
        RoleSessionName: `CollectCosts-${new Date().toISOString().slice(0, 10)}`,
      },
    ]);
    const [call] = organization.callsOf('GetCostAndUsage');
    expect(call).toMatchObject({
      principal: { roleName: 'MeshCostExplorerServiceRole' },
      callerFunction: 'CollectCosts',
    });
    expect(organization.callsOf('GetReservationUtilization')).toEqual([]);
  });

  it('goes by the metering that is configured', async () => {
    const { organization, collect } = reading({
      metering: { ...defaultMetering(), reservedInstanceFairChargeback: true },
    });
    await collect({});

    expect(organization.callsOf('GetReservationUtilization')).not.toEqual([]);
  });

  it('says where AWS has no costs to tell, and asks nothing', async () => {
    const { platform } = configuration();
    const { organization, collect } = reading({
      region: 'us-gov-west-1',
      accessConfig: {
        ...platform.accessConfig,
        organizationRootAccountRole: 'arn:aws-us-gov:iam::222222222222:role/x',
      },
    });

    await expect(collect({})).rejects.toMatchObject({
      name: 'RejectedError',
      reason: expect.stringMatching(/^AWS GovCloud \(US\) has no Cost Explorer \(https:/u) as string,
      remedy: 'Collect its costs in the commercial organization, to whose accounts they are billed.',
    });
    expect(organization.organization.calls).toEqual([]);
  });
});

describe('a collection that fails', () => {
  it('leaves the reports as they were', async () => {
    const ports = world();
    await collectCosts(ports, {});
    const before = await documentOf(ports);
    ports.reader.failure = new TransientError('Cost Explorer has no time.');

    await expect(collectCosts(ports, {})).rejects.toThrow('Cost Explorer has no time.');
    expect(await documentOf(ports)).toEqual(before);
  });

  it('counts what AWS has answered until then', async () => {
    const ports = world({ reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true });
    ports.reader.reservedServiceNames = ['Amazon Redshift'];
    ports.reader.savingsPlans = () => Promise.reject(new TransientError('Cost Explorer has no time.'));

    await expect(collectCosts(ports, {})).rejects.toThrow('Cost Explorer has no time.');
    expect(await readRequests(ports.ledger, '2026-11')).toEqual({ requests: 1, lastCollectedAt: null });
    expect(await readRequests(ports.ledger, '2026-10')).toEqual({ requests: 1, lastCollectedAt: null });
  });

  it('says nothing of reports that another one has replaced meanwhile', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    const slow = { ...ports, reader: new FakeCostReader(), outcomes: new RecordingOutcomes() };
    slow.reader.costs = async (...asked) => {
      const stale = await ports.reader.costs(...asked);
      ports.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '11']]);
      return stale;
    };
    slow.reader.savingsPlans = async () => {
      await collectCosts(ports, { month: '2026-10' });
      return [];
    };
    await collectCosts(
      { ...slow, metering: { ...ports.metering, savingsPlanFairChargeback: true } },
      { month: '2026-10' },
    );

    expect(ports.outcomes.usageEvents).toMatchObject([{ detail: { invoiceTotal: '11' } }]);
    expect(slow.outcomes.usageEvents).toEqual([]);
    expect(await documentOf(ports)).toMatchObject({ invoiceTotal: '11' });
  });

  it('leaves no half report of two currencies', async () => {
    const ports = world();
    await collectCosts(ports, {});
    const before = await documentOf(ports);
    ports.reader.costs = () =>
      Promise.resolve([
        {
          ResultsByTime: ['2026-10', '2026-11'].map((month) => ({
            TimePeriod: { Start: `${month}-01`, End: `${month}-02` },
            Groups: ['USD', 'EUR'].map((Unit) => ({
              Keys: [ACCOUNT, Unit],
              Metrics: { AmortizedCost: { Amount: '1', Unit } },
            })),
          })),
        },
      ]);

    await expect(collectCosts(ports, {})).rejects.toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('another currency than USD') as string,
    });
    expect(await documentOf(ports)).toEqual(before);
  });

  it('leaves no report where a subscription cannot be charged', async () => {
    const ports = world({ reservedInstanceFairChargeback: true });
    ports.reader.reservedServiceNames = ['Amazon Redshift'];
    ports.reader.reservationGroups = [{ Value: 'ri-1', Utilization: { AmortizedUpfrontFee: '101.92' } }];

    await expect(collectCosts(ports, { month: '2026-10' })).rejects.toMatchObject({
      name: 'InvalidRequestError',
      faults: ['accountId', 'startDateTime', 'upfrontFee'].map((name) => ({
        field: expect.stringContaining(`Attributes.${name}`) as string,
      })),
    });
    expect(await readUsage(ports.ledger, '2026-10')).toBeUndefined();
  });

  it('is made good by the next, wherever it was killed', async () => {
    const whole = world();
    whole.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(whole, {});
    const expected = await documentOf(whole);
    let writes = 0;
    let killAt = 0;
    for (; ; killAt += 1) {
      writes = 0;
      const ports = world({}, () => writes++ === killAt);
      ports.at = '2026-11-08T00:00:00.000Z';
      const isKilled = await collectCosts(ports, {}).then(
        () => false,
        () => true,
      );
      if (!isKilled) break;
      await collectCosts(ports, {});

      expect(await documentOf(ports)).toEqual(expected);
      expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({ announced: true });
    }
    expect(killAt).toBeGreaterThan(6);
  });

  it('tells the bus later what it could not tell', async () => {
    const ports = world();
    ports.at = '2026-11-08T00:00:00.000Z';
    ports.outcomes.failure = new TransientError('The bus is away.');
    await expect(collectCosts(ports, {})).rejects.toThrow('The bus is away.');
    ports.outcomes.failure = undefined;
    await collectCosts(ports, {});

    expect(ports.outcomes.usageEvents).toHaveLength(1);
  });
});

describe('what is kept', () => {
  it('is the raw answers for as long as is configured, and final reports for good', async () => {
    const ports = world({ processing: { deleteRawDataAfterDays: 100 } });
    ports.at = '2026-11-08T00:00:00.000Z';
    await collectCosts(ports, { month: '2026-10' });
    const record = await readUsage(ports.ledger, '2026-10');
    const expiryOf = (hash = ''): number | undefined =>
      ports.commits.find(({ key }) => key.sort.includes(hash))?.expiresAt;

    expect(expiryOf(record?.answers.hash)).toBe(Date.parse('2026-11-08') / 1000 + 100 * 86_400);
    expect(expiryOf(record?.document.hash)).toBeUndefined();
  });
});
