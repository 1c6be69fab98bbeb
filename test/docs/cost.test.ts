import { pageOf, rowsOf } from './pages';

/** A figure of the row of a table that is made by `npm run price` or `npm run night-price`. */
const figureOf = (page: string, row: string, fromEnd = 1): number =>
  Number(
    pageOf(page)
      .split('\n')
      .find((line) => line.startsWith(`| ${row} |`))
      ?.split('|')
      .at(-1 - fromEnd),
  );

const idle = figureOf('docs/cost.md', 'an idle month');
const idleNothingFree = figureOf('docs/cost.md', 'an idle month', 2);
const vending = figureOf('docs/cost.md', 'a vending |');
const nightsOfThousand = figureOf('docs/second-runs.md', 'a month of 30');

/** A tenth of the accounts is new in a month. */
const NEW_SHARE = 0.1;
const inDollars = (text = ''): number => Number(text.replaceAll(/[^\d.]/gu, ''));

describe('a vending', () => {
  it.each([2, 1])('costs at most 0.006 dollars, with Control Tower and without', (fromEnd) => {
    expect(figureOf('docs/cost.md', 'a vending', fromEnd)).toBeLessThanOrEqual(0.006);
  });
});

describe('the example of docs/cost.md', () => {
  it.each(rowsOf('docs/cost.md', 'accounts'))(
    'is computed from the tables: %s accounts',
    (accounts, idleCell, nights, ordered, month, quietMonth, nothingFree) => {
      const count = inDollars(accounts);
      const ofNights = (count / 1000) * nightsOfThousand;
      const ofOrders = count * NEW_SHARE * vending;

      expect(inDollars(idleCell)).toBe(idle);
      expect(inDollars(nights)).toBeCloseTo(ofNights, 1);
      expect(inDollars(ordered)).toBeCloseTo(ofOrders, 1);
      // Whole dollars, rounded from more digits of a night and a vending than the tables have.
      expect(Math.abs(inDollars(month) - (idle + ofNights + ofOrders))).toBeLessThan(0.51);
      expect(Math.abs(inDollars(nothingFree) - (idleNothingFree + ofNights + ofOrders))).toBeLessThan(0.6);
      expect(Math.abs(inDollars(quietMonth) - (idle + ofOrders))).toBeLessThan(0.51);
    },
  );
});
