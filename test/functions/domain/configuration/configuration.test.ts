import { loadConfiguration } from '../../../../infra/config';
import { ConfigurationSchema, parseConfiguration } from '../../../../functions/domain/configuration/configuration';
import { configuredServiceAccounts } from '../../../../functions/domain/configuration/service-accounts';
import {
  awsSso,
  changed,
  configuration,
  landingZoneJson,
  PERMISSION_SET,
  platformJson,
  type Change,
} from '../examples';
import { FILE, faultsFor } from './faults-for';

describe('parseConfiguration', () => {
  it('reads the example of the design as it is', () => {
    expect(configuration()).toEqual({
      platform: {
        ...platformJson,
        accessRoleProfile: 'meshstack',
        replicationSequenceYearsAhead: 10,
        enrollmentConfiguration: { strategy: 'account-factory', ...platformJson.enrollmentConfiguration },
        skipUserGroupPermissionCleanup: false,
        waitForExternalAvm: false,
        nightlyReconciliation: { enabled: true, hour: 1 },
      },
      landingZones: { 'aws-dev': { ...landingZoneJson, closeAccount: false, closeImportedAccounts: false } },
    });
  });

  it('refuses a consent that permits nothing', () => {
    expect(faultsFor(['landingZone.closeImportedAccounts', true])).toEqual([
      expect.objectContaining({ field: `${FILE}: closeImportedAccounts` }),
    ]);
    expect(faultsFor(['landingZone.closeImportedAccounts', true], ['landingZone.closeAccount', true])).toEqual([]);
  });

  it.each([
    'platform.identifierLimits',
    'platform.tenantTags',
    'platform.awsIdentityStore',
    'platform.awsIdentityStore.region',
    'platform.enrollmentConfiguration.concurrentEnrollments',
    'platform.stackSetExecutionRole',
    'platform.allowHierarchicalOrganizationalUnitAssignment',
    'platform.skipUserGroupPermissionCleanup',
    'platform.nightlyReconciliation',
    'landingZone.stackSets.0.homeRegion',
    'landingZone.awsLambdaArn',
    'landingZone.stackSets',
    'landingZone.awsRoleMappings',
  ])('does without %s', (path) => {
    expect(faultsFor([path, undefined])).toEqual([]);
  });

  it('fills in what is left out', () => {
    const { platform, landingZones } = configuration(
      ['platform.identifierLimits', { projectIdentifier: 40 }],
      ['platform.allowHierarchicalOrganizationalUnitAssignment', undefined],
      ['platform.enrollmentConfiguration.concurrentEnrollments', undefined],
      ['landingZone.awsLambdaArn', undefined],
      ['landingZone.stackSets', undefined],
    );

    expect(platform.identifierLimits).toEqual({ workspaceIdentifier: 16, projectIdentifier: 40 });
    expect(platform.enrollmentConfiguration?.concurrentEnrollments).toBe(5);
    expect(platform.allowHierarchicalOrganizationalUnitAssignment).toBe(false);
    expect(landingZones['aws-dev']).toMatchObject({ awsLambdaArn: null, stackSets: [], awsRoleMappings: [] });
  });

  it.each([
    ['platform.accessRoleProfile', 'platform.json: accessRoleProfile'],
    ['landingZone.accessRoleProfile', 'landing-zones/aws-dev.json: accessRoleProfile'],
  ])('seals nothing where access roles stay administrators: %s', (path, field) => {
    expect(faultsFor([path, 'sealed'])).toEqual([]);
    expect(faultsFor([path, 'sealed'], ['platform.selfDowngradeAccessRole', false])).toEqual([
      expect.objectContaining({ field, message: expect.stringContaining('has no effect') as unknown }),
    ]);
  });

  it.each([
    { allows: 'a unit', rules: { organizationalUnits: ['ou-ab12-legacy01'] } },
    { allows: 'everything', rules: { organizationalUnits: ['r-ab12'] } },
    { allows: 'a tag', rules: { tag: { key: 'importable', value: '' } } },
    {
      allows: 'either',
      rules: { organizationalUnits: ['ou-ab12-legacy01'], tag: { key: 'importable', value: 'yes' } },
    },
  ])('lets accounts be imported by $allows', ({ rules }) => {
    expect(faultsFor(['platform.import', rules])).toEqual([]);
  });

  it.each([
    { rules: {}, field: 'import', says: 'allows no account' },
    {
      rules: { organizationalUnits: [] },
      field: 'import.organizationalUnits',
      says: 'at least one organizational unit',
    },
    { rules: { organizationalUnits: ['Legacy'] }, field: 'import.organizationalUnits[0]', says: "is 'Legacy'" },
    { rules: { tag: { key: 'importable' } }, field: 'import.tag.value', says: 'is missing' },
    {
      rules: { tag: { key: 'account-vending:tenant-uuid', value: 'x' } },
      field: 'import.tag.key',
      says: 'Choose another key',
    },
    { rules: { tags: { key: 'importable', value: 'yes' } }, field: 'import.tags', says: 'tag' },
  ])('refuses import $rules', ({ rules, field, says }) => {
    const found = faultsFor(['platform.import', rules]);
    expect(found[0]).toMatchObject({ field: `platform.json: ${field}` });
    expect(found[0]?.message).toContain(says);
  });

  it('takes away no tag that an external account vending machine is waited for by', () => {
    expect(faultsFor(['platform.tenantTags.namespacePrefix', 'Pro'])).toEqual([]);
    expect(faultsFor(['platform.tenantTags.namespacePrefix', 'Pro'], ['platform.waitForExternalAvm', true])).toEqual([
      expect.objectContaining({
        field: 'platform.json: tenantTags.namespacePrefix',
        message: expect.stringContaining('would take away the tag ProductName') as unknown,
      }),
    ]);
  });

  it.each(['accountFactoryProductId', 'ssoUser'])('needs %s for the Account Factory alone', (name) => {
    const absent: Change = [`platform.enrollmentConfiguration.${name}`, undefined];
    expect(faultsFor(['platform.enrollmentConfiguration.strategy', 'auto-enroll'], absent)).toEqual([]);
    for (const strategy of ['account-factory', undefined]) {
      expect(faultsFor(['platform.enrollmentConfiguration.strategy', strategy], absent)).toEqual([
        expect.objectContaining({
          field: `platform.json: enrollmentConfiguration.${name}`,
          message: expect.stringContaining('is missing. Add it') as unknown,
        }),
      ]);
    }
  });

  it('keeps what is for the Account Factory where Control Tower enrolls by itself', () => {
    const { platform } = configuration(['platform.enrollmentConfiguration.strategy', 'auto-enroll']);
    expect(platform.enrollmentConfiguration).toEqual({
      ...platformJson.enrollmentConfiguration,
      strategy: 'auto-enroll',
    });
  });

  it('refuses a unit by which accounts leave Control Tower in which others are enrolled', () => {
    const leaving = (unitId: string): Change => ['platform.enrollmentConfiguration.suspendedOrgUnitId', unitId];
    expect(faultsFor(leaving('ou-ab12-suspended'))).toEqual([]);
    expect(faultsFor(leaving(landingZoneJson.awsTargetOrgUnitId))).toEqual([
      expect.objectContaining({
        field: expect.stringContaining('awsTargetOrgUnitId') as unknown,
        message: expect.stringContaining('is suspendedOrgUnitId of platform.json') as unknown,
      }),
    ]);
    expect(faultsFor(leaving('suspended'))).toEqual([
      expect.objectContaining({ field: 'platform.json: enrollmentConfiguration.suspendedOrgUnitId' }),
    ]);
  });

  it('refuses another strategy of enrollment', () => {
    expect(faultsFor(['platform.enrollmentConfiguration.strategy', 'auto_enroll'])).toEqual([
      {
        field: 'platform.json: enrollmentConfiguration.strategy',
        message: "must be 'account-factory' or 'auto-enroll', but is 'auto_enroll'.",
        value: 'auto_enroll',
      },
    ]);
  });

  it('needs no enrollmentConfiguration where no landing zone enrolls', () => {
    expect(faultsFor(['platform.enrollmentConfiguration', undefined], ['landingZone.awsEnrollAccount', false])).toEqual(
      [],
    );
  });

  it.each(['platform.accessConfig.organizationRootAccountRole', 'platform.automationAccountRole'])(
    'leaves room for the class behind the name of a service role: %s',
    (field) => {
      const named = (length: number) => `arn:aws:iam::222222222222:role/path/${'R'.repeat(length)}`;

      expect(faultsFor([field, named(49)])).toEqual([]);
      expect(JSON.stringify(faultsFor([field, named(50)]))).toContain('must name a role of at most 49 characters');
    },
  );

  it('allows $schema, for editors', () => {
    expect(faultsFor(['platform.$schema', './x.json'], ['landingZone.$schema', './y.json'])).toEqual([]);
  });

  it("understands a landing zone's role mappings in meshStack's names and in the platform's", () => {
    const { landingZones } = configuration([
      'landingZone.awsRoleMappings',
      [
        {
          projectRoleRef: { name: 'admin', kind: 'meshProjectRole' },
          platformRole: 'owner',
          policies: [PERMISSION_SET],
        },
        { projectRoleRef: { name: 'user' }, awsRole: 'user', permissionSetArns: [PERMISSION_SET] },
      ],
    ]);

    expect(landingZones['aws-dev']?.awsRoleMappings).toEqual([
      {
        projectRoleRef: { name: 'admin', kind: 'meshProjectRole' },
        awsRole: 'owner',
        permissionSetArns: [PERMISSION_SET],
      },
      { projectRoleRef: { name: 'user' }, awsRole: 'user', permissionSetArns: [PERMISSION_SET] },
    ]);
  });

  it('gives what can be bundled as JSON and read again', () => {
    const mapping = { projectRoleRef: { name: 'admin' }, platformRole: 'owner', policies: [PERMISSION_SET] };
    const parsed = configuration(['landingZone.awsRoleMappings', [mapping]]);

    expect(ConfigurationSchema.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  it('gives what is the same when its JSON is read without schemas, as functions do: every default is there', () => {
    for (const folder of ['config', 'sandbox/config']) {
      const loaded = loadConfiguration(folder);

      const read: unknown = JSON.parse(JSON.stringify(loaded));
      expect(read).toEqual(loaded);
      expect(ConfigurationSchema.parse(read)).toEqual(read);
    }
  });

  it('refuses a landing zone that enrolls where the platform cannot', () => {
    expect(faultsFor(['platform.enrollmentConfiguration', undefined])).toEqual([
      {
        field: `${FILE}: awsEnrollAccount`,
        message:
          'true needs enrollmentConfiguration in platform.json, which is missing. Add it, or set awsEnrollAccount to false.',
        value: true,
      },
    ]);
  });

  it('refuses role mappings of a landing zone where the platform has no identity store', () => {
    const mappings = [{ projectRoleRef: { name: 'admin' }, platformRole: 'admin', policies: [PERMISSION_SET] }];

    expect(faultsFor(['platform.awsIdentityStore', undefined], ['landingZone.awsRoleMappings', mappings])).toEqual([
      expect.objectContaining({ field: `${FILE}: awsRoleMappings` }),
    ]);
  });

  it('takes SCIM instead of the Identity Store API, and refuses both at once', () => {
    expect(faultsFor(['platform.awsIdentityStore', undefined], ['platform.awsSso', awsSso])).toEqual([]);
    expect(faultsFor(['platform.awsSso', awsSso])).toEqual([
      expect.objectContaining({ field: 'platform.json: awsSso', value: awsSso.scimEndpoint }),
    ]);
  });

  it.each([
    ['scimEndpoint', 'http://scim.eu-central-1.amazonaws.com/x/scim/v2/', 'scimEndpoint'],
    ['scimEndpoint', 'https://scim.eu-central-1.amazonaws.com/', 'scimEndpoint'],
    ['ssoAccessToken', 'f2c9a1', 'ssoAccessToken'],
    ['ssoAccessToken.secretArn', 'scim-token', 'ssoAccessToken.secretArn'],
    ['identityStoreId', 'store', 'identityStoreId'],
  ])('refuses awsSso.%s %s', (path, value, field) => {
    expect(
      faultsFor(['platform.awsIdentityStore', undefined], ['platform.awsSso', changed(awsSso, [path, value])]),
    ).toEqual([expect.objectContaining({ field: `platform.json: awsSso.${field}` })]);
  });

  describe('meshIdB', () => {
    const meshIdB = {
      samlProvider: { name: 'meshIdB', metadataDocument: `<EntityDescriptor>${'.'.repeat(1000)}</EntityDescriptor>` },
      awsRoleMappings: [
        {
          projectRoleRef: { name: 'admin' },
          awsRole: 'mesh-admin',
          policies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        },
        { projectRoleRef: { name: 'reader' }, awsRole: 'mesh-reader' },
      ],
    };
    const withMeshIdB = (...changes: readonly Change[]) =>
      faultsFor(['platform.awsIdentityStore', undefined], ['platform.meshIdB', changed(meshIdB, ...changes)]);

    it('stands in place of IAM Identity Center', () => {
      expect(withMeshIdB()).toEqual([]);
    });

    it('does without metadata, and finds the provider of others then', () => {
      expect(withMeshIdB(['samlProvider.metadataDocument', undefined])).toEqual([]);
    });

    it.each([
      ['samlProvider.name', 'mesh IdB', 'meshIdB.samlProvider.name'],
      ['samlProvider.metadataDocument', '<short/>', 'meshIdB.samlProvider.metadataDocument'],
      ['awsRoleMappings.0.awsRole', 'arn:aws:iam::1:role/x', 'meshIdB.awsRoleMappings[0].awsRole'],
      ['awsRoleMappings.0.awsRole', 'MeshstackAccountAccessRole', 'meshIdB.awsRoleMappings[0].awsRole'],
      ['awsRoleMappings.1.awsRole', 'AWSCloudFormationStackSetExecutionRole', 'meshIdB.awsRoleMappings[1].awsRole'],
      ['awsRoleMappings.1.awsRole', 'AWSControlTowerExecution', 'meshIdB.awsRoleMappings[1].awsRole'],
      ['awsRoleMappings.0.policies', ['AdministratorAccess'], 'meshIdB.awsRoleMappings[0].policies[0]'],
      ['awsRoleMappings.1.projectRoleRef.name', 'admin', 'meshIdB.awsRoleMappings[1].projectRoleRef.name'],
      ['awsRoleMappings', [], 'meshIdB.awsRoleMappings'],
    ])('refuses %s %s', (path, value, field) => {
      expect(withMeshIdB([path, value])).toEqual([expect.objectContaining({ field: `platform.json: ${field}` })]);
    });

    it.each([
      ['awsIdentityStore beside it', [['platform.meshIdB', meshIdB]], 'platform.json: meshIdB'],
      [
        'awsSso beside it',
        [
          ['platform.awsIdentityStore', undefined],
          ['platform.awsSso', awsSso],
          ['platform.meshIdB', meshIdB],
        ],
        'platform.json: meshIdB',
      ],
      [
        'a sealed platform',
        [
          ['platform.awsIdentityStore', undefined],
          ['platform.meshIdB', meshIdB],
          ['platform.accessRoleProfile', 'sealed'],
        ],
        'platform.json: accessRoleProfile',
      ],
      [
        'a sealed landing zone',
        [
          ['platform.awsIdentityStore', undefined],
          ['platform.meshIdB', meshIdB],
          ['landingZone.accessRoleProfile', 'sealed'],
        ],
        `${FILE}: accessRoleProfile`,
      ],
    ] satisfies readonly [string, readonly Change[], string][])('refuses %s', (_, changes, field) => {
      expect(faultsFor(...changes)).toEqual([expect.objectContaining({ field })]);
    });
  });

  it('refuses two landing zones of one name, and none at all', () => {
    const twice = parseConfiguration({
      platform: platformJson,
      landingZones: { 'a.json': landingZoneJson, 'b.json': landingZoneJson },
    });
    const none = parseConfiguration({ platform: platformJson, landingZones: {} });

    expect(twice).toMatchObject({
      ok: false,
      faults: [
        {
          field: 'b.json: name',
          message: "'aws-dev' is the name of the landing zone in a.json too. Give each its own name.",
        },
      ],
    });
    expect(none).toMatchObject({ ok: false, faults: [{ field: 'landing-zones' }] });
  });

  it('finds the faults of all files at once, and names the platform file as it was given', () => {
    const parsed = parseConfiguration({
      platform: changed(platformJson, ['region', undefined], ['accountAliasPattern', 7]),
      platformFile: 'elsewhere/my-platform.json',
      landingZones: { 'a.json': changed(landingZoneJson, ['awsTargetOrgUnitId', 'x']), 'b.json': 'text' },
    });

    expect(parsed.ok ? [] : parsed.faults.map(({ field }) => field)).toEqual([
      'elsewhere/my-platform.json: region',
      'elsewhere/my-platform.json: accountAliasPattern',
      'a.json: awsTargetOrgUnitId',
      'b.json: content',
    ]);
  });
});

type Enrolled = Parameters<typeof configuredServiceAccounts>[0]['enrollmentConfiguration'];

it.each<[what: string, says: string, ...changes: Change[]]>([
  [
    'in the management account',
    'is in the management account',
    ['platform.identityCenterRole', 'arn:aws:iam::222222222222:role/x'],
  ],
  [
    'without IAM Identity Center',
    'needs awsIdentityStore or awsSso',
    ['platform.identityCenterRole', 'arn:aws:iam::444444444444:role/x'],
    ['platform.awsIdentityStore', undefined],
  ],
])('refuses a role of the delegated administrator %s', (_, says, ...changes) => {
  expect(faultsFor(...changes)).toEqual([
    expect.objectContaining({
      field: 'platform.json: identityCenterRole',
      message: expect.stringContaining(says) as string,
    }),
  ]);
});

describe('accounts on which every tenant depends', () => {
  it('are each named once, by what is said of them first', () => {
    const role = (id: string): string => `arn:aws:iam::${id}:role/x`;
    const [management, automation, shared] = ['222222222222', '333333333333', '444444444444'] as const;
    const accounts = configuredServiceAccounts({
      accessConfig: { organizationRootAccountRole: role(management) },
      automationAccountRole: role(automation),
      identityCenterRole: role(automation),
      meshcloudAccountId: management,
      enrollmentConfiguration: undefined,
      sharedAccountIds: [automation, shared],
    });
    const others = configuredServiceAccounts({
      accessConfig: { organizationRootAccountRole: role(management) },
      automationAccountRole: role(automation),
      identityCenterRole: role(shared),
      meshcloudAccountId: '555555555555',
      enrollmentConfiguration: { managementAccountId: '666666666666' } as NonNullable<Enrolled>,
    });
    expect(others.map(({ id, what }) => `${id} ${what}`)).toEqual([
      `${management} the management account`,
      '666666666666 the management account',
      `${automation} the automation account`,
      `${shared} the delegated administrator account of IAM Identity Center`,
      '555555555555 the account that this application runs in',
    ]);
    expect(accounts).toEqual([
      { id: management, what: 'the management account' },
      { id: automation, what: 'the automation account' },
      { id: shared, what: 'an account that others share (sharedAccountIds in platform.json)' },
    ]);
  });
});

it('lets a role of the project give nothing, which has no group of its own', () => {
  const mapping = { projectRoleRef: { name: 'guest' }, awsRole: 'guest', permissionSetArns: [] };
  expect(faultsFor(['platform.awsIdentityStore.awsRoleMappings.1', mapping])).toEqual([]);
});

it('lets Control Tower’s role stay an administrator where nothing is downgraded', () => {
  expect(
    faultsFor(['platform.accountAccessRole', 'AWSControlTowerExecution'], ['platform.selfDowngradeAccessRole', false]),
  ).toEqual([]);
});
