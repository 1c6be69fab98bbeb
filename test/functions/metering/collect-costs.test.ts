import { TransientError } from '../../../functions/domain/base/errors';
import { defaultMetering } from '../../../functions/domain/configuration/metering-configuration';
import { readRequests, readUsage } from '../../../functions/ledger/metering/usage-months';
import { collectCosts } from '../../../functions/metering/collect-costs';
import { FakeCostReader } from '../../fakes/fake-cost-reader';
import { RecordingOutcomes } from '../../fakes/recording-edges';
import { ACCOUNT, documentOf, OTHER, own, TENANT, world } from './collected-world';

describe('collecting costs', () => {
  it('asks once for both months and all accounts, and reports them open', async () => {
    const ports = world();

    const collection = await collectCosts(ports, { 'detail-type': 'Scheduled Event' });

    expect(ports.reader.asked).toEqual(['costs 2026-10-01 2026-12-01 NONE']);
    expect(collection).toMatchObject({ requests: 1, requestCost: '0.01' });
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
  ])('refuses $month', async ({ month, message }) => {
    await expect(collectCosts(world(), { month })).rejects.toMatchObject({
      faults: [{ field: 'month', message: expect.stringContaining(message) as string }],
    });
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
    expect(await readUsage(ports.ledger, '2026-10')).toMatchObject({
      state: 'UPDATED',
      superseded: [{ document: final?.document }],
    });
    expect(ports.outcomes.usageEvents.map(({ detail }) => detail)).toMatchObject([
      { state: 'FINALIZED' },
      { state: 'UPDATED', updatedReports: 1 },
    ]);
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
