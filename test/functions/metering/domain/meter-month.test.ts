import type { AnswerPage, CostAnswers } from '../../../../functions/metering/domain/cost-answers';
import { meterMonth, meterMonths } from '../../../../functions/metering/domain/usage-report';
import { costAnswers, costGroup, EC2, reservation, savingsPlan } from './cost-answers';

const BUYER = '111111111111';
const BOTH = { reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true };
const JANUARY = { Start: '2026-01-01', End: '2026-02-01' };

const meter = (answers: CostAnswers, month?: string): ReturnType<typeof meterMonth> =>
  meterMonth(answers, new Map(), BOTH, month);

const costs = (...contents: readonly unknown[]): CostAnswers => ({
  ...costAnswers('2026-01', {}),
  costAndUsage: contents.map((content, i): AnswerPage => ({ name: `page-${i + 1}`, query: '', content })),
});

const lambda = (amount: string, unit?: string): object => costGroup(BUYER, 'AWS Lambda', amount, unit);

const lines = (answers: CostAnswers, month?: string): readonly (readonly [string, string])[] => {
  const metered = meter(answers, month);
  if (!metered.ok) throw new Error(JSON.stringify(metered.faults));
  return metered.value.usage.reports.flatMap(({ lineItems }) =>
    lineItems.map(({ type, amount }) => [type, amount] as const),
  );
};

describe('costs', () => {
  it('of days are added up', () => {
    const day = (Start: string, End: string, amount: string): object => ({
      TimePeriod: { Start, End },
      Groups: [lambda(amount)],
    });
    const answers = costs({
      ResultsByTime: [day('2026-01-30', '2026-01-31', '0.1'), day('2026-01-31', '2026-02-01', '0.2')],
    });

    expect(lines(answers)).toEqual([['USAGE', '0.3']]);
  });

  it('keep every digit, and exponents, credits and refunds', () => {
    const answers = costs({
      ResultsByTime: [
        { TimePeriod: JANUARY, Groups: [lambda('1.23E-10'), costGroup(BUYER, 'Refund', '-12345678901234567890.01')] },
      ],
    });

    expect(lines(answers)).toEqual([
      ['USAGE', '0.000000000123'],
      ['USAGE', '-12345678901234567890.01'],
    ]);
  });

  it('may be grouped by service first', () => {
    const answers = costs({
      GroupDefinitions: [
        { Type: 'DIMENSION', Key: 'SERVICE' },
        { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
      ],
      ResultsByTime: [{ TimePeriod: JANUARY, Groups: [costGroup('AWS Lambda', BUYER, '1')] }],
    });

    expect(meter(answers)).toMatchObject({ value: { usage: { reports: [{ accountId: BUYER }] } } });
  });

  it('of nothing are 0, whatever sign AWS gives it', () => {
    expect(lines(costAnswers('2026-01', { [BUYER]: ['-0.0'] }))).toEqual([['USAGE', '0']]);
  });

  it('of one service that AWS tells twice on a page are added up', () => {
    expect(lines(costs({ ResultsByTime: [{ TimePeriod: JANUARY, Groups: [lambda('1'), lambda('2')] }] }))).toEqual([
      ['USAGE', '3'],
    ]);
  });

  it('stand by account and service, in whatever order they come', () => {
    const groups = ['3', '1', '4', '2'].map((service) => costGroup(BUYER, service, service));
    const answers = costs({
      ResultsByTime: [{ TimePeriod: JANUARY, Groups: [costGroup('222222222222', '0', '5'), ...groups] }],
    });

    expect(lines(answers).map(([, amount]) => amount)).toEqual(['1', '2', '3', '4', '5']);
  });

  it.each([
    { what: 'days, the last first', periods: ['02/2026-01-03', '01/2026-01-02'] },
    { what: 'hours, the last first', periods: ['01T01:00:00Z/2026-01-01T02:00:00Z', '01/2026-01-01T01:00:00Z'] },
  ])('may come as $what', ({ periods }) => {
    const ResultsByTime = periods.map((period) => {
      const [Start, End] = `2026-01-${period}`.split('/');
      return { TimePeriod: { Start, End }, Groups: [lambda('1')] };
    });

    expect(lines(costs({ ResultsByTime }))).toEqual([['USAGE', '2']]);
  });

  it('have a total beside their groups, or one without an amount', () => {
    const Total = { AmortizedCost: { Amount: '5', Unit: 'USD' } };
    const of = (result: object): CostAnswers => costs({ ResultsByTime: [{ TimePeriod: JANUARY, ...result }] });

    expect(lines(of({ Groups: [lambda('5')], Total }))).toEqual([['USAGE', '5']]);
    expect(lines(of({ Groups: [], Total: {} }))).toEqual([]);
    expect(lines(of({}))).toEqual([]);
  });

  it('of a month are right where the answers about another one are mixed up', () => {
    const february = (End: string) => ({ TimePeriod: { Start: '2026-02-01', End }, Groups: [lambda('1')] });
    const answers = costs({
      ResultsByTime: [
        { TimePeriod: JANUARY, Groups: [lambda('1')] },
        february('2026-03-01'),
        { ...february('2026-02-02'), Estimated: true },
      ],
    });

    expect(lines(answers, '2026-01')).toEqual([['USAGE', '1']]);
    expect(meter(answers, '2026-01')).toMatchObject({ value: { estimated: false } });
  });

  it('of accounts without a tenant are unassigned', () => {
    expect(meter(costAnswers('2026-01', { [BUYER]: ['7'] }))).toMatchObject({
      value: { usage: { invoiceTotal: '7', reports: [{ tenantUuid: null, accountId: BUYER, total: '7.00' }] } },
    });
  });

  it('are estimated while AWS says so of any part of the month', () => {
    const part = (Estimated: boolean, Start: string, End: string): object => ({
      TimePeriod: { Start, End },
      Estimated,
    });
    const answers = costs({
      ResultsByTime: [part(false, '2026-01-01', '2026-01-02'), part(true, '2026-01-02', '2026-01-03')],
    });

    expect(meter(answers)).toMatchObject({ value: { estimated: true } });
  });

  it('that are nothing have no currency of their own', () => {
    const answers = costs({
      ResultsByTime: [{ TimePeriod: JANUARY, Groups: [lambda('0', 'N/A'), costGroup(BUYER, 'Tax', '1', 'EUR')] }],
    });

    expect(meter(answers)).toMatchObject({ value: { usage: { currency: 'EUR' } } });
  });

  it('that are something have the currency that AWS says', () => {
    const ofCurrency = (...groups: readonly object[]) =>
      meter(costs({ ResultsByTime: [{ TimePeriod: JANUARY, Groups: groups }] }));

    expect(ofCurrency(lambda('1', 'N/A'))).toMatchObject({ value: { usage: { currency: 'N/A' } } });
    expect(ofCurrency(lambda('0', 'EUR'))).toMatchObject({ value: { usage: { currency: 'EUR' } } });
    expect(ofCurrency(lambda('0', 'N/A'))).toMatchObject({ value: { usage: { currency: 'USD' } } });
  });

  it.each([
    { amount: '1.005', total: '1.01' },
    { amount: '-1.005', total: '-1.01' },
    { amount: '1.0049999999', total: '1.00' },
    { amount: '-0.004', total: '0.00' },
    { amount: '+2.675', total: '2.68' },
    { amount: '1E-10', total: '0.00' },
    { amount: '1.2345E4', total: '12345.00' },
  ])('of $amount come to $total', ({ amount, total }) => {
    expect(meter(costAnswers('2026-01', { [BUYER]: [amount] }))).toMatchObject({
      value: { usage: { reports: [{ total }] } },
    });
  });

  it('of several months are reported one by one', () => {
    const answers = costs({
      ResultsByTime: [
        { TimePeriod: JANUARY, Groups: [lambda('1')] },
        { TimePeriod: { Start: '2026-02-01', End: '2026-03-01' }, Groups: [lambda('2')] },
      ],
    });

    expect(lines(answers, '2026-02')).toEqual([['USAGE', '2']]);
    expect(meterMonths(answers, new Map(), BOTH)).toMatchObject({
      value: [{ usage: { month: '2026-01' } }, { usage: { month: '2026-02' } }],
    });
  });
});

describe('several months', () => {
  const FEBRUARY = { Start: '2026-02-01', End: '2026-03-01' };

  it('that are broken are refused with what is wrong with each', () => {
    const faultsOf = (answers: CostAnswers) => {
      const metered = meterMonths(answers, new Map(), BOTH);
      return metered.ok ? [] : metered.faults.map(({ field, message }) => `${field} ${message}`);
    };
    const broken = [{ ...(lambda('1') as { Metrics: object }), Keys: ['1', 'x'] }];
    const ofBoth = costs({
      ResultsByTime: [JANUARY, FEBRUARY].map((TimePeriod) => ({ TimePeriod, Groups: broken })),
    });

    expect(faultsOf(ofBoth)).toEqual(
      [0, 1].map((index) => expect.stringContaining(`ResultsByTime[${index}].Groups[0].Keys`) as string),
    );
    expect(faultsOf(costs({}))).toEqual(['page-1: ResultsByTime is missing. Add it: it must be a list.']);
  });

  it('of one currency each cannot be compared where those differ', () => {
    const answers = (unit: string): CostAnswers =>
      costs({
        ResultsByTime: [
          { TimePeriod: JANUARY, Groups: [lambda('1')] },
          { TimePeriod: FEBRUARY, Groups: [lambda('1', unit)] },
        ],
      });

    expect(meterMonths(answers('USD'), new Map(), BOTH)).toMatchObject({ ok: true });
    expect(meterMonths(answers('EUR'), new Map(), BOTH)).toEqual({
      ok: false,
      faults: [
        {
          field: 'currency',
          message: "'USD, EUR' are the currencies of several months, which cannot be compared.",
          value: 'USD, EUR',
        },
      ],
    });
  });
});

describe('a subscription', () => {
  const withRi = (attributes: Readonly<Record<string, string | null>>, amortized: string): CostAnswers =>
    costAnswers('2026-01', {}, [reservation('ri', { accountId: BUYER, ...attributes }, amortized)]);

  it.each([
    { what: 'starts in mid-month', start: '2026-01-15T10:00:00.000Z', fee: ['100'] },
    { what: 'starts in the last second', start: '2026-01-31T23:59:59.000Z', fee: ['100'] },
    { what: 'has started before', start: '2025-12-31T23:59:59.000Z', fee: [] },
    { what: 'starts in January only by the clock of Berlin', start: '2026-01-01T00:30:00.000+01:00', fee: [] },
  ])('that $what', ({ start, fee }) => {
    const found = lines(withRi({ startDateTime: start, upfrontFee: '100' }, '4'));

    expect(found).toEqual([...fee.map((amount) => ['UPFRONT_FEE', amount]), ['AMORTIZED_UPFRONT_DISCOUNT', '-4']]);
  });

  it('whose term is over has no lines', () => {
    expect(lines(withRi({ startDateTime: '2025-01-01T00:00:00Z', upfrontFee: '100' }, '0'))).toEqual([]);
  });

  it.each(['queued', 'Payment-failed', 'queued-deleted'])('that is %s was not paid', (subscriptionStatus) => {
    expect(
      lines(withRi({ startDateTime: '2026-01-10T00:00:00Z', upfrontFee: '100', subscriptionStatus }, '0')),
    ).toEqual([]);
  });

  it.each([
    { meaning: 'of one instance', upfrontFee: '365', fee: '1095' },
    { meaning: 'of all instances', upfrontFee: '1095', fee: '1095' },
  ])('of three instances, its fee being $meaning, is charged what its amortization comes to', ({ upfrontFee, fee }) => {
    const term = { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' };

    expect(lines(withRi({ ...term, upfrontFee, numberOfInstances: '3' }, '93'))[0]).toEqual(['UPFRONT_FEE', fee]);
  });

  it('is billed by the name of the service that was asked for', () => {
    expect(meter(withRi({ startDateTime: '2025-01-01T00:00:00Z', upfrontFee: '100' }, '4'))).toMatchObject({
      value: { usage: { reports: [{ lineItems: [{ service: EC2, subscriptionId: 'ri' }] }] } },
    });
  });

  it('does not exist where AWS has no data', () => {
    const unavailable = { name: 'x', query: '', content: { __type: 'DataUnavailableException' } };
    const answers = {
      ...costAnswers('2026-01', { [BUYER]: ['1'] }),
      reservationUtilization: [unavailable],
      savingsPlansUtilizationDetails: [unavailable],
    };

    expect(lines(answers)).toEqual([['USAGE', '1']]);
  });
});

describe('answers that cannot be used', () => {
  const page = (groups: readonly object[], extra: object = {}): object => ({
    ResultsByTime: [{ TimePeriod: JANUARY, Groups: groups }],
    ...extra,
  });
  const paid = { accountId: BUYER, startDateTime: '2026-01-01T00:00:00Z', upfrontFee: '100' };
  const ri = (...groups: readonly object[]): CostAnswers => costAnswers('2026-01', {}, groups);

  it.each([
    { what: 'no page', answers: costs(), field: 'GetCostAndUsage', message: 'is missing' },
    { what: 'no month', answers: costs({ ResultsByTime: [] }), field: 'page-1: ResultsByTime', message: 'is empty' },
    {
      what: 'no last page',
      answers: costs(page([], { NextPageToken: 'more' })),
      field: 'page-1',
      message: 'the last page is not there',
    },
    { what: 'no object', answers: costs(null), field: 'page-1: content', message: 'must be an object' },
    {
      what: 'no data at all',
      answers: costs({ __type: 'DataUnavailableException' }),
      field: 'GetCostAndUsage: ResultsByTime',
      message: 'is empty: no month is in it',
    },
    {
      what: 'a page twice',
      answers: costs(page([lambda('1')]), page([lambda('1')])),
      field: 'page-2: ResultsByTime[0].Groups[0]',
      message: 'repeats account 111111111111, AWS Lambda, of page-1',
    },
    {
      what: 'two currencies',
      answers: costs(page([lambda('1'), costGroup(BUYER, 'Tax', '1', 'EUR')])),
      field: 'page-1: ResultsByTime[0].Groups[1].Metrics.AmortizedCost.Unit',
      message: "'EUR' is another currency than USD",
    },
    {
      what: 'a number instead of a decimal string',
      answers: costs(page([{ Keys: [BUYER, 'x'], Metrics: { AmortizedCost: { Amount: 1.5, Unit: 'USD' } } }])),
      field: 'page-1: ResultsByTime[0].Groups[0].Metrics.AmortizedCost.Amount',
      message: 'must be a string',
    },
    {
      what: 'no number',
      answers: costs(page([lambda('1,5')])),
      field: 'page-1: ResultsByTime[0].Groups[0].Metrics.AmortizedCost.Amount',
      message: "must be an amount, a decimal number as a string, but is '1,5'",
    },
    {
      what: 'a day that is in no calendar',
      answers: costs({ ResultsByTime: [{ TimePeriod: { Start: '2026-02-30', End: '2026-03-01' } }] }),
      field: 'page-1: ResultsByTime[0].TimePeriod.Start',
      message: 'must be a date, as in 2026-01-01',
    },
    {
      what: 'another metric',
      answers: costs(page([{ Keys: [BUYER, 'x'], Metrics: { UnblendedCost: { Amount: '1', Unit: 'USD' } } }])),
      field: 'page-1: ResultsByTime[0].Groups[0].Metrics.AmortizedCost',
      message: 'is missing',
    },
    {
      what: 'costs of accounts alone',
      answers: costs(page([{ Keys: [BUYER], Metrics: { AmortizedCost: { Amount: '1', Unit: 'USD' } } }])),
      field: 'page-1: ResultsByTime[0].Groups[0].Keys',
      message: 'group by LINKED_ACCOUNT and SERVICE',
    },
    {
      what: 'another grouping',
      answers: costs(page([], { GroupDefinitions: [{ Key: 'REGION' }] })),
      field: 'page-1: GroupDefinitions',
      message: 'must be LINKED_ACCOUNT and SERVICE',
    },
    {
      what: 'a grouping by account alone',
      answers: costs(page([], { GroupDefinitions: [{ Key: 'LINKED_ACCOUNT' }] })),
      field: 'page-1: GroupDefinitions',
      message: 'must be LINKED_ACCOUNT and SERVICE',
    },
    {
      what: 'a grouping by service alone',
      answers: costs(page([], { GroupDefinitions: [{ Key: 'SERVICE' }] })),
      field: 'page-1: GroupDefinitions',
      message: 'must be LINKED_ACCOUNT and SERVICE',
    },
    ...['1111111111111', 'x111111111111', '111111111111x', '1'].map((account) => ({
      what: `costs of the account ${account}`,
      answers: costs(page([costGroup(account, 'x', '1')])),
      field: 'page-1: ResultsByTime[0].Groups[0].Keys',
      message: 'must be an account id of 12 digits',
    })),
    ...['2026-01-01', '2025-12-31'].map((End) => ({
      what: `a month that ends on ${End}`,
      answers: costs({ ResultsByTime: [{ TimePeriod: { Start: '2026-01-01', End } }] }),
      field: 'page-1: ResultsByTime[0].TimePeriod.End',
      message: 'is no end within 2026-01',
    })),
    {
      what: 'no groups',
      answers: costs({
        ResultsByTime: [{ TimePeriod: JANUARY, Groups: [], Total: { AmortizedCost: { Amount: '5', Unit: 'USD' } } }],
      }),
      field: 'page-1: ResultsByTime[0].Groups',
      message: 'Group by LINKED_ACCOUNT and SERVICE',
    },
    {
      what: 'a period of two months',
      answers: costs({ ResultsByTime: [{ TimePeriod: { Start: '2026-01-01', End: '2026-03-01' } }] }),
      field: 'page-1: ResultsByTime[0].TimePeriod.End',
      message: 'is no end within 2026-01',
    },
    {
      what: 'a day inside of a whole month',
      answers: costs(page([lambda('1')]), {
        ResultsByTime: [{ TimePeriod: { Start: '2026-01-05', End: '2026-01-06' }, Groups: [lambda('1')] }],
      }),
      field: 'page-2: ResultsByTime',
      message: 'overlaps with one of page-1',
    },
    {
      what: 'the first day of a whole month',
      answers: costs(page([lambda('1')]), {
        ResultsByTime: [{ TimePeriod: { Start: '2026-01-01', End: '2026-01-02' }, Groups: [lambda('1')] }],
      }),
      field: 'page-1: ResultsByTime',
      message: 'overlaps with one of page-2',
    },
    {
      what: 'the last day of a whole month before it',
      answers: costs(
        { ResultsByTime: [{ TimePeriod: { Start: '2026-01-31', End: '2026-02-01' }, Groups: [lambda('1')] }] },
        page([lambda('1')]),
      ),
      field: 'page-1: ResultsByTime',
      message: 'overlaps with one of page-2',
    },
    {
      what: 'no buyer',
      answers: ri(reservation('ri', { ...paid, accountId: null }, '4')),
      field: 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[0].Attributes.accountId',
      message: 'is missing',
    },
    {
      what: 'no start',
      answers: ri(reservation('ri', { ...paid, startDateTime: '' }, '4')),
      field: 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[0].Attributes.startDateTime',
      message: 'is missing',
    },
    {
      what: 'a start that is none',
      answers: ri(reservation('ri', { ...paid, startDateTime: 'soon' }, '4')),
      field: 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[0].Attributes.startDateTime',
      message: 'must be an instant',
    },
    {
      what: 'no fee',
      answers: ri(reservation('ri', { ...paid, upfrontFee: null }, '4')),
      field: 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[0].Attributes.upfrontFee',
      message: 'is missing',
    },
    {
      what: 'a fee that is none',
      answers: ri(reservation('ri', { ...paid, upfrontFee: 'free' }, '0')),
      field: 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[0].Attributes.upfrontFee',
      message: 'must be an amount',
    },
    {
      what: 'a subscription twice',
      answers: ri(reservation('ri', paid, '4'), reservation('ri', paid, '4')),
      field: 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[1]',
      message: 'repeats subscription ri',
    },
    {
      what: 'a Savings Plan without a buyer',
      answers: costAnswers('2026-01', {}, [], [savingsPlan('sp', {}, '1')]),
      field: 'GetSavingsPlansUtilizationDetails-1.json: SavingsPlansUtilizationDetails[0].Attributes.accountId',
      message: 'is missing',
    },
  ])('have $what', ({ answers, field, message }) => {
    const metered = meter(answers);

    expect(metered).toMatchObject({
      ok: false,
      faults: expect.arrayContaining([
        expect.objectContaining({ field, message: expect.stringContaining(message) as string }),
      ]) as object,
    });
  });

  it('are cut off, which is told once for each query', () => {
    const cut = { ...page([]), NextPageToken: 'more' };
    const reservations = (query: string, NextPageToken?: string): AnswerPage => ({
      name: `${query} of the reservations`,
      query,
      content: { NextPageToken, UtilizationsByTime: [] },
    });
    const answers: CostAnswers = {
      costAndUsage: costAnswers('2026-01', {}).costAndUsage,
      reservationUtilization: [reservations(EC2), reservations('RDS', 'more'), reservations('RDS', 'still more')],
      savingsPlansUtilizationDetails: [
        { name: 'plans', query: '', content: { NextToken: 'more', SavingsPlansUtilizationDetails: [] } },
      ],
    };
    const fieldsOf = (metered: ReturnType<typeof meter>) =>
      metered.ok ? [] : metered.faults.map(({ field }) => field);

    expect(fieldsOf(meter(costs(cut, cut)))).toEqual(['page-2']);
    expect(fieldsOf(meter(answers))).toEqual(['RDS of the reservations', 'plans']);
  });

  it('do not have the month that is wanted', () => {
    expect(meter(costAnswers('2026-01', {}), '2026-03')).toMatchObject({
      faults: [{ field: 'month', message: "'2026-03' is not in the pages; there is 2026-01." }],
    });
  });

  it('are about several months, and none is chosen', () => {
    const answers = costs({
      ResultsByTime: [{ TimePeriod: JANUARY }, { TimePeriod: { Start: '2026-02-01', End: '2026-03-01' } }],
    });

    expect(meter(answers)).toMatchObject({
      faults: [{ field: 'month', message: "'2026-01, 2026-02' are all in the pages: say which month is wanted." }],
    });
    expect(meter(answers, '2026-03')).toMatchObject({
      faults: [{ message: "'2026-03' is not in the pages; there is 2026-01, 2026-02." }],
    });
  });
});
