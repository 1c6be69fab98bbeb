/*
 * Money as whole numbers of 10^-10, the finest that Cost Explorer tells: another arithmetic than that of the code under
 * test, so that both do not make the same mistake.
 */
const UNITS_IN_A_CENT = 100_000_000n;

/** Half away from zero. */
export function divided(amount: bigint, divisor: bigint): bigint {
  const magnitude = amount < 0n ? -amount : amount;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return amount < 0n ? -rounded : rounded;
}

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** `"-1.5"`; an exponent, a plus, a minus before nothing, or more digits than there are make no amount. */
export function unitsOf(text: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(0|[1-9]\d*)(?:[.](\d{1,10}))?$/.exec(text) ?? [];
  if (sign === undefined || text === '-0') throw new Error(`'${text}' is no plain decimal.`);
  const magnitude = BigInt(whole + fraction.padEnd(10, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** Two digits, always. */
export function centsOf(amount: bigint): string {
  const cents = divided(amount, UNITS_IN_A_CENT);
  const magnitude = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${magnitude.slice(0, -2)}.${magnitude.slice(-2)}`;
}

/** In one of the ways in which AWS writes amounts: all ten digits, as few as do, or with an exponent. */
export function awsText(amount: bigint, way: number): string {
  const magnitude = String(amount < 0n ? -amount : amount).padStart(11, '0');
  const sign = amount < 0n ? '-' : '';
  const plain = `${magnitude.slice(0, -10)}.${magnitude.slice(-10)}`;
  if (way % 3 === 0) return sign + plain;
  if (way % 3 === 1) return sign + plain.replace(/[.]?0+$/, '');
  return `${sign}${magnitude.replace(/^0+(?=\d)/, '')}.0E-10`;
}
