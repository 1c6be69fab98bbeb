import {
  PlanSchema,
  TENANT_TAG_KEY,
  controlTowerOf,
  isLeaving,
  namedUnitOf,
} from '../../../../functions/domain/plan/plan';
import { enrollment, group, plan } from '../../../fakes/vending';
import { under, type Kind, recordRules } from '../records/record-kind';

const wholePlan = {
  ...plan({
    existingAccountId: 'a',
    import: { organizationalUnits: ['ou'], tag: { key: 'k', value: 'v' } },
    serviceAccounts: [{ id: 'i', what: 'w' }],
    workspaceOrgUnit: { parentOrgUnitId: 'p', name: 'n' },
    stackSetExecutionRole: { name: 'n', managedPolicyArns: ['a'], trustedAccountId: 't' },
    enrollment: { ...enrollment, suspendedOrgUnitId: 'ou' },
    unenrollment: { ...enrollment, strategy: 'auto-enroll', suspendedOrgUnitId: 'ou' },
    controlTowerRegion: 'r',
    factoryUser: { email: 'e', region: 'r', instanceArn: 'a', identityStoreId: 'd' },
    adoptGroups: true,
    accessOnly: true,
    approval: { expiresAfterDays: 1 },
    shadow: true,
    stackSets: [{ name: 'n', homeRegion: 'h', regions: ['r'], parameters: { a: 'b' }, removeStackInstances: true }],
    stackSetRemovals: [{ name: 'n', homeRegion: 'h', regions: ['r'] }],
    customizations: [
      {
        name: 'n',
        project: 'p',
        region: 'r',
        image: 'i',
        buildspec: 'b',
        environment: { a: 'b' },
        inputs: { a: 'b' },
        source: { type: 'S3', location: 'l', version: 'v', connectionArn: 'c' },
        timeLimitMinutes: 5,
        role: { name: 'r', madeByStackSet: true },
        destroys: true,
      },
    ],
    landingZoneFunction: { arn: 'a', payload: { a: 'b' } },
    externalAvm: { tags: { a: 'b' } },
    identityStore: {
      region: 'r',
      identityStoreId: 'd',
      instanceArn: 'a',
      scim: { endpoint: 'e', tokenSecretArn: 's' },
    },
    groups: [{ ...group('g'), projectRoles: ['p'], permissionSetArns: ['a'], members: ['m'] }],
    existingGroups: {
      withinHours: 1,
      groups: [{ name: 'n', awsRole: 'r', projectRoles: ['p'], permissionSetArns: ['a'] }],
    },
    samlAccess: {
      provider: { name: 'n', metadataDocument: 'm' },
      roles: [{ name: 'n', projectRoles: ['p'], policyArns: ['a'] }],
      failIfNotFound: true,
    },
    meshIdentifiers: { a: 'b' },
    tags: { a: 'b' },
    remarks: ['r'],
    closing: { managementAccountId: 'm', closesAccount: true, releasesAlias: true },
  }),
};

const PARTS_OF_ENROLLMENT = { concurrentEnrollments: 5, suspendedOrgUnitId: undefined };

const KINDS: Readonly<Record<string, Kind>> = {
  plan: {
    schema: PlanSchema,
    whole: wholePlan,
    absent: {
      existingAccountId: null,
      accessOnly: undefined,
      import: null,
      serviceAccounts: [],
      workspaceOrgUnit: undefined,
      unenrollment: undefined,
      controlTowerFollowsMoves: false,
      controlTowerRegion: null,
      factoryUser: undefined,
      adoptGroups: undefined,
      approval: undefined,
      stackSetRemovals: [],
      customizations: undefined,
      externalAvm: null,
      existingGroups: undefined,
      samlAccess: null,
      skipUserGroupPermissionCleanup: false,
      membersKnown: false,
      meshIdentifiers: {},
      accessRoleProfile: 'meshstack',
      closing: undefined,
      shadow: undefined,
      ...under('enrollment', PARTS_OF_ENROLLMENT),
      ...under('unenrollment', { ...PARTS_OF_ENROLLMENT, accountFactoryProductId: undefined, ssoUser: undefined }),
      ...under('stackSets.0', { removeStackInstances: undefined }),
      ...under('customizations.0', { destroys: undefined }),
      ...under('identityStore', { scim: null }),
      ...under('closing', { closesAccount: false, releasesAlias: false }),
    },
    words: {
      accessRoleProfile: ['meshstack', 'sealed'],
      'enrollment.strategy': ['account-factory', 'auto-enroll'],
      'unenrollment.strategy': ['account-factory', 'auto-enroll'],
      'customizations.0.source.type': ['S3', 'GITHUB', 'GITLAB', 'BITBUCKET'],
    },
  },
};

for (const [name, kind] of Object.entries(KINDS)) recordRules(name, kind);

describe('a plan', () => {
  const closing = { managementAccountId: 'm', closesAccount: true, releasesAlias: true };
  const other = { ...enrollment, region: 'eu-west-1' };

  it.each([
    [{}, false],
    [{ closing }, true],
    [{ unenrollment: enrollment }, true],
  ])('with %o is of an account that leaves Control Tower: %s', (changes, expected) => {
    expect(isLeaving(plan(changes))).toBe(expected);
  });

  it('knows the Control Tower that the account is in, or leaves', () => {
    expect(controlTowerOf(plan())).toBeNull();
    expect(controlTowerOf(plan({ enrollment }))).toBe(enrollment);
    expect(controlTowerOf(plan({ enrollment, unenrollment: other }))).toBe(other);
  });

  it('knows the unit that the configuration names', () => {
    const workspaceOrgUnit = { parentOrgUnitId: 'ou-parent', name: 'n' };
    expect(namedUnitOf(plan())).toBe('ou-ab12-cdefgh34');
    expect(namedUnitOf(plan({ targetOrgUnitId: null, workspaceOrgUnit }))).toBe('ou-parent');
    expect(namedUnitOf(plan({ targetOrgUnitId: null }))).toBe('');
    expect(TENANT_TAG_KEY).toBe('account-vending:tenant-uuid');
  });
});
