import { aliasFaults, sanitizedAlias } from '../../../../functions/domain/account/account-names';

describe('sanitizedAlias', () => {
  it.each([
    ['corp-retail', 'corp-retail'],
    ['--corp--retail---shop-', 'corp-retail-shop'],
    ['-', ''],
    ['Corp_.', 'Corp_.'],
  ])('makes of %j %j', (rendered, expected) => {
    expect(sanitizedAlias(rendered)).toBe(expected);
  });
});

describe('aliasFaults', () => {
  it.each(['abc', 'a-b', 'x'.repeat(63), '1234567890123', '12345678901', '12345678901a'])(
    'has nothing against %j',
    (alias) => {
      expect(aliasFaults(alias)).toEqual([]);
    },
  );

  it.each([
    ['ab', 'which has 2 characters; AWS accepts 3 to 63'],
    ['', 'which has 0 characters'],
    ['x'.repeat(64), 'which has 64 characters; AWS accepts 3 to 63'],
    ['Corp-Retail', "lower-case letters, digits and hyphens only, not 'C', 'R'"],
    ['corp.retail', "not '.'"],
    ['corp_retail', "not '_'"],
    ['cörp', "not 'ö'"],
    ['123456789012', 'an alias of 12 digits looks like an account id'],
  ])('says what AWS has against %j', (alias, reason) => {
    expect(aliasFaults(alias)).toEqual([
      expect.objectContaining({ field: 'accountAliasPattern', message: expect.stringContaining(reason) as string }),
    ]);
  });
});
