import type { CostAnswers } from '../../../../functions/metering/domain/cost-answers';
import { meterMonth, type LineItem } from '../../../../functions/metering/domain/usage-report';
import { costAnswers, reservation, savingsPlan } from './cost-answers';

const BUYER = '111111111111';
const BOTH = { reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true };
const YEAR = { accountId: BUYER, startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' };

type Attributes = Readonly<Record<string, string | null>>;

const answersOf = (month: string, attributes: Attributes, amortized: string): CostAnswers =>
  costAnswers(month, {}, [reservation('ri', attributes, amortized)]);

function linesOf(answers: CostAnswers, month?: string): readonly LineItem[] {
  const metered = meterMonth(answers, new Map(), BOTH, month);
  if (!metered.ok) throw new Error(JSON.stringify(metered.faults));
  return metered.value.usage.reports.flatMap(({ lineItems }) => lineItems);
}

const feesOf = (answers: CostAnswers): readonly string[] =>
  linesOf(answers)
    .filter(({ type }) => type === 'UPFRONT_FEE')
    .map(({ amount }) => amount);

const EC2_FILE = 'GetReservationUtilization-ec2.json: UtilizationsByTime[0].Groups[0]';

describe('a subscription is charged in the month of UTC', () => {
  it.each([
    { startDateTime: '2026-01-01T00:00:00' },
    { startDateTime: '2026-01-01' },
    { startDateTime: '2026-01-31T23:59:59.999' },
    { startDateTime: '2026-02-01T00:30:00+01:00' },
  ])('that $startDateTime lies in', ({ startDateTime }) => {
    expect(feesOf(answersOf('2026-01', { ...YEAR, startDateTime, upfrontFee: '1200' }, '1'))).toEqual(['1200']);
  });
});

describe('the fee of several instances', () => {
  it.each([
    { what: 'of one, whose term is not told', attributes: { endDateTime: null, upfrontFee: '365' }, amortized: '155' },
    { what: 'of all, whose term is not told', attributes: { endDateTime: null, upfrontFee: '1825' }, amortized: '155' },
    {
      what: 'of one, for three years whose end is not told',
      attributes: { endDateTime: null, upfrontFee: '365' },
      amortized: '51.6423',
    },
    { what: 'of one, of which AWS has told five days', attributes: { upfrontFee: '365' }, amortized: '155' },
    {
      what: 'of one, whose term begins in mid-month',
      attributes: { startDateTime: '2026-01-16T00:00:00Z', endDateTime: '2027-01-16T00:00:00Z', upfrontFee: '365' },
      amortized: '80',
    },
  ])('is that $what', ({ attributes, amortized }) => {
    const all = { ...YEAR, numberOfInstances: '5', ...attributes };

    expect(feesOf(answersOf('2026-01', all, amortized))).toEqual(['1825']);
  });

  it('is that of the answer where there is nothing to compare it with', () => {
    expect(feesOf(answersOf('2026-01', { ...YEAR, numberOfInstances: '5', upfrontFee: '365' }, '0'))).toEqual(['365']);
  });

  it('is compared over the term that is told, not over those that AWS sells', () => {
    const three = { ...YEAR, endDateTime: '2029-01-01T00:00:00Z', numberOfInstances: '3', upfrontFee: '365' };

    expect(feesOf(answersOf('2026-01', three, '31'))).toEqual(['1095']);
  });

  it('does not matter once the term is over', () => {
    const over = { ...YEAR, startDateTime: '2025-01-01T00:00:00Z', endDateTime: '2026-01-01T00:00:00Z' };

    expect(linesOf(answersOf('2026-01', { ...over, numberOfInstances: '3', upfrontFee: '365' }, '1'))).toMatchObject([
      { type: 'AMORTIZED_UPFRONT_DISCOUNT', amount: '-1' },
    ]);
  });

  it.each(['3.0', '3.00', '12'])('is that of one where there are %s', (numberOfInstances) => {
    const all = { ...YEAR, numberOfInstances, upfrontFee: '365' };

    expect(feesOf(answersOf('2026-01', all, String(31 * Number(numberOfInstances))))).toEqual([
      String(365 * Number(numberOfInstances)),
    ]);
  });
});

describe('attributes may be spelt', () => {
  it.each([
    { AccountId: BUYER, StartDateTime: '2026-01-10T00:00:00.000Z', UpfrontFee: '+12.50' },
    { accountID: BUYER, startdatetime: '2026-01-10T00:00:00.000Z', upfrontfee: '1.25E1' },
  ])('in any case: %p', (attributes) => {
    expect(feesOf(answersOf('2026-01', attributes, '1'))).toEqual(['12.5']);
  });
});

describe('what a subscription is billed as', () => {
  const paid = { ...YEAR, upfrontFee: '100' };
  const serviceOf = (answers: CostAnswers): readonly string[] => [
    ...new Set(linesOf(answers).map(({ service }) => service)),
  ];

  it.each([
    { SavingsPlansType: 'SageMaker', service: 'Savings Plans for AWS Machine Learning' },
    { SavingsPlansType: 'SageMakerSavingsPlans', service: 'Savings Plans for AWS Machine Learning' },
    { SavingsPlansType: 'Database', service: 'Savings Plans for AWS Database' },
    { SavingsPlansType: 'EC2Instance', service: 'Savings Plans for AWS Compute usage' },
    { SavingsPlansType: null, service: 'Savings Plans for AWS Compute usage' },
  ])('follows from the type of a Savings Plan: $SavingsPlansType', ({ SavingsPlansType, service }) => {
    expect(serviceOf(costAnswers('2026-01', {}, [], [savingsPlan('sp', { ...paid, SavingsPlansType }, '1')]))).toEqual([
      service,
    ]);
  });

  it.each([
    { service: 'Amazon Redshift', billed: 'Amazon Redshift' },
    { service: null, billed: 'Reserved Instances' },
  ])('is told of reserved instances where no service was asked for: $service', ({ service, billed }) => {
    const answers = answersOf('2026-01', { ...paid, service }, '1');
    const unasked = answers.reservationUtilization.map((page) => ({ ...page, query: '' }));

    expect(serviceOf({ ...answers, reservationUtilization: unasked })).toEqual([billed]);
  });

  it('is its id: that of the group, or among its attributes', () => {
    const groups = [
      { ...reservation('ri-2', paid, '1') },
      { Attributes: { ...paid, subscriptionId: 'ri-1' }, Utilization: { AmortizedUpfrontFee: '1' } },
      { ...reservation('ri-3', { ...paid, subscriptionId: 'x' }, '1') },
    ];
    const plans = ['sp-2', 'sp-1'].map((arn) => savingsPlan(arn, paid, '1'));

    expect(
      linesOf(costAnswers('2026-01', {}, groups, plans))
        .filter(({ type }) => type === 'UPFRONT_FEE')
        .map(({ subscriptionId }) => subscriptionId),
    ).toEqual(['ri-1', 'ri-2', 'ri-3', 'sp-1', 'sp-2']);
  });

  it('stands by the flag of its kind alone', () => {
    const answers = costAnswers('2026-01', {}, [reservation('ri', paid, '1')], [savingsPlan('sp', paid, '1')]);
    const kindsOf = (reservedInstanceFairChargeback: boolean) => {
      const chargeback = { reservedInstanceFairChargeback, savingsPlanFairChargeback: !reservedInstanceFairChargeback };
      const metered = meterMonth(answers, new Map(), chargeback);
      const reports = metered.ok ? metered.value.usage.reports : [];
      return [...new Set(reports.flatMap(({ lineItems }) => lineItems.map(({ subscriptionId }) => subscriptionId)))];
    };

    expect(kindsOf(true)).toEqual(['ri']);
    expect(kindsOf(false)).toEqual(['sp']);
  });

  it('belongs to the month that was asked for where the answer names no time', () => {
    const answers = costAnswers('2026-01', {});
    const content = { UtilizationsByTime: [{ Groups: [reservation('ri', paid, '1')] }] };
    const plans = { SavingsPlansUtilizationDetails: [savingsPlan('sp', paid, '1')] };

    expect(
      linesOf({
        ...answers,
        reservationUtilization: [{ name: 'ri', query: '', content }],
        savingsPlansUtilizationDetails: [{ name: 'sp', query: '', content: plans }],
      }),
    ).toHaveLength(4);
  });

  it('is nothing where AWS tells of no group', () => {
    const [page] = costAnswers('2026-01', {}).reservationUtilization;
    const TimePeriod = { Start: '2026-01-01', End: '2026-02-01' };
    const content = { UtilizationsByTime: [{ TimePeriod }] };

    expect(
      linesOf({ ...costAnswers('2026-01', {}), reservationUtilization: [{ name: '', query: '', ...page, content }] }),
    ).toEqual([]);
  });
});

describe('subscriptions of which nothing is charged', () => {
  it.each([
    { what: 'is queued, and has not begun', attributes: { accountId: BUYER, upfrontFee: '5', status: 'queued' } },
    { what: 'has no upfront fee', attributes: { ...YEAR, upfrontFee: '0.0', hourlyRecurringFee: '0.1' } },
    { what: 'has no fee that is told, and none amortized', attributes: { subscriptionType: 'No Upfront' } },
  ])('are one that $what', ({ attributes }) => {
    expect(linesOf(answersOf('2026-01', attributes, '0'))).toEqual([]);
  });
});

describe('answers about subscriptions that cannot be used', () => {
  const paid = { ...YEAR, upfrontFee: '100' };
  const withoutPart = { Value: 'ri', Attributes: paid, Utilization: {} };
  const february = { Start: '2026-02-01', End: '2026-03-01' };
  const ofBothMonths = (answers: CostAnswers): CostAnswers => ({
    ...answers,
    costAndUsage: [
      ...answers.costAndUsage,
      { name: 'february', query: '', content: { ResultsByTime: [{ TimePeriod: february }] } },
    ],
  });

  it.each([
    {
      what: 'a number of instances that is none',
      answers: answersOf('2026-01', { ...paid, numberOfInstances: 'many' }, '1'),
      field: `${EC2_FILE}.Attributes.numberOfInstances`,
      message: "'many' must be a number of instances",
    },
    ...['x3', '3x', '3.5', '1234567890'].map((numberOfInstances) => ({
      what: `${numberOfInstances} instances`,
      answers: answersOf('2026-01', { ...paid, numberOfInstances }, '1'),
      field: `${EC2_FILE}.Attributes.numberOfInstances`,
      message: `'${numberOfInstances}' must be a number of instances`,
    })),
    ...['1111', '1111111111111', 'x111111111111', '111111111111x'].map((accountId) => ({
      what: `the account ${accountId}`,
      answers: answersOf('2026-01', { ...paid, accountId }, '1'),
      field: `${EC2_FILE}.Attributes.accountId`,
      message: 'must be an account id of 12 digits',
    })),
    ...(
      [
        ['accountId', 'the account that pays'],
        ['startDateTime', 'the month in which the upfront fee is due'],
        ['upfrontFee', 'what was paid when the term started'],
      ] as const
    ).map(([name, meaning]) => ({
      what: `no ${name}`,
      answers: answersOf('2026-01', { ...paid, [name]: null }, '1'),
      field: `${EC2_FILE}.Attributes.${name}`,
      message: `is missing. It says ${meaning}; a part of an upfront fee is charged here.`,
    })),
    {
      what: 'an end that is none',
      answers: answersOf('2026-01', { ...paid, endDateTime: 'later' }, '1'),
      field: `${EC2_FILE}.Attributes.endDateTime`,
      message: "'later' must be an instant",
    },
    {
      what: 'a fee below nothing',
      answers: answersOf('2026-01', { ...paid, upfrontFee: '-1' }, '1'),
      field: `${EC2_FILE}.Attributes.upfrontFee`,
      message: "'-1' must be an amount of at least 0",
    },
    {
      what: 'no id',
      answers: costAnswers('2026-01', {}, [{ Attributes: paid, Utilization: { AmortizedUpfrontFee: '1' } }]),
      field: `${EC2_FILE}.Value`,
      message: 'is missing. Group by SUBSCRIPTION_ID.',
    },
    {
      what: 'two months in one',
      answers: {
        ...costAnswers('2026-01', {}),
        savingsPlansUtilizationDetails: [
          {
            name: 'plans',
            query: '',
            content: {
              TimePeriod: { Start: '2026-01-01', End: '2026-03-01' },
              SavingsPlansUtilizationDetails: [savingsPlan('sp', paid, '1')],
            },
          },
        ],
      },
      field: 'plans: SavingsPlansUtilizationDetails[0]: TimePeriod.End',
      message: 'is later than the end of 2026-01; ask for one month at a time.',
    },
    {
      what: 'no list of reservations',
      answers: {
        ...costAnswers('2026-01', {}),
        reservationUtilization: [{ name: 'ri', query: '', content: {} }],
      },
      field: 'ri: UtilizationsByTime',
      message: 'is missing',
    },
    {
      what: 'no list of Savings Plans',
      answers: {
        ...costAnswers('2026-01', {}),
        savingsPlansUtilizationDetails: [{ name: 'sp', query: '', content: {} }],
      },
      field: 'sp: SavingsPlansUtilizationDetails',
      message: 'is missing',
    },
    {
      what: 'a fee, and no word about the month',
      answers: costAnswers('2026-01', {}, [{ Value: 'ri', Attributes: paid }]),
      field: `${EC2_FILE}.Utilization.AmortizedUpfrontFee`,
      message: "is missing. It says what of the upfront fee falls on this month; ask for all of the answer's data.",
    },
    {
      what: 'a day that is in no calendar',
      answers: answersOf('2026-01', { ...paid, startDateTime: '2026-02-29T00:00:00Z' }, '1'),
      field: `${EC2_FILE}.Attributes.startDateTime`,
      message: 'must be an instant',
    },
    {
      what: 'a fee, and nothing about its part of the month',
      answers: costAnswers('2026-01', {}, [withoutPart]),
      field: `${EC2_FILE}.Utilization.AmortizedUpfrontFee`,
      message: 'is missing',
    },
    {
      what: 'a Savings Plan with a fee, and nothing about its part of the month',
      answers: costAnswers('2026-01', {}, [], [{ SavingsPlanArn: 'sp', Attributes: paid }]),
      field:
        'GetSavingsPlansUtilizationDetails-1.json: SavingsPlansUtilizationDetails[0].AmortizedCommitment.AmortizedUpfrontCommitment',
      message: 'is missing',
    },
    {
      what: 'another month alone, though the reservation runs on',
      answers: ofBothMonths(answersOf('2026-01', paid, '1')),
      field: EC2_FILE,
      message: 'subscription ri runs in 2026-02, too. Fetch the answers about 2026-02 as well',
    },
    {
      what: 'another month alone, though the Savings Plan runs on',
      answers: ofBothMonths(costAnswers('2026-01', {}, [], [savingsPlan('sp', paid, '1')])),
      field: 'GetSavingsPlansUtilizationDetails-1.json: SavingsPlansUtilizationDetails[0]',
      message: 'subscription sp runs in 2026-02, too',
    },
  ])('have $what', ({ answers, field, message }) => {
    const month = answers.costAndUsage.length > 1 ? '2026-02' : '2026-01';

    expect(meterMonth(answers, new Map(), BOTH, month)).toMatchObject({
      ok: false,
      faults: [{ field, message: expect.stringContaining(message) as string }],
    });
  });

  it.each([
    { what: 'the term was over', attributes: { endDateTime: '2026-01-15T00:00:00Z' } },
    { what: 'the term was over since its first instant', attributes: { endDateTime: '2026-02-01T00:00:00Z' } },
    { what: 'the term has not begun', attributes: { startDateTime: '2026-03-01T00:00:00Z' } },
    { what: 'nobody knows when the term ends', attributes: { endDateTime: null } },
    { what: 'it is still queued', attributes: { status: 'queued' } },
    { what: 'nothing was paid in advance', attributes: { upfrontFee: '0' } },
    { what: 'nobody can say what it is', attributes: { startDateTime: 'soon' } },
  ])('are not those about another month where $what', ({ attributes }) => {
    const other = { ...paid, startDateTime: '2025-01-15T00:00:00Z', ...attributes };

    expect(linesOf(ofBothMonths(answersOf('2026-01', other, '1')), '2026-02')).toEqual([]);
  });

  it('are those of one service alone that have left out the month', () => {
    const january = { Start: '2026-01-01', End: '2026-02-01' };
    const page = (query: string, ...periods: readonly object[]) => ({
      name: query,
      query,
      content: {
        UtilizationsByTime: periods.map((TimePeriod) => ({ TimePeriod, Groups: [reservation(query, paid, '1')] })),
      },
    });
    const meter = (...reservationUtilization: CostAnswers['reservationUtilization']) =>
      meterMonth({ ...ofBothMonths(costAnswers('2026-01', {})), reservationUtilization }, new Map(), BOTH, '2026-02');

    expect(meter(page('EC2', january, february))).toMatchObject({ ok: true });
    expect(meter(page('EC2', january, february), page('RDS', january))).toMatchObject({
      faults: [{ field: 'RDS: UtilizationsByTime[0].Groups[0]' }],
    });
  });
});
