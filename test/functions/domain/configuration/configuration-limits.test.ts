import { PlatformConfigurationSchema } from '../../../../functions/domain/configuration/platform-configuration';
import { LandingZoneSchema } from '../../../../functions/domain/configuration/landing-zone';
import { network } from '../example-customization';
import { awsSso, type Change, configuration, PERMISSION_SET, platformJson } from '../examples';
import { faultsFor } from './faults-for';

const meshStack = {
  endpoint: 'https://meshstack.corp.example',
  platformIdentifier: 'aws.eu',
  contactEmail: 'a@corp.example',
  platformUuid: '5b0c1b1e-0000-4000-8000-000000000002',
};
const MESH_STACK: Change = ['platform.meshStack', meshStack];
const METERING: Change = ['platform.metering', { processing: {} }];
const APPROVAL: Change = ['landingZone.approval', { create: true }];
const CUSTOMIZED: Change = ['landingZone.customizations', [network()]];
const policies = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `arn:aws:iam::aws:policy/P${index}`);
const roles = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `arn:aws:iam::333333333333:role/R${index}`);
const texts = (count: number): string[] => Array.from({ length: count }, (_, index) => `T${index}`);

const messagesOf = (...changes: readonly Change[]): string =>
  faultsFor(...structuredClone(changes))
    .map(({ field, message }) => `${field} ${message}`)
    .join(' | ');

describe('numbers of a configuration', () => {
  it.each<[string, number, number | null, ...Change[]]>([
    ['platform.identifierLimits.workspaceIdentifier', 1, 1000],
    ['platform.identifierLimits.projectIdentifier', 1, 1000],
    ['platform.replicationSequenceYearsAhead', 1, 285_000],
    ['platform.nightlyReconciliation.hour', 0, 23, ['platform.nightlyReconciliation', {}]],
    ['platform.enrollmentConfiguration.concurrentEnrollments', 1, 10],
    ['platform.awsIdentityStore.groupsWithinHours', 1, 720],
    ['platform.metering.processing.deleteRawDataAfterDays', 45, 3650, METERING],
    ['platform.meshStack.pollMinutes', 1, 60, MESH_STACK],
    ['platform.meshStack.firstTenantPlatformNumber', 1, null, MESH_STACK],
    ['landingZone.approval.expiresAfterDays', 1, 90, APPROVAL],
    ['landingZone.customizations.0.timeLimitMinutes', 5, 480, CUSTOMIZED],
  ])('%s is a whole number from %s to %s', (path, least, most, ...changes) => {
    for (const value of [least, least + 1, ...(most === null ? [] : [most - 1, most])]) {
      expect([value, messagesOf(...changes, [path, value])]).toEqual([value, '']);
    }
    expect(messagesOf(...changes, [path, least - 1])).toContain(`must be at least ${least}`);
    expect(messagesOf(...changes, [path, least + 0.5])).not.toBe('');
    const above = most === null ? 'must be at least' : `must be at most ${most}`;
    expect(messagesOf(...changes, [path, most === null ? least - 2 : most + 1])).toContain(above);
  });
});

describe('lists of a configuration', () => {
  const BY_STACK_SET = { name: 'R', managedPolicyArns: policies(1), madeByStackSet: true };
  const mapping = { projectRoleRef: { name: 'admin' }, awsRole: 'Admin', policies: [] };
  const saml = { samlProvider: { name: 'x' }, awsRoleMappings: [mapping] };

  it.each<[string, (count: number) => unknown, number, number | null, ...Change[]]>([
    ['platform.stackSetExecutionRole.managedPolicyArns', policies, 1, null],
    ['platform.stackSetExecutionRole.administrationRoleArns', roles, 1, 5],
    [
      'platform.import.organizationalUnits',
      (count) => texts(count).map((_, index) => `ou-ab12-cdefgh3${index}`),
      1,
      null,
      ['platform.import', {}],
    ],
    [
      'platform.meshIdB.awsRoleMappings',
      (count) => Array.from({ length: count }, () => mapping),
      1,
      null,
      ['platform.awsIdentityStore', undefined],
      ['platform.meshIdB', saml],
    ],
    [
      'platform.managementAccountAccess.permissionSetArns',
      (count) => Array.from({ length: count }, () => PERMISSION_SET),
      1,
      null,
      ['platform.managementAccountAccess', {}],
    ],
    ['landingZone.stackSets.0.regions', (count) => ['eu-west-1', 'eu-west-2', 'eu-west-3'].slice(0, count), 1, null],
    [
      'landingZone.customizations',
      (count) => texts(count).map((name) => network({ name: name.toLowerCase(), role: BY_STACK_SET })),
      0,
      10,
    ],
    ['landingZone.customizations.0.role.managedPolicyArns', policies, 1, 10, CUSTOMIZED],
    ['landingZone.customizations.0.outputs', texts, 0, 20, CUSTOMIZED],
  ])('%s', (path, make, least, most, ...changes) => {
    for (const count of [least, ...(most === null ? [] : [most])]) {
      expect([count, messagesOf(...changes, [path, make(count)])]).toEqual([count, '']);
    }
    for (const count of [...(least === 0 ? [] : [least - 1]), ...(most === null ? [] : [most + 1])]) {
      expect(messagesOf(...changes, [path, make(count)])).toMatch(/must (?:list|map) /u);
    }
  });
});

describe('texts of a configuration', () => {
  const MESH_ID_B: readonly Change[] = [
    ['platform.awsIdentityStore', undefined],
    [
      'platform.meshIdB',
      { samlProvider: { name: 'x' }, awsRoleMappings: [{ projectRoleRef: { name: 'admin' }, awsRole: 'Admin' }] },
    ],
  ];
  const SSO: readonly Change[] = [
    ['platform.awsIdentityStore', undefined],
    ['platform.awsSso', awsSso],
  ];

  it.each<[string, readonly string[], readonly string[], ...Change[]]>([
    ['landingZone.customizations.0.command', ['x', 'x'.repeat(8000)], ['', 'x'.repeat(8001)], CUSTOMIZED],
    ['landingZone.customizations.0.environment.CIDR', ['', 'x'.repeat(2000)], ['x'.repeat(2001)], CUSTOMIZED],
    [
      'landingZone.customizations.0.name',
      ['a', 'a'.repeat(28), 'a-1'],
      ['', 'a'.repeat(29), '-a', 'a-', 'A'],
      CUSTOMIZED,
    ],
    ['landingZone.customizations.0.image', ['x', 'x'.repeat(255)], ['', 'x'.repeat(256), 'a b'], CUSTOMIZED],
    ['landingZone.customizations.0.source.version', ['1'], [''], CUSTOMIZED],
    [
      'landingZone.customizations.0.source.location',
      ['my-bucket/key.zip'],
      ['my-bucket', 'MY/key', '/key', 'my-bucket/a b'],
      CUSTOMIZED,
    ],
    ['platform.meshIdB.samlProvider.name', ['x', 'x'.repeat(128)], ['', 'x'.repeat(129), 'a b'], ...MESH_ID_B],
    [
      'platform.meshIdB.samlProvider.metadataDocument',
      ['x'.repeat(1000), 'x'.repeat(200_000)],
      ['x'.repeat(999), 'x'.repeat(200_001)],
      ...MESH_ID_B,
    ],
    [
      'platform.awsSso.scimEndpoint',
      ['https://scim.eu.amazonaws.com/id/scim/v2/', 'https://x/scim/v2'],
      ['http://x/scim/v2', 'https://x/scim/v3', 'https://x/scim/v2/Users', 'xhttps://x/scim/v2'],
      ...SSO,
    ],
    ['platform.awsIdentityStore.signInUrl', ['https://x'], ['http://x', 'https://', 'https://a b', 'xhttps://x']],
    ['platform.enrollmentConfiguration.ssoUser.email', ['a@b.c'], ['a@b', '@b.c', 'a b@c.d', 'a@b.c d', 'a']],
    ['platform.enrollmentConfiguration.ssoUser.firstName', ['x'], ['']],
    [
      'platform.meshStack.endpoint',
      ['https://x', 'https://x:1', 'http://127.0.0.1:65535'],
      ['http://x', 'https://x/path', 'https://x:', 'https://x:123456', 'xhttps://x'],
      MESH_STACK,
    ],
    ['platform.meshStack.platformIdentifier', ['a-b.c_d'], ['a', 'a.b.c', '.b', 'a.', 'a b.c'], MESH_STACK],
    ['platform.meshStack.platformUuid', ['5b0c1b1e-0000-4000-8000-000000000002'], ['x'], MESH_STACK],
    ['platform.meshStack.contactEmail', ['a@b.c'], ['a@b', '@b.c', 'a b@c.d', 'a'], MESH_STACK],
    [
      'platform.tenantTags.namespacePrefix',
      ['x', 'x'.repeat(64), 'my aws:'],
      ['', 'x'.repeat(65), 'aws:x', 'AWS:', 'a*'],
    ],
    ['landingZone.name', ['a', `a${'.'.repeat(126)}b`, 'A-1_2.c'], ['', `a${'.'.repeat(127)}b`, '-a', 'a-', 'a b']],
  ])('%s', (path, accepted, refused, ...changes) => {
    for (const value of accepted)
      expect([value.slice(0, 40), messagesOf(...changes, [path, value])]).toEqual([value.slice(0, 40), '']);
    for (const value of refused) {
      expect([value.slice(0, 40), messagesOf(...changes, [path, value])]).toEqual([
        value.slice(0, 40),
        expect.stringMatching(/must|empty/u),
      ]);
    }
  });
});

describe('what a configuration leaves out', () => {
  it('is as meshStack comes, where there is one', () => {
    expect(configuration(MESH_STACK).platform.meshStack).toEqual({
      ...meshStack,
      platformTypeIdentifier: 'AWS',
      firstTenantPlatformNumber: 1,
      deletionsNeedApproval: true,
      pollMinutes: 5,
      projectRoles: { 'Project Admin': 'admin', 'Project User': 'user', 'Project Reader': 'reader' },
    });
  });

  it('is charged to who uses it, and kept for 65 days, where costs are collected', () => {
    expect(configuration(['platform.metering', {}]).platform.metering).toEqual({
      filter: 'NONE',
      reservedInstanceFairChargeback: false,
      savingsPlanFairChargeback: false,
      processing: { deleteRawDataAfterDays: 65 },
    });
  });

  it('is asked of nobody, and waits two weeks where somebody is', () => {
    const [zone] = Object.values(configuration(['landingZone.approval', {}]).landingZones);
    expect(zone?.approval).toEqual({ create: false, close: false, expiresAfterDays: 14 });
    expect(zone?.customizations).toBeUndefined();
  });

  it('is nothing that a customization is told or has exported', () => {
    const plain = network({ inputs: undefined, environment: undefined, outputs: undefined });
    const [zone] = Object.values(configuration(['landingZone.customizations', [plain]]).landingZones);
    expect(zone?.customizations?.[0]).toMatchObject({ inputs: [], environment: {}, outputs: [] });
  });

  it('is the Account Factory, and five at once', () => {
    const { platform } = configuration(['platform.enrollmentConfiguration.concurrentEnrollments', undefined]);
    expect(platform.enrollmentConfiguration).toMatchObject({ strategy: 'account-factory', concurrentEnrollments: 5 });
  });

  it('is known by its name: anything else is misspelt', () => {
    expect(PlatformConfigurationSchema.safeParse({ ...platformJson, more: 1 }).success).toBe(false);
    expect(
      LandingZoneSchema.safeParse({ name: 'a', awsTargetOrgUnitId: 'r-ab12', awsEnrollAccount: false }).success,
    ).toBe(true);
    expect(
      LandingZoneSchema.safeParse({ name: 'a', awsTargetOrgUnitId: 'r-ab12', awsEnrollAccount: false, more: 1 })
        .success,
    ).toBe(false);
  });
});
