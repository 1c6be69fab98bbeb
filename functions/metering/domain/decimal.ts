import Big from 'big.js';
import * as z from 'zod/mini';

/** Money: exact, of any length. A binary fraction would lose cents that nobody finds again. */
export type Decimal = Big;

export const ZERO: Decimal = new Big(0);

/**
 * Money as AWS writes it, `"101.9178082192"` or `"4.0E-10"`: a string. A JSON number has already been through a binary
 * fraction.
 */
export const AmountSchema = z.pipe(
  z
    .string()
    .check(
      z.regex(/^[+-]?\d{1,60}([.]\d{1,60})?([eE][+-]?\d{1,2})?$/, 'must be an amount, a decimal number as a string'),
    ),
  // A sign that changes nothing is no part of big.js's numbers.
  z.transform((text) => new Big(text.replace(/^\+/, ''))),
);

export const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce((sum, amount) => sum.plus(amount), ZERO);

/** All digits, without an exponent; zero has no sign. */
export const exactText = (amount: Decimal): string => (amount.eq(ZERO) ? '0' : amount.toFixed());

/** Cents, half a cent away from zero (half-up): `"1.005"` is `"1.01"`, `"-1.005"` is `"-1.01"`. */
export const centsText = (amount: Decimal): string => {
  const rounded = amount.round(2, Big.roundHalfUp);
  return (rounded.eq(ZERO) ? ZERO : rounded).toFixed(2);
};

/** What was written by `exactText`. */
export const decimal = (text: string): Decimal => new Big(text);
