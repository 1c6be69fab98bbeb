import { accountNameFaults, beginsLikeOurs } from '../../../../functions/domain/account/account-names';

describe('accountNameFaults', () => {
  it('has nothing against 50 characters of printable ASCII', () => {
    expect(accountNameFaults(`${'w'.repeat(19)}.${'p'.repeat(30)}`)).toEqual([]);
  });

  it.each([
    ['x'.repeat(51), 'which has 51 characters; AWS accepts at most 50', 50],
    ['zoë.shop', 'printable ASCII characters only', 'printable ASCII'],
    ['a\tb', 'printable ASCII characters only', 'printable ASCII'],
  ])('says what AWS has against %j', (name, reason, limit) => {
    expect(accountNameFaults(name)).toEqual([
      expect.objectContaining({
        field: 'account.name',
        value: name,
        limit,
        message: expect.stringContaining(reason) as string,
      }),
    ]);
  });
});

describe('the name of a group', () => {
  it.each([
    ['mst-admin', true],
    ['MST-admin', true],
    ['mst_admin', false],
    ['admin-mst-', false],
  ])('%s begins like ours: %s', (name, expected) => {
    expect(beginsLikeOurs(name)).toBe(expected);
  });
});
