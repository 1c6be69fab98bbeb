import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { configuration, desiredState } from '../examples';
import { faults, named } from './planned-example';

describe('planVending refuses', () => {
  it('identifiers over their limits', () => {
    const found = faults(
      desiredState(...named('w'.repeat(17), 'p'.repeat(31))),
      configuration(['platform.accountEmailPattern', 'aws+#{tenantPlatformNumber}@corp.example']),
    );

    expect(found).toEqual([
      {
        field: 'tenant.metadata.ownedByWorkspace',
        message: `is '${'w'.repeat(17)}', which has 17 characters; at most 16 are allowed. Choose a shorter identifier, or raise identifierLimits.workspaceIdentifier in platform.json.`,
        value: 'w'.repeat(17),
        limit: 16,
      },
      expect.objectContaining({ field: 'tenant.metadata.ownedByProject', value: 'p'.repeat(31), limit: 30 }),
    ]);
  });

  it('nothing where the limits are raised and all else fits', () => {
    const config = configuration(
      ['platform.identifierLimits', { workspaceIdentifier: 20, projectIdentifier: 29 }],
      ['platform.accountEmailPattern', 'aws+#{tenantPlatformNumber}@corp.example'],
    );

    expect(faults(desiredState(...named('w'.repeat(20), 'p'.repeat(29))), config)).toEqual([]);
    expect(faults(desiredState(...named('w'.repeat(21), 'p'.repeat(29))), config)).toEqual([
      expect.objectContaining({ field: 'tenant.metadata.ownedByWorkspace', limit: 20 }),
      expect.objectContaining({ field: 'account.name', limit: 50 }),
    ]);
  });

  it.each([
    ['-retail', 'webshop-dev', 'tenant.metadata.ownedByWorkspace'],
    ['retail-', 'webshop-dev', 'tenant.metadata.ownedByWorkspace'],
    ['re--tail', 'webshop-dev', 'tenant.metadata.ownedByWorkspace'],
    ['re tail', 'webshop-dev', 'tenant.metadata.ownedByWorkspace'],
    ['re.tail', 'webshop-dev', 'tenant.metadata.ownedByWorkspace'],
    ['retail', 'Webshop', 'tenant.metadata.ownedByProject'],
    ['retail', '-webshop', 'tenant.metadata.ownedByProject'],
    ['retail', 'web_shop', 'tenant.metadata.ownedByProject'],
    ['retail', 'web--shop', 'tenant.metadata.ownedByProject'],
    ['retail', 'webshöp', 'tenant.metadata.ownedByProject'],
  ])('%j and %j, against their character rules', (workspace, project, field) => {
    const found = faults(desiredState(...named(workspace, project)));

    expect(found).toContainEqual(
      expect.objectContaining({ field, value: workspace === 'retail' ? project : workspace }),
    );
  });

  it('a landing zone that is not configured, and names those that are', () => {
    expect(faults(desiredState(['tenant.spec.landingZoneRef.name', 'aws-prod']))).toEqual([
      {
        field: 'tenant.spec.landingZoneRef.name',
        message:
          "is 'aws-prod', which is not a configured landing zone. Known are 'aws-dev'; name one of them, or add landing-zones/<name>.json to the configuration.",
        value: 'aws-prod',
        limit: 'aws-dev',
      },
    ]);
  });

  it.each(['toString', '__proto__', 'constructor'])('the landing zone %s, which is no property either', (name) => {
    expect(faults(desiredState(['tenant.spec.landingZoneRef.name', name]))).toHaveLength(1);
  });

  it('an e-mail over 64 characters, and any that AWS would not take', () => {
    const state = desiredState(...named('w'.repeat(16), 'p'.repeat(30)));
    const found = faults(
      state,
      configuration([
        'platform.accountEmailPattern',
        'aws+#{workspaceIdentifier}.#{projectIdentifier}@yourcompany.com',
      ]),
    );

    expect(found).toEqual([
      expect.objectContaining({
        field: 'accountEmailPattern',
        value: `aws+${'w'.repeat(16)}.${'p'.repeat(30)}@yourcompany.com`,
        limit: 64,
        message: expect.stringContaining('which has 67 characters; AWS accepts 6 to 64') as string,
      }),
    ]);
  });

  it.each(['a=b@corp.example', 'aws+retail/shop@corp.example', '#shop@corp.example', 'shop@corp.xn--p1ai'])(
    'the e-mail %s, which Control Tower does not enroll, where the Account Factory is to',
    (email) => {
      const pattern = ['platform.accountEmailPattern', email] as const;
      const existing = desiredState(['tenant.spec.platformTenantId', '444444444444']);

      expect(faults(desiredState(), configuration(pattern))).toEqual([
        {
          field: 'accountEmailPattern',
          message: expect.stringContaining(`renders to '${email}', which AWS Control Tower does not enroll`) as string,
          value: email,
          limit: '[A-Z0-9a-z._%+-]+@[A-Za-z0-9.-]+[.]+[A-Za-z]+',
        },
      ]);
      expect(faults(desiredState(), configuration(pattern, ['landingZone.awsEnrollAccount', false]))).toEqual([]);
      expect(
        faults(desiredState(), configuration(pattern, ['platform.enrollmentConfiguration.strategy', 'auto-enroll'])),
      ).toEqual([]);
      expect(faults(existing, configuration(pattern)).map(({ field }) => field)).not.toContain('accountEmailPattern');
    },
  );

  it('an alias that is too long, too short, of wrong characters or 12 digits', () => {
    const patterns = ['#{rand}-#{rand}', '-a-', 'Corp_#{projectIdentifier}', '1234567890#{tenantPlatformNumber}'];
    const found = patterns.map((pattern) =>
      faults(desiredState(), configuration(['platform.accountAliasPattern', pattern])),
    );

    expect(found.map((each) => each.map(({ field, limit }) => [field, limit]))).toEqual([
      [['accountAliasPattern', 63]],
      [['accountAliasPattern', 3]],
      [['accountAliasPattern', 'a-z, 0-9, -']],
      [['accountAliasPattern', 'not 12 digits']],
    ]);
  });

  it('a pattern whose placeholder has no value, and names what is missing', () => {
    const config = configuration(
      ['platform.accountEmailPattern', 'aws+#{meshProjectId}.#{tagOwner}@corp.example'],
      ['platform.accountAliasPattern', '#{platform}-#{tagCostCenter}'],
    );
    const state = desiredState(
      ['meshProjectId', undefined],
      ['tenant.status.tenantName', 'opaque'],
      ['tenant.status.tags.costCenter', []],
    );

    expect(faults(state, config).map(({ field }) => field)).toEqual([
      'meshProjectId',
      'project.spec.tags.owner',
      'tenant.status.tenantName',
      'project.spec.tags.costCenter',
    ]);
    expect(faults(state, config)[1]?.message).toBe(
      "is missing, but accountEmailPattern uses #{tagOwner}. Add the tag 'owner' to project, payment method, workspace or tenant, or take the placeholder out of the pattern.",
    );
  });

  it('tags that go by the same placeholder', () => {
    const found = faults(desiredState(['workspace.metadata.tags', { Environment: ['x'] }]));

    expect(found).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/is known as tagEnvironment, and so is the tag 'Environment'/) as string,
      }),
    ]);
  });

  it('an account that nobody could have, and a deletion, which has no plan', () => {
    const found = faults(
      desiredState(
        ['tenant.spec.platformTenantId', '4444-4444-4444'],
        ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
      ),
    );

    expect(found).toEqual([
      {
        field: 'tenant.spec.platformTenantId',
        message:
          "is '4444-4444-4444', which is no id of an AWS account: that has 12 digits. Name an account of the organization that is to be imported, or leave it null to have a new one made.",
        value: '4444-4444-4444',
        limit: '12 digits',
      },
      {
        field: 'tenant.status.lifecycle.state',
        message:
          "is 'MARKED_FOR_DELETION': a deletion has no plan, since nothing is vended any more. Only 'ACTIVE' tenants are planned; a dry run by the API tells what becomes of the account.",
        value: 'MARKED_FOR_DELETION',
        limit: 'ACTIVE',
      },
    ]);
  });

  it.each([
    ['management', '222222222222'],
    ['automation', '333333333333'],
  ])('the %s account, which is not to be anybody’s tenant', (kind, id) => {
    expect(faults(desiredState(['tenant.spec.platformTenantId', id]))).toEqual([
      {
        field: 'tenant.spec.platformTenantId',
        message: expect.stringContaining(`is '${id}', the ${kind} account, which cannot be a tenant's.`) as string,
        value: id,
      },
    ]);
  });

  it('the account of the application, where the configuration names it, and accounts that others share', () => {
    const meshcloudAccountId = '111111111111';
    const sharedAccountIds = ['777777777771', '777777777772'];
    const open = configuration(
      ['platform.meshcloudAccountId', meshcloudAccountId],
      ['platform.sharedAccountIds', sharedAccountIds],
      ['platform.import', { organizationalUnits: ['r-ab12'] }],
    );
    for (const id of [meshcloudAccountId, ...sharedAccountIds]) {
      expect(planVending(desiredState(['tenant.spec.platformTenantId', id]), open)).toMatchObject({
        ok: false,
        faults: [{ field: 'tenant.spec.platformTenantId', value: id }],
      });
    }
  });

  it('nothing about an account that the tenant may have, where nobody has looked: that is a remark', () => {
    const named = desiredState(['tenant.spec.platformTenantId', '555555555555']);
    const remarked = (platform: Parameters<typeof planVending>[1]): string => {
      const plan = planVending(named, platform);
      return plan.ok ? plan.value.remarks.join(' ') : 'refused';
    };
    expect(remarked(configuration())).toMatch(/imports are off: unless the tenant has this account already/u);
    const importable = configuration(['platform.import', { tag: { key: 'importable', value: 'yes' } }]);
    expect(remarked(importable)).not.toMatch(/imports are off|^refused/u);
  });

  it('everything at once', () => {
    const found = faults(
      desiredState(
        ...named('Re--tail', 'p'.repeat(61)),
        ['tenant.spec.landingZoneRef.name', 'nowhere'],
        ['tenant.status.lifecycle.state', 'DELETED'],
        ['project.spec.tags', Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`t${index}`, ['v']]))],
      ),
    );

    expect(found.map(({ field }) => field)).toEqual([
      'tenant.status.lifecycle.state',
      'tenant.metadata.ownedByWorkspace',
      'tenant.metadata.ownedByProject',
      'tenant.spec.landingZoneRef.name',
      'account.name',
      'accountEmailPattern',
      'accountAliasPattern',
      'accountAliasPattern',
      'tags',
    ]);
  });
});
