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
  ])('is that $what', ({ attributes, amortized }) => {
    const all = { ...YEAR, numberOfInstances: '5', ...attributes };

    expect(feesOf(answersOf('2026-01', all, amortized))).toEqual(['1825']);
  });

  it('is that of the answer where there is nothing to compare it with', () => {
    expect(feesOf(answersOf('2026-01', { ...YEAR, numberOfInstances: '5', upfrontFee: '365' }, '0'))).toEqual(['365']);
  });

  it('is that of one where a number of instances has decimals', () => {
    expect(feesOf(answersOf('2026-01', { ...YEAR, numberOfInstances: '3.0', upfrontFee: '365' }, '93'))).toEqual([
      '1095',
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
    {
      what: 'an account that is none',
      answers: answersOf('2026-01', { ...paid, accountId: '1111' }, '1'),
      field: `${EC2_FILE}.Attributes.accountId`,
      message: 'must be an account id of 12 digits',
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

  it('are not those about another month in which the term was over', () => {
    const over = { ...paid, startDateTime: '2025-01-15T00:00:00Z', endDateTime: '2026-01-15T00:00:00Z' };

    expect(linesOf(ofBothMonths(answersOf('2026-01', over, '1')), '2026-02')).toEqual([]);
  });
});
