import { decimal } from '../../../functions/metering/domain/decimal';
import { readableCents, withThousands } from '../../../operator/usage-report/amount-text';

describe('amounts to be read', () => {
  it.each([
    { exact: '0', read: '0.00' },
    { exact: '999.994', read: '999.99' },
    { exact: '999.995', read: '1,000.00' },
    { exact: '-1234567.5', read: '-1,234,567.50' },
    { exact: '-100', read: '-100.00' },
  ])('show $exact as $read', ({ exact, read }) => {
    expect(readableCents(decimal(exact))).toBe(read);
  });

  it.each([
    { exact: '1234.1234567891', read: '1,234.1234567891' },
    { exact: '-123', read: '-123' },
    { exact: '0.0000000001', read: '0.0000000001' },
  ])('keep all digits of $exact', ({ exact, read }) => {
    expect(withThousands(exact)).toBe(read);
  });
});
