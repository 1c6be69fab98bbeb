/** Rounded to cents, with groups of thousands: `1,234.50 USD`. */
export const moneyText = (amount: string | number, currency: string): string =>
  `${Number(amount).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;
