import { meterMonth, type Chargeback } from '../../../../functions/metering/domain/usage-report';
import { costAnswers, reservation, savingsPlan } from './cost-answers';

const BUYER = '111111111111';
const OTHER = '222222222222';

const BOTH: Chargeback = { reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true };
const NEITHER: Chargeback = { reservedInstanceFairChargeback: false, savingsPlanFairChargeback: false };

const TENANTS = new Map([
  [BUYER, 'buyer'],
  [OTHER, 'other'],
]);

/** 1,200.00 all upfront for a year from 1 January, 8,760 hours: 744 of them in January, 672 in February. */
const ALL_UPFRONT = { accountId: BUYER, startDateTime: '2026-01-01T00:00:00.000Z', upfrontFee: '1200.00' };
const JANUARY = '101.9178082192';
const FEBRUARY = '92.0547945205';

const totals = (answers: Parameters<typeof meterMonth>[0], chargeback: Chargeback): readonly string[] => {
  const metered = meterMonth(answers, TENANTS, chargeback);
  if (!metered.ok) throw new Error(JSON.stringify(metered.faults));
  return metered.value.usage.reports.map(({ total }) => total);
};

describe('reserved instances, all upfront', () => {
  it.each([
    { who: 'the buyer uses all of it', buyer: ['300', JANUARY], other: [], expected: ['1500.00', '0.00'] },
    { who: 'nobody uses it', buyer: ['300', JANUARY], other: [], expected: ['1500.00', '0.00'] },
    { who: 'another account uses all of it', buyer: ['300'], other: [JANUARY], expected: ['1398.08', '101.92'] },
    {
      who: 'another account uses 40 % of it',
      buyer: ['300', '61.1506849315'],
      other: ['40.7671232877'],
      expected: ['1459.23', '40.77'],
    },
  ])('in the month of start, when $who', ({ buyer, other, expected }) => {
    const answers = costAnswers('2026-01', { [BUYER]: buyer, [OTHER]: other }, [
      reservation('ri-1', ALL_UPFRONT, JANUARY),
    ]);

    expect(totals(answers, BOTH)).toEqual(expected);
  });

  it.each([
    { who: 'the buyer uses it', buyer: ['300', FEBRUARY], other: [], expected: ['300.00', '0.00'] },
    { who: 'another account uses it', buyer: ['300'], other: [FEBRUARY], expected: ['207.95', '92.05'] },
  ])('in the month after, when $who', ({ buyer, other, expected }) => {
    const answers = costAnswers('2026-02', { [BUYER]: buyer, [OTHER]: other }, [
      reservation('ri-1', ALL_UPFRONT, FEBRUARY),
    ]);

    expect(totals(answers, BOTH)).toEqual(expected);
  });

  it.each([
    { month: '2026-04', days: 30, part: '98.6301369863', expected: ['201.37', '98.63'] },
    { month: '2026-12', days: 31, part: '101.9178082192', expected: ['198.08', '101.92'] },
  ])('in $month, of $days days, another account using it', ({ month, part, expected }) => {
    const answers = costAnswers(month, { [BUYER]: ['300'], [OTHER]: [part] }, [reservation('ri-1', ALL_UPFRONT, part)]);

    expect(totals(answers, BOTH)).toEqual(expected);
  });

  it('in the 29 days of a leap February, of a term of 8,784 hours', () => {
    const leap = { ...ALL_UPFRONT, startDateTime: '2028-02-01T00:00:00Z', endDateTime: '2029-02-01T00:00:00Z' };
    const answers = costAnswers('2028-02', { [BUYER]: ['300'], [OTHER]: ['95.0819672131'] }, [
      reservation('ri-1', leap, '95.0819672131'),
    ]);

    expect(totals(answers, BOTH)).toEqual(['1404.92', '95.08']);
  });

  it('may leave the buyer with a negative total', () => {
    const answers = costAnswers('2026-02', { [BUYER]: ['10'], [OTHER]: [FEBRUARY] }, [
      reservation('ri-1', ALL_UPFRONT, FEBRUARY),
    ]);

    expect(totals(answers, BOTH)).toEqual(['-82.05', '92.05']);
  });

  it('are amortized cost alone without fair chargeback', () => {
    const answers = costAnswers('2026-01', { [BUYER]: ['300'], [OTHER]: [JANUARY] }, [
      reservation('ri-1', ALL_UPFRONT, JANUARY),
    ]);

    expect(totals(answers, NEITHER)).toEqual(['300.00', '101.92']);
  });

  it('bill an owner that has cost nothing in the month', () => {
    const answers = costAnswers('2026-01', { [OTHER]: [JANUARY] }, [reservation('ri-1', ALL_UPFRONT, JANUARY)]);

    expect(totals(answers, BOTH)).toEqual(['1098.08', '101.92']);
  });
});

describe('a Savings Plan, partial upfront', () => {
  /** 0.20 an hour committed: 876.00 upfront, 0.10 an hour recurring. */
  const partly = savingsPlan(
    'sp-1',
    { AccountId: BUYER, StartDateTime: '2026-01-01T00:00:00.000Z', UpfrontFee: '876.00' },
    '74.40',
  );

  it('gives back the upfront part alone', () => {
    const answers = costAnswers('2026-01', { [BUYER]: ['148.80'] }, [], [partly]);

    expect(totals(answers, BOTH)).toEqual(['950.40', '0.00']);
  });

  it('follows its own flag', () => {
    const answers = costAnswers('2026-01', { [BUYER]: ['148.80'] }, [], [partly]);

    expect(totals(answers, { ...NEITHER, reservedInstanceFairChargeback: true })).toEqual(['148.80', '0.00']);
    expect(totals(answers, { ...NEITHER, savingsPlanFairChargeback: true })).toEqual(['950.40', '0.00']);
  });
});

describe('a subscription without anything upfront', () => {
  it('has no lines of its own', () => {
    const none = reservation(
      'ri-2',
      { accountId: BUYER, startDateTime: '2026-01-01T00:00:00Z', upfrontFee: '0.0' },
      '0',
    );
    const metered = meterMonth(costAnswers('2026-01', { [BUYER]: ['74.40'] }, [none]), TENANTS, BOTH);

    expect(metered).toMatchObject({
      value: { usage: { reports: [{ lineItems: [{ type: 'USAGE', amount: '74.4' }] }, {}] } },
    });
  });
});
