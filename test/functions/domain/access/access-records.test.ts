import { FACTORY_USER_CHANGE, factoryUserIn, identityCenterIn } from '../../../../functions/domain/access/factory-user';
import {
  ExecutionRoleSchema,
  isSameTrust,
  isSamlTrust,
  SAML_ROLE_PATH,
  samlProviderArn,
  samlTrust,
} from '../../../../functions/domain/access/role-trust';
import {
  assignmentDifferences,
  memberDifferences,
  ownedGroups,
  plannedGroupOf,
  plannedPeople,
  wantedMembers,
} from '../../../../functions/domain/access/tenant-groups';
import { group, vending } from '../../../fakes/vending';
import { configuration } from '../examples';

const store = { region: 'r', identityStoreId: 'd-1', instanceArn: 'arn', scim: null };
const user = { email: 'e', region: 'u', instanceArn: null, identityStoreId: null };
const record = (identityStoreId: string, name: string) => ({ identityStoreId, name, groupId: `id of ${name}` });

describe('groups of a tenant', () => {
  const groups = [record('d-1', 'mst-a'), record('d-2', 'mst-b')];

  it('are those in the directory of the plan', () => {
    expect(ownedGroups(vending({ tenant: { groups }, plan: { identityStore: store } }))).toEqual([groups[0]]);
    expect(ownedGroups(vending({ tenant: { groups }, plan: { identityStore: null } }))).toEqual([]);
  });

  it('are planned by their names', () => {
    const context = vending({ plan: { groups: [group('mst-a'), group('mst-b')] } });
    expect(plannedGroupOf(context, record('d-1', 'mst-b'))).toEqual(group('mst-b'));
    expect(plannedGroupOf(context, record('d-1', 'mst-c'))).toBeUndefined();
  });

  it('get those members that they lack, and lose those that they should not have', () => {
    const actual = [
      { userId: 'a', membershipId: '1' },
      { userId: 'b', membershipId: '2' },
    ];
    expect(memberDifferences(actual, new Set(['b', 'c']))).toEqual({ add: ['c'], remove: [actual[0]] });
    expect(memberDifferences([], new Set())).toEqual({ add: [], remove: [] });
  });

  it('get those permission sets that they lack, and lose the others', () => {
    expect(assignmentDifferences(['a', 'b'], ['b', 'c'])).toEqual({ create: ['c'], delete: ['a'] });
  });

  it('have the people whom the directory knows, and each is looked for once', () => {
    const one = { ...group('a'), members: ['jane', 'ada', 'joe'] };
    const users = new Map([
      ['jane', 'u-1'],
      ['joe', 'u-2'],
      ['eve', 'u-3'],
    ]);
    expect([...wantedMembers(one, users)]).toStrictEqual(['u-1', 'u-2']);
    expect(plannedPeople([one, { ...group('b'), members: ['zoe', 'ada'] }])).toEqual(['ada', 'jane', 'joe', 'zoe']);
  });
});

describe("the Account Factory's user", () => {
  it('is in the plan where there is one', () => {
    const { platform } = configuration();
    expect(factoryUserIn(platform)).toMatchObject({ factoryUser: { email: 'cloud@corp.example' } });
    expect(
      factoryUserIn(configuration(['platform.enrollmentConfiguration.keepFactoryUser', true]).platform),
    ).toStrictEqual({});
  });

  it('is told without a name', () => {
    expect(FACTORY_USER_CHANGE).toEqual({
      what: "assignment of the Account Factory's user",
      from: 'AWSAdministratorAccess',
      to: null,
    });
  });

  it.each([
    ['the one that is configured', { identityStore: store, factoryUser: user }, store],
    ['that of the user', { identityStore: null, factoryUser: user }, user],
    ['none', { identityStore: null }, null],
    ['none, for the management account too', { identityStore: null, accessOnly: true as const }, null],
    [
      'that of the management account',
      { identityStore: store, accessOnly: true as const },
      { ...store, ofManagement: true },
    ],
  ])('is in the directory: %s', (_, plan, expected) => {
    expect(identityCenterIn(plan)).toStrictEqual(expected);
  });
});

describe('trust in a SAML provider', () => {
  const PROVIDER = 'arn:aws:iam::444444444444:saml-provider/meshIdB';

  it('is in those whom it has signed in for the console', () => {
    expect(samlProviderArn('aws', '444444444444', 'meshIdB')).toBe(PROVIDER);
    expect(SAML_ROLE_PATH).toBe('/meshidb/');
    expect(JSON.parse(samlTrust(PROVIDER))).toStrictEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: PROVIDER },
          Action: 'sts:AssumeRoleWithSAML',
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
      ],
    });
  });

  it.each([
    [samlTrust(PROVIDER), true],
    [JSON.stringify(JSON.parse(samlTrust(PROVIDER)), null, 2), true],
    [samlTrust(`${PROVIDER}s`), false],
    ['{}', false],
    ['{', false],
    ['null', false],
  ])('is known again: %#', (document, expected) => {
    expect(isSamlTrust(document, PROVIDER)).toBe(expected);
  });
});

describe('the trust of a role', () => {
  const trust = (AWS: string | readonly string[], Action: string | readonly string[] = 'sts:AssumeRole') =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS }, Action }] });
  const ROOT = 'arn:aws:iam::222222222222:root';

  it.each([
    [[ROOT, '333333333333'], ['333333333333', ROOT], true],
    [ROOT, '222222222222', true],
    [`x${ROOT}`, '222222222222', false],
    [`${ROOT}x`, '222222222222', false],
    [`${ROOT}/x`, '222222222222', false],
  ])('%j is that of %j: %s', (one, other, expected) => {
    expect(isSameTrust(trust(one), trust(other))).toBe(expected);
  });

  it('says the same whatever the order of actions, and nothing where it cannot be read', () => {
    expect(isSameTrust(trust(ROOT, ['a:B', 'a:C']), trust(ROOT, ['a:C', 'a:B']))).toBe(true);
    expect(isSameTrust(trust(ROOT, ['a:B']), trust(ROOT, ['a:C']))).toBe(false);
    expect(isSameTrust('{', '{')).toBe(false);
  });

  it('is read from the environment whole', () => {
    const role = { name: 'n', managedPolicyArns: ['p'], trustedAccountId: 'a', trustedRoleArns: ['r'] };
    expect(ExecutionRoleSchema.parse({ ...role, more: 1 })).toEqual(role);
    for (const field of Object.keys(role)) {
      expect(ExecutionRoleSchema.safeParse({ ...role, [field]: undefined }).success).toBe(false);
    }
  });
});
