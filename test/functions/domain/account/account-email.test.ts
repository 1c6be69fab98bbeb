import { emailFaults, unitNameFaults } from '../../../../functions/domain/account/account-names';

describe('emailFaults', () => {
  it.each([
    'a@b.cd',
    'aws+retail.webshop-dev.42@corp.example',
    `${'x'.repeat(51)}@corp.example`,
    '!#$*+-/=?^_`{}~.@sub.corp-x.example',
    'UPPER@Corp.Example',
  ])('has nothing against %j', (email) => {
    expect(emailFaults(email)).toEqual([]);
  });

  it.each([
    [`${'x'.repeat(52)}@corp.example`, 'which has 65 characters; AWS accepts 6 to 64'],
    ['a@b.c', 'which has 5 characters'],
    ['corp.example', "exactly one '@'"],
    ['a@b@corp.example', "exactly one '@'"],
    ['@corp.example', "something before the '@'"],
    ['a b@corp.example', 'ASCII characters other than spaces'],
    ['jürgen@corp.example', 'ASCII characters'],
    ['.a@corp.example', 'must not begin with a dot'],
    ['a,b@corp.example', 'may stand before'],
    ['a%b@corp.example', 'may stand before'],
    ['a&b@corp.example', 'may stand before'],
    ['a"b@corp.example', 'may stand before'],
    ['a\\b@corp.example', 'may stand before'],
    ['abcde@corp', 'single dots between'],
    ['abc@corp..example', 'single dots between'],
    ['abc@-corp.example', 'begin or end with a hyphen or a dot'],
    ['abc@corp.example-', 'begin or end with a hyphen or a dot'],
    ['abc@corp.example.', 'begin or end with a hyphen or a dot'],
    ['abc@corp_x.example', 'letters, digits, hyphens and dots'],
    ['abc@', 'letters, digits, hyphens and dots'],
  ])('says what AWS has against %j', (email, reason) => {
    expect(
      emailFaults(email)
        .map(({ message }) => message)
        .join('\n'),
    ).toContain(reason);
  });
});

describe('the Account Factory', () => {
  it('is told of with its rule', () => {
    expect(emailFaults("a'#b@corp.example".replace("'", '!'), true)).toEqual([
      {
        field: 'accountEmailPattern',
        message:
          "renders to 'a!#b@corp.example', which AWS Control Tower does not enroll: before the '@' it takes only letters, digits and " +
          '._%+-, and after the last dot only letters. Correct accountEmailPattern in platform.json, or the identifiers and tags that it uses; or take a landing zone without awsEnrollAccount.',
        value: 'a!#b@corp.example',
        limit: '[A-Z0-9a-z._%+-]+@[A-Za-z0-9.-]+[.]+[A-Za-z]+',
      },
    ]);
  });
});

describe('the name of a unit', () => {
  it.each([
    ['Retail', []],
    ['x'.repeat(128), []],
    ['x'.repeat(129), [128]],
    [' Retail', ['visible characters']],
    ['Retail ', ['visible characters']],
    ['Re\u200btail', ['visible characters']],
  ])('%j has the faults %j', (name, limits) => {
    expect(unitNameFaults(name).map(({ field, limit }) => [field, limit])).toEqual(
      limits.map((limit) => ['workspaceOrgUnits.namePattern', limit]),
    );
  });
});
