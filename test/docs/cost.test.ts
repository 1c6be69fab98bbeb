import { pageOf, rowsOf } from './pages';

/** The last figure of the row of a table that is made by `npm run price` or `npm run night-price`. */
const figureOf = (page: string, row: string): number =>
  Number(
    pageOf(page)
      .split('\n')
      .find((line) => line.startsWith(`| ${row} |`))
      ?.split('|')
      .at(-2),
  );

const idle = figureOf('docs/cost.md', 'an idle month');
const vending = figureOf('docs/cost.md', 'a vending');
const nightsOfThousand = figureOf('docs/second-runs.md', 'a month of 30');

/** A tenth of the accounts is new in a month. */
const NEW_SHARE = 0.1;
const inDollars = (text = ''): number => Number(text.replaceAll(/[^\d.]/gu, ''));

describe('the example of docs/cost.md', () => {
  it.each(rowsOf('docs/cost.md', 'accounts'))(
    'is computed from the tables: %s accounts',
    (accounts, idleCell, nights, ordered, month, quietMonth) => {
      const count = inDollars(accounts);
      const ofNights = (count / 1000) * nightsOfThousand;
      const ofOrders = count * NEW_SHARE * vending;

      expect(inDollars(idleCell)).toBe(idle);
      expect(inDollars(nights)).toBeCloseTo(ofNights, 1);
      expect(inDollars(ordered)).toBeCloseTo(ofOrders, 1);
      expect(inDollars(month)).toBe(Math.round(idle + ofNights + ofOrders));
      expect(inDollars(quietMonth)).toBe(Math.round(idle + ofOrders));
    },
  );
});
