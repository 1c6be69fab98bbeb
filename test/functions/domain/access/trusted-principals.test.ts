import { flawsOfTrust } from '../../../../functions/domain/access/trusted-principals';

const ACCOUNT = 'arn:aws:iam::111111111111:root';
const role = (name: string, account = '111111111111'): string => `arn:aws:iam::${account}:role/vending-${name}`;
const WANTED = { principalArns: [role('A'), role('B')], externalId: 'the-agreed-one' };
const NONE = { missing: [], foreign: [], isOpen: false, hasOtherExternalId: false };

interface Said {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: object;
}

const asked = (externalId: unknown = 'the-agreed-one', operator = 'StringEquals'): object => ({
  [operator]: { 'sts:ExternalId': externalId },
});

const named = (...arns: readonly string[]): object => ({ ArnEquals: { 'aws:PrincipalArn': arns } });

const flawsOf = (...statements: readonly Said[]) =>
  flawsOfTrust(
    JSON.stringify({
      Statement: statements.map((one) => ({
        Effect: 'Allow',
        Principal: { AWS: ACCOUNT },
        Action: 'sts:AssumeRole',
        ...one,
      })),
    }),
    WANTED,
  );

describe('a trust policy', () => {
  it.each<readonly [string, readonly Said[]]>([
    ['as the templates write it', [{ Condition: { ...named(role('A'), role('B')), ...asked(['the-agreed-one']) } }]],
    [
      'while the ExternalId is changed',
      [{ Condition: { ...named(role('A'), role('B')), ...asked(['x', 'the-agreed-one']) } }],
    ],
    ['in two statements', [role('A'), role('B')].map((arn) => ({ Condition: { ...named(arn), ...asked() } }))],
    ['with the roles as principals', [{ Principal: { AWS: [role('A'), role('B')] }, Condition: asked() }]],
    [
      'with the id of the account, keys in other letters and a right to tag',
      [
        {
          Principal: { AWS: '111111111111' },
          Condition: {
            StringLike: { 'AWS:principalarn': [role('A'), role('B')] },
            StringEquals: { 'STS:EXTERNALID': 'the-agreed-one' },
          },
        },
        { Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:TagSession' },
      ],
    ],
    [
      'that denies somebody else',
      [
        { Condition: { ...named(role('A'), role('B')), ...asked() } },
        { Effect: 'Deny', Principal: '*', Condition: named(role('C')) },
      ],
    ],
  ])('is as it should be %s', (_, statements) => {
    expect(flawsOf(...statements)).toEqual(NONE);
  });

  it.each<readonly [string, readonly Said[], object]>([
    ['who is left out', [{ Condition: { ...named(role('A')), ...asked() } }], { missing: [role('B')] }],
    [
      'who is let in as well',
      [{ Condition: { ...named(role('A'), role('B'), role('C')), ...asked() } }],
      { foreign: [role('C')] },
    ],
    [
      'a pattern, which lets in anyone who fits',
      [{ Condition: { ArnLike: { 'aws:PrincipalArn': role('*') }, ...asked() } }],
      { foreign: [role('*')] },
    ],
    ['the whole account', [{ Condition: asked() }], { foreign: [ACCOUNT] }],
    ['everybody', [{ Principal: '*', Condition: asked() }], { foreign: ['*'] }],
    [
      'a service',
      [
        { Condition: { ...named(role('A'), role('B')), ...asked() } },
        { Principal: { Service: 'ec2.amazonaws.com' }, Condition: asked() },
      ],
      { foreign: ['ec2.amazonaws.com'] },
    ],
    [
      'an identity provider, by an action of its own',
      [
        { Condition: { ...named(role('A'), role('B')), ...asked() } },
        {
          Principal: { Federated: 'accounts.example.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: asked(),
        },
      ],
      { foreign: ['accounts.example.com'] },
    ],
    [
      'roles of the same names in another account',
      [{ Principal: { AWS: '999999999999' }, Condition: { ...named(role('A', '999999999999')), ...asked() } }],
      { missing: [role('A'), role('B')], foreign: [role('A', '999999999999')] },
    ],
    ['no ExternalId', [{ Condition: named(role('A'), role('B')) }], { isOpen: true }],
    [
      'an ExternalId only where there is one',
      [{ Condition: { ...named(role('A'), role('B')), ...asked('the-agreed-one', 'StringEqualsIfExists') } }],
      { isOpen: true },
    ],
    [
      'another ExternalId',
      [{ Condition: { ...named(role('A'), role('B')), ...asked('other') } }],
      { missing: [role('A'), role('B')], hasOtherExternalId: true },
    ],
    [
      'a condition that nobody can judge beforehand',
      [{ Condition: { ...named(role('A'), role('B')), ...asked(), Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
      { missing: [role('A'), role('B')] },
    ],
    [
      'whom a statement denies',
      [
        { Condition: { ...named(role('A'), role('B')), ...asked() } },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:*', Condition: named(role('A')) },
      ],
      { missing: [role('A')] },
    ],
    ['nobody at all', [], { missing: [role('A'), role('B')] }],
  ])('tells %s', (_, statements, flaws) => {
    expect(flawsOf(...statements)).toEqual({ ...NONE, ...flaws });
  });

  it('is left open where it cannot be read', () => {
    expect(flawsOf({ Principal: undefined })).toBeUndefined();
    expect(flawsOfTrust('no JSON', WANTED)).toBeUndefined();
  });
});

describe('the principals of a trust policy', () => {
  const both = [role('A'), role('B')];

  it.each<readonly [string, Said, Partial<ReturnType<typeof flawsOf>>]>([
    ['a role beside ours', { Principal: { AWS: role('C') } }, { missing: both, foreign: [role('C')] }],
    ['only one of our two roles', { Principal: { AWS: role('A') } }, { missing: [role('B')] }],
    ['a longer name', { Principal: { AWS: `${role('A')}x` } }, { missing: both, foreign: [`${role('A')}x`] }],
    ['no account', { Principal: { AWS: 'x111111111111' } }, { missing: both, foreign: ['x111111111111'] }],
    ['an account and more', { Principal: { AWS: `${ACCOUNT}x` } }, { missing: both, foreign: [`${ACCOUNT}x`] }],
    ['our roles for actions that let nobody in', { Principal: { AWS: both }, Action: ['sts:TagSession', 'sts:*'] }, {}],
  ])('are who is named: %s', (_, said, flaws) => {
    expect(flawsOf({ ...said, Condition: asked() })).toEqual({ ...NONE, ...flaws });
  });

  it('are those of a condition whom one of several principals stands for', () => {
    const Principal = { AWS: [role('A'), ACCOUNT] };
    expect(flawsOf({ Principal, Condition: { ...named(...both, role('C')), ...asked() } })).toEqual({
      ...NONE,
      foreign: [role('C')],
    });
    expect(
      flawsOf({ Principal: { AWS: role('A') }, Condition: { ...named(role('A'), role('C')), ...asked() } }),
    ).toEqual({
      ...NONE,
      missing: [role('B')],
    });
  });

  it('are those of every operator that names them', () => {
    for (const operator of ['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike']) {
      const Condition = {
        StringLike: {},
        ...asked(),
        [operator]: { 'aws:PrincipalArn': both, 'sts:ExternalId': 'the-agreed-one' },
      };
      expect(flawsOf({ Condition })?.foreign).toEqual([]);
    }
  });
});
