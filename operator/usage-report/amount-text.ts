import { centsText, type Decimal } from '../../functions/metering/domain/decimal';

/** Cents, with commas between thousands, as the axes of the charts have them: `"-1,234.50"`. */
export const readableCents = (amount: Decimal): string => withThousands(centsText(amount));

/** Commas between thousands of the whole part; digits behind the point stay as they are. */
export const withThousands = (amount: string): string => {
  const [whole = '', ...fraction] = amount.split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
};

/** As wide as a digit, and as a point; nothing to see, nothing to be read out. */
const FIGURE_SPACE = '\u2007';
const POINT_SPACE = '\u2008';

/** Amounts of different length, padded so that their decimal points align. */
export function pointsAligned(amounts: readonly string[]): readonly string[] {
  const longest = Math.max(0, ...amounts.map((amount) => fractionOf(amount).length));
  return amounts.map((amount) => {
    const missing = FIGURE_SPACE.repeat(longest - fractionOf(amount).length);
    return amount.includes('.') || longest === 0 ? amount + missing : amount + POINT_SPACE + missing;
  });
}

const fractionOf = (amount: string): string => amount.split('.')[1] ?? '';
