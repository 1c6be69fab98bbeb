import {
  configuredMode,
  executionRoleInMembers,
  importRulesOf,
  plannedControlTower,
  plannedEnrollment,
  plannedExecutionRole,
  plannedExternalAvm,
  plannedIdentityStore,
  plannedImport,
  plannedSamlAccess,
  plannedStackSets,
  plannedUnit,
  withUnenrollment,
} from '../../../../functions/domain/planning/planned-platform';
import type { LandingZone } from '../../../../functions/domain/configuration/landing-zone';
import type { Enrollment } from '../../../../functions/domain/records/account-records';
import { account, NOW, plan } from '../../../fakes/vending';
import { awsSso, type Change, configuration, desiredState, platformJson } from '../examples';
import { says } from '../says';

const platformWith = (...changes: readonly Change[]) => configuration(...changes).platform;
const zoneWith = (...changes: readonly Change[]): LandingZone => {
  const [zone] = Object.values(configuration(...changes).landingZones);
  if (zone === undefined) throw new Error('There is no landing zone.');
  return zone;
};

const NO_ENROLLMENT: readonly Change[] = [
  ['platform.enrollmentConfiguration', undefined],
  ['landingZone.awsEnrollAccount', false],
];
const ACCOUNT = '444444444444';

describe('enrollment', () => {
  it('is planned where the landing zone and the platform want it', () => {
    expect(plannedEnrollment(platformWith(), zoneWith())).toMatchObject({
      strategy: 'account-factory',
      region: 'eu-central-1',
    });
    expect(plannedEnrollment(platformWith(), zoneWith(['landingZone.awsEnrollAccount', false]))).toBeNull();
    expect(plannedEnrollment(platformWith(...NO_ENROLLMENT), zoneWith())).toBeNull();
  });

  it('has what is known of Control Tower beside it', () => {
    expect(plannedControlTower(platformWith(), zoneWith(['landingZone.awsEnrollAccount', false]))).toEqual({
      enrollment: null,
      controlTowerRegion: 'eu-central-1',
      controlTowerFollowsMoves: false,
    });
    const byMove: Change = ['platform.enrollmentConfiguration.strategy', 'auto-enroll'];
    expect(plannedControlTower(platformWith(byMove), zoneWith(byMove))).toMatchObject({
      controlTowerFollowsMoves: true,
    });
    expect(plannedControlTower(platformWith(...NO_ENROLLMENT), zoneWith(...NO_ENROLLMENT))).toEqual({
      enrollment: null,
      controlTowerRegion: null,
      controlTowerFollowsMoves: false,
    });
  });

  const known: Enrollment = {
    phase: 'ended',
    kind: 'provision',
    attempt: 1,
    recordId: null,
    requestHash: null,
    productName: null,
    askedAt: NOW.toISOString(),
    busySince: null,
    hasPaused: false,
    failures: 0,
  };

  it.each<[string, Enrollment | null | undefined, typeof account | null | undefined, boolean]>([
    ['it was enrolled', known, account, true],
    ['its leaving has not ended', { ...known, kind: 'terminate', phase: 'asked' }, account, true],
    ['its move has not ended', { ...known, kind: 'leave', phase: 'waiting' }, account, true],
    ['it has left', { ...known, kind: 'terminate' }, account, false],
    ['it was moved out', { ...known, kind: 'leave' }, account, false],
    ['there is none', known, null, false],
    ['nobody has enrolled it', null, account, false],
    ['nobody knows it', undefined, undefined, false],
  ])('is taken back from an account where %s', (_, enrollment, found, expected) => {
    const tenant = {
      ...(found === undefined ? {} : { account: found }),
      ...(enrollment === undefined ? {} : { enrollment }),
    };
    expect(withUnenrollment(plan(), tenant, configuration()).unenrollment !== undefined).toBe(expected);
  });
});

describe('stack sets', () => {
  const sets = (set: object) =>
    plannedStackSets(platformWith(), zoneWith(['landingZone.stackSets', [set]]), { a: 'b' });

  it('are in the region of the platform where they name none, and stay unless they say otherwise', () => {
    const [set] = [{ name: 's', regions: ['eu-west-1'] }];
    const planned = { name: 's', homeRegion: 'eu-central-1', regions: ['eu-west-1'], parameters: { a: 'b' } };
    expect(sets(set)).toStrictEqual([planned]);
    expect(sets({ ...set, removeStackInstances: false })).toStrictEqual([planned]);
    expect(sets({ ...set, removeStackInstances: true })).toStrictEqual([{ ...planned, removeStackInstances: true }]);
    expect(sets({ ...set, homeRegion: 'eu-west-3' })).toStrictEqual([{ ...planned, homeRegion: 'eu-west-3' }]);
  });

  const role = platformJson.stackSetExecutionRole;
  const ARNS = ['arn:aws:iam::333333333333:role/Admin'];

  it.each<[string, readonly Change[], readonly string[]]>([
    ['the roles that are named', [['platform.stackSetExecutionRole.administrationRoleArns', ARNS]], ARNS],
    ['the usual role', [], ['arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole']],
    [
      'the usual role, whatever the path of the other',
      [['platform.automationAccountRole', 'arn:aws:iam::333333333333:role/path/Other']],
      ['arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole'],
    ],
  ])('enter accounts by a role that trusts %s', (_, changes, trustedRoleArns) => {
    const platform = platformWith(...changes);
    const made = { ...role, trustedAccountId: '333333333333' };
    expect(executionRoleInMembers(platform)).toEqual({ ...made, trustedRoleArns });
    expect(plannedExecutionRole(platform)).toEqual(made);
  });

  it('need no role where none is configured', () => {
    const without = platformWith(['platform.stackSetExecutionRole', undefined]);
    expect(executionRoleInMembers(without)).toBeNull();
    expect(plannedExecutionRole(without)).toBeNull();
  });
});

describe('the directory of groups', () => {
  const sso = (changes: object): readonly Change[] => [
    ['platform.awsIdentityStore', undefined],
    ['platform.awsSso', { ...awsSso, ...changes }],
  ];
  const scim = { endpoint: awsSso.scimEndpoint, tokenSecretArn: awsSso.ssoAccessToken.secretArn };
  const ids = { region: 'eu-central-1', instanceArn: awsSso.arn };

  it.each<[string, readonly Change[], object | null]>([
    ['is the identity store', [], { ...ids, region: 'eu-west-1', identityStoreId: 'd-1234567890', scim: null }],
    [
      'is in the region of the platform where it names none',
      [['platform.awsIdentityStore.region', undefined]],
      { ...ids, identityStoreId: 'd-1234567890', scim: null },
    ],
    ['is known by its endpoint where it is reached by SCIM', sso({}), { ...ids, identityStoreId: scim.endpoint, scim }],
    [
      'is known by its id where that is configured',
      sso({ identityStoreId: 'd-1234567890', region: 'eu-west-1' }),
      { ...ids, region: 'eu-west-1', identityStoreId: 'd-1234567890', scim },
    ],
    ['is none', [['platform.awsIdentityStore', undefined]], null],
  ])('%s', (_, changes, expected) => {
    expect(plannedIdentityStore(platformWith(...changes))).toEqual(expected);
  });
});

describe('an import', () => {
  const TAG = { key: 'k', value: 'v' };

  it.each<[string | null | undefined]>([[null], [undefined]])('is not planned of %s', (platformTenantId) => {
    const nothing = { existingAccountId: null, import: null, serviceAccounts: [] };
    const spec = { platformTenantId } as Parameters<typeof plannedImport>[1];
    expect(
      plannedImport(platformWith(['platform.import', { tag: TAG }], ['platform.adoptGroups', true]), spec),
    ).toStrictEqual(nothing);
  });

  it('is judged by the rules, and by the accounts that serve all tenants', () => {
    const serviceAccounts = [
      { id: '222222222222', what: 'the management account' },
      { id: '333333333333', what: 'the automation account' },
    ];
    const spec = { platformTenantId: ACCOUNT };
    const planned = { existingAccountId: ACCOUNT, import: null, serviceAccounts };
    expect(plannedImport(platformWith(), spec)).toStrictEqual(planned);
    expect(plannedImport(platformWith(['platform.adoptGroups', false]), spec)).toStrictEqual(planned);
    expect(plannedImport(platformWith(['platform.adoptGroups', true]), spec)).toStrictEqual({
      ...planned,
      adoptGroups: true,
    });
  });

  it.each([
    [undefined, null],
    [{ tag: TAG }, { organizationalUnits: [], tag: TAG }],
    [{ organizationalUnits: ['ou-ab12-cdefgh34'] }, { organizationalUnits: ['ou-ab12-cdefgh34'], tag: null }],
  ])('is allowed by %j as %j', (rules, expected) => {
    expect(importRulesOf(platformWith(['platform.import', rules]))).toStrictEqual(expected);
  });
});

describe('what others do', () => {
  it('is waited for where the platform says so, by the tags of the tenant', () => {
    expect(plannedExternalAvm(platformWith(), desiredState())).toBeNull();
    expect(plannedExternalAvm(platformWith(['platform.waitForExternalAvm', true]), desiredState())).toEqual({
      tags: { ProductName: 'retail', Stage: 'webshop-dev' },
    });
  });

  const policy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
  const mapping = (project: string, awsRole: string, ...policies: readonly string[]) => ({
    projectRoleRef: { name: project },
    awsRole,
    policies: policies.map(policy),
  });
  const saml = (changes: object): Change => [
    'platform.meshIdB',
    { samlProvider: { name: 'meshIdB' }, awsRoleMappings: [mapping('admin', 'Admin', 'B')], ...changes },
  ];
  const only: Change = ['platform.awsIdentityStore', undefined];

  it('is a SAML provider, and a role for each of the mappings to it', () => {
    const awsRoleMappings = [
      mapping('user', 'Shared', 'B', 'A'),
      mapping('admin', 'Shared', 'A', 'C'),
      mapping('reader', 'Reader'),
    ];
    expect(plannedSamlAccess(platformWith(only, saml({ awsRoleMappings })))).toEqual({
      provider: { name: 'meshIdB', metadataDocument: null },
      roles: [
        { name: 'Shared', projectRoles: ['admin', 'user'], policyArns: ['A', 'B', 'C'].map(policy) },
        { name: 'Reader', projectRoles: ['reader'], policyArns: [] },
      ],
      failIfNotFound: true,
    });
    const metadataDocument = 'x'.repeat(1000);
    const given = saml({ samlProvider: { name: 'meshIdB', metadataDocument }, failIfSAMLIdpOrRoleNotFound: false });
    expect(plannedSamlAccess(platformWith(only, given))).toMatchObject({
      provider: { metadataDocument },
      failIfNotFound: false,
    });
    expect(plannedSamlAccess(platformWith())).toBeNull();
  });
});

describe('the unit of an account', () => {
  const units = (namePattern: string) => ({ workspaceOrgUnits: { parentOrgUnitId: 'ou-ab12-parent01', namePattern } });

  it('is that of the landing zone, where it names one', () => {
    expect(plannedUnit('retail', units('#{workspaceIdentifier}'), { awsTargetOrgUnitId: 'ou-1' })).toStrictEqual({
      value: { targetOrgUnitId: 'ou-1' },
      faults: [],
    });
    expect(plannedUnit('retail', {}, { awsTargetOrgUnitId: null })).toStrictEqual({
      value: { targetOrgUnitId: null },
      faults: [],
    });
  });

  it('is one of its workspace, where it names none', () => {
    expect(plannedUnit('retail', units('ws-#{workspaceIdentifier}'), { awsTargetOrgUnitId: null })).toStrictEqual({
      value: { targetOrgUnitId: null, workspaceOrgUnit: { parentOrgUnitId: 'ou-ab12-parent01', name: 'ws-retail' } },
      faults: [],
    });
  });

  it('has a name that AWS takes', () => {
    const { faults } = plannedUnit('retail', units('x'.repeat(129)), { awsTargetOrgUnitId: null });
    expect(faults).toEqual([expect.objectContaining({ message: says('129 characters') })]);
    const missing = plannedUnit('retail', units('#{projectIdentifier} '), { awsTargetOrgUnitId: null });
    expect(missing.faults).toEqual([
      { field: 'projectIdentifier', message: says('workspaceOrgUnits.namePattern uses') },
    ]);
  });
});

describe('the mode of a landing zone', () => {
  it.each<[string, readonly Change[], string, string]>([
    [
      'is its own',
      [
        ['landingZone.mode', 'shadow'],
        ['platform.mode', 'act'],
      ],
      'aws-dev',
      'shadow',
    ],
    ['is that of the platform', [['platform.mode', 'shadow']], 'aws-dev', 'shadow'],
    ['is to act', [], 'aws-dev', 'act'],
    [
      'is that of the platform, where it is not known',
      [
        ['platform.mode', 'shadow'],
        ['landingZone.mode', 'act'],
      ],
      'gone',
      'shadow',
    ],
    ['is not what objects have', [], 'constructor', 'act'],
  ])('%s', (_, changes, name, expected) => {
    expect(configuredMode(configuration(...changes), name)).toBe(expected);
  });
});
