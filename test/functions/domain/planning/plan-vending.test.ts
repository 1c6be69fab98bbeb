import { PlanSchema } from '../../../../functions/domain/plan/plan';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { PERMISSION_SET, awsSso, configuration, desiredState } from '../examples';
import { named, plan } from './planned-example';

/** Of the pattern of the examples. */
const NOT_UNIQUE: unknown = expect.stringContaining('accountAliasPattern gives two tenants');

describe('planVending', () => {
  it('plans the example of the contract', () => {
    const parameters = {
      AccountName: 'retail.webshop-dev',
      AccountEmail: 'aws+retail.webshop-dev.42@corp.example',
      ProductName: 'retail',
      Stage: 'webshop-dev',
      ContactEmail: 'jane@corp.example',
      CostCenter: '4711',
      tagCostCenter: '4711',
      tagEnvironment: 'dev',
    };

    expect(plan()).toEqual({
      planVersion: 1,
      tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001',
      landingZone: 'aws-dev',
      account: {
        name: 'retail.webshop-dev',
        email: 'aws+retail.webshop-dev.42@corp.example',
        alias: 'corp-retail-webshop-dev',
        accessRole: 'MeshstackAccountAccessRole',
        enforceAlias: true,
      },
      existingAccountId: null,
      import: null,
      serviceAccounts: [],
      factoryUser: {
        email: 'cloud@corp.example',
        identityStoreId: 'd-1234567890',
        instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
        region: 'eu-west-1',
      },
      targetOrgUnitId: 'ou-ab12-cdefgh34',
      allowHierarchicalOrganizationalUnitAssignment: false,
      tags: { meshstack_costCenter: '4711', meshstack_environment: 'dev', meshstack_project: 'webshop-dev' },
      tagNamespacePrefix: 'meshstack_',
      stackSetExecutionRole: {
        name: 'AWSCloudFormationStackSetExecutionRole',
        managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        trustedAccountId: '333333333333',
      },
      enrollment: {
        strategy: 'account-factory',
        region: 'eu-central-1',
        managementAccountId: '222222222222',
        accountFactoryProductId: 'prod-abcd1234',
        concurrentEnrollments: 5,
        ssoUser: { email: 'cloud@corp.example', firstName: 'Cloud', lastName: 'Foundation' },
      },
      controlTowerRegion: 'eu-central-1',
      controlTowerFollowsMoves: false,
      stackSets: [{ name: 'baseline', homeRegion: 'eu-west-1', regions: ['eu-central-1', 'eu-west-1'], parameters }],
      stackSetRemovals: [],
      externalAvm: null,
      landingZoneFunction: {
        arn: 'arn:aws:lambda:eu-central-1:333333333333:function:provision',
        payload: parameters,
      },
      identityStore: {
        region: 'eu-west-1',
        identityStoreId: 'd-1234567890',
        instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
        scim: null,
      },
      samlAccess: null,
      skipUserGroupPermissionCleanup: false,
      membersKnown: true,
      meshIdentifiers: { 'jane@corp.example': 'u-1' },
      groups: [
        {
          name: 'mst-retail.webshop-dev-admin',
          awsRole: 'admin',
          projectRoles: ['admin'],
          permissionSetArns: [PERMISSION_SET],
          members: ['jane@corp.example'],
        },
      ],
      selfDowngrade: true,
      accessRoleProfile: 'meshstack',
      remarks: [NOT_UNIQUE],
    });
  });

  it('gives a plan that can be written down and read back', () => {
    expect(PlanSchema.parse(JSON.parse(JSON.stringify(plan())))).toEqual(plan());
  });

  it('leaves out what is not configured', () => {
    const bare = configuration(
      ['platform.tenantTags', undefined],
      ['platform.awsIdentityStore', undefined],
      ['platform.enrollmentConfiguration', undefined],
      ['platform.stackSetExecutionRole', undefined],
      ['platform.selfDowngradeAccessRole', false],
      ['platform.enforceAccountAlias', false],
      ['landingZone.awsEnrollAccount', false],
      ['landingZone.awsLambdaArn', null],
      ['landingZone.stackSets', []],
    );

    expect(plan(desiredState(), bare)).toMatchObject({
      account: { enforceAlias: false },
      tags: {},
      tagNamespacePrefix: null,
      stackSetExecutionRole: null,
      enrollment: null,
      stackSets: [],
      landingZoneFunction: null,
      identityStore: null,
      groups: [],
      selfDowngrade: false,
    });
  });

  it.each([
    { platform: undefined, landingZone: undefined, profile: 'meshstack' },
    { platform: 'sealed', landingZone: undefined, profile: 'sealed' },
    { platform: 'meshstack', landingZone: 'sealed', profile: 'sealed' },
    { platform: 'sealed', landingZone: 'meshstack', profile: 'meshstack' },
  ])(
    'has the profile of the landing zone, or else of the platform: $platform, $landingZone',
    ({ platform, landingZone, profile }) => {
      const { accessRoleProfile } = plan(
        desiredState(),
        configuration(['platform.accessRoleProfile', platform], ['landingZone.accessRoleProfile', landingZone]),
      );
      expect(accessRoleProfile).toBe(profile);
    },
  );

  it('enrolls only where the landing zone asks for it', () => {
    expect(plan(desiredState(), configuration(['landingZone.awsEnrollAccount', false])).enrollment).toBeNull();
  });

  it("takes the platform's region where stack set and identity store name none", () => {
    const config = configuration(
      ['landingZone.stackSets.0.homeRegion', undefined],
      ['platform.awsIdentityStore.region', undefined],
    );

    expect(plan(desiredState(), config)).toMatchObject({
      stackSets: [{ homeRegion: 'eu-central-1' }],
      identityStore: { region: 'eu-central-1' },
    });
  });

  it.each([
    { identityStoreId: undefined, known: awsSso.scimEndpoint },
    { identityStoreId: 'd-1234567890', known: 'd-1234567890' },
  ])('makes the same groups by SCIM, known by $known', ({ identityStoreId, known }) => {
    const bySso = configuration(
      ['platform.awsIdentityStore', undefined],
      ['platform.awsSso', { ...awsSso, identityStoreId }],
    );
    const { groups, identityStore } = plan(desiredState(), bySso);

    expect(groups).toEqual(plan().groups);
    expect(identityStore).toEqual({
      region: 'eu-central-1',
      identityStoreId: known,
      instanceArn: awsSso.arn,
      scim: { endpoint: awsSso.scimEndpoint, tokenSecretArn: awsSso.ssoAccessToken.secretArn },
    });
  });

  it('reaches groups by SCIM in the region that awsSso names', () => {
    const bySso = configuration(
      ['platform.awsIdentityStore', undefined],
      ['platform.awsSso', { ...awsSso, region: 'eu-west-3' }],
    );

    expect(plan(desiredState(), bySso).identityStore?.region).toBe('eu-west-3');
  });

  it('names the block of the pattern that renders to nothing good', () => {
    const pattern = '#{projectIdentifier}-#{platformGroupAlias:%.0s}';
    const mappings = ['admin', 'reader'].map((awsRole) => ({
      projectRoleRef: { name: awsRole },
      awsRole,
      permissionSetArns: [PERMISSION_SET],
    }));
    const bySso = { ...awsSso, groupNamePattern: pattern, awsRoleMappings: mappings };

    expect(
      planVending(desiredState(), configuration(['platform.awsIdentityStore', undefined], ['platform.awsSso', bySso])),
    ).toMatchObject({ ok: false, faults: [{ field: 'awsSso.groupNamePattern' }] });
  });

  it('fills every placeholder of a pattern', () => {
    const pattern =
      '#{platform}.#{meshProjectId:%05d}.#{rand:%.8s}.#{tagCostCenter}.#{customerIdentifier:%.3S}@corp.example';
    const config = configuration(['platform.accountEmailPattern', pattern]);

    expect(plan(desiredState(), config).account.email).toBe('aws.01003.478y1njh.4711.RET@corp.example');
  });

  it("merges tags: project over payment method over workspace, the tenant's own last", () => {
    const state = desiredState(
      ['project.spec.tags', { a: ['project'] }],
      ['paymentMethod.spec.tags', { a: ['payment'], b: ['payment'] }],
      ['workspace.metadata.tags', { a: ['workspace'], b: ['workspace'], c: ['workspace'] }],
      ['tenant.status.tags', { a: ['tenant'], b: ['tenant'], c: ['tenant'], d: ['tenant', 'two'], e: [] }],
    );

    expect(plan(state).tags).toEqual({
      meshstack_a: 'project',
      meshstack_b: 'payment',
      meshstack_c: 'workspace',
      meshstack_d: 'tenant:two',
      meshstack_project: 'webshop-dev',
    });
    expect(plan(state).landingZoneFunction?.payload).toMatchObject({
      tagA: 'project',
      tagB: 'payment',
      tagC: 'workspace',
      tagD: 'tenant:two',
    });
  });

  it('tells what tag mappers ask for, and `none` where meshStack would', () => {
    const names = ['workspaceName', 'projectName', 'landingZoneIdentifier', 'paymentName', 'paymentExpirationDate'];
    const mappers = [...names, 'paymentAmount', 'paymentIdentifier', 'contactMail', 'ownerLastName'].map((name) => ({
      key: name,
      valuePattern: `<\${${name}}>`,
    }));
    const config = configuration(['platform.tenantTags.tagMappers', mappers]);
    const state = desiredState(['paymentMethod.spec.amount', 1200.5]);

    expect(plan(state, config).tags).toMatchObject({
      meshstack_workspaceName: '_Retail_',
      meshstack_projectName: '_Webshop Dev_',
      meshstack_landingZoneIdentifier: '_aws-dev_',
      meshstack_paymentName: '_Retail 2026_',
      meshstack_paymentExpirationDate: '_none_',
      meshstack_paymentAmount: '_1200.5_',
      meshstack_paymentIdentifier: '_retail-2026_',
      meshstack_contactMail: '_none_',
      meshstack_ownerLastName: '_none_',
    });
  });

  it('takes the identifiers of the tenant and remarks where workspace and project say otherwise', () => {
    const moved = plan(desiredState(['workspace.metadata.name', 'old'], ['project.metadata.ownedByWorkspace', 'old']));

    expect(moved.account.name).toBe('retail.webshop-dev');
    expect(moved.remarks).toEqual([
      "workspace.metadata.name is 'old' but tenant.metadata.ownedByWorkspace is 'retail'; the latter counts.",
      "project.metadata.ownedByWorkspace is 'old' but tenant.metadata.ownedByWorkspace is 'retail'; the latter counts.",
      NOT_UNIQUE,
    ]);
  });

  it('takes identifiers of the greatest length', () => {
    const state = desiredState(...named('w'.repeat(16), 'p'.repeat(30)));
    const config = configuration([
      'platform.accountEmailPattern',
      '#{workspaceIdentifier}.#{projectIdentifier}@corp.example',
    ]);

    expect(plan(state, config).account.name).toHaveLength(47);
  });
});
