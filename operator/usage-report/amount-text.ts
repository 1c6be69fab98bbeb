import { centsText, type Decimal } from '../../functions/metering/domain/decimal';

/** Cents, with commas between thousands, as the axes of the charts have them: `"-1,234.50"`. */
export const readableCents = (amount: Decimal): string => withThousands(centsText(amount));

/** Commas between thousands of the whole part; digits behind the point stay as they are. */
export const withThousands = (amount: string): string => {
  const [whole = '', ...fraction] = amount.split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
};
