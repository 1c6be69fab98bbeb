import { importRemarks, tenantFaults } from '../../../../functions/domain/planning/tenant-faults';
import { type Change, configuration, MANAGEMENT_ACCESS } from '../examples';
import { fits } from '../says';

const MANAGEMENT = '222222222222';
const AUTOMATION = '333333333333';
const ACCOUNT = '444444444444';
const OTHER = '555555555555';

const IMPORTS: Change = ['platform.import', { tag: { key: 'vend', value: 'yes' } }];

const zone = { name: 'aws-dev' };
const managementZone = { name: 'aws-management', managementAccount: true };

type Parts = Parameters<typeof tenantFaults>[0];
type Known = Parameters<typeof tenantFaults>[2];

const messages = (parts: Parts, changes: readonly Change[], known: Known = { own: null }): readonly string[] =>
  tenantFaults(parts, configuration(...changes).platform, known).map(({ field, message }) => `${field} ${message}`);

const ID = 'tenant\\.spec\\.platformTenantId';

describe('the account that a tenant names', () => {
  it.each<[string, Parts, readonly Change[], Known, RegExp | null]>([
    ['is none', { landingZone: zone, platformTenantId: null }, [], { own: null }, null],
    ['cannot be read', { landingZone: zone }, [], { own: null }, null],
    [
      'is its own, as far as the ledger says',
      { landingZone: zone, platformTenantId: ACCOUNT },
      [],
      { own: null, ofTenant: ACCOUNT },
      null,
    ],
    [
      'is another than its own, which its run tells',
      { landingZone: zone, platformTenantId: ACCOUNT },
      [],
      { own: null, ofTenant: OTHER },
      null,
    ],
    [
      'may be imported',
      { landingZone: zone, platformTenantId: ACCOUNT },
      [IMPORTS],
      { own: null, ofTenant: null },
      null,
    ],
    ['is not asked of the ledger', { landingZone: zone, platformTenantId: ACCOUNT }, [], { own: null }, null],
    [
      'would be imported, and imports are off',
      { landingZone: zone, platformTenantId: ACCOUNT },
      [],
      { own: null, ofTenant: null },
      new RegExp(
        `^${ID} is '${ACCOUNT}', an account that this tenant does not have: it would be imported, and imports are off\\. Leave it null to have a new account made, or allow`,
      ),
    ],
    [
      'has too few digits',
      { landingZone: zone, platformTenantId: '44444444444' },
      [IMPORTS],
      { own: null },
      new RegExp(
        `^${ID} is '44444444444', which is no id of an AWS account: that has 12 digits\\. Name an account of the organization that is`,
      ),
    ],
    [
      'has too many digits',
      { landingZone: zone, platformTenantId: '4444444444444' },
      [IMPORTS],
      { own: null },
      /which is no id/,
    ],
    [
      'has something before its digits',
      { landingZone: zone, platformTenantId: 'x444444444444' },
      [IMPORTS],
      { own: null },
      /which is no id/,
    ],
    [
      'is the automation account',
      { landingZone: zone, platformTenantId: AUTOMATION },
      [IMPORTS],
      { own: null },
      new RegExp(
        `^${ID} is '${AUTOMATION}', the automation account, which cannot be a tenant's\\. Name an account .* made\\.$`,
      ),
    ],
    [
      'is the management account',
      { landingZone: zone, platformTenantId: MANAGEMENT },
      [IMPORTS],
      { own: null },
      new RegExp(
        `^${ID} is '${MANAGEMENT}', the management account, which cannot be a tenant's\\..* made\\. To give people access to it, and nothing else, name a landing zone with managementAccount`,
      ),
    ],
    [
      'is that of the application',
      { landingZone: zone, platformTenantId: OTHER },
      [IMPORTS],
      { own: OTHER },
      new RegExp(`^${ID} is '${OTHER}', the account that this application runs in, which`),
    ],
    [
      'is not that of the application',
      { landingZone: zone, platformTenantId: ACCOUNT },
      [IMPORTS],
      { own: OTHER, ofTenant: null },
      null,
    ],
  ])('%s', (_, parts, changes, known, message) => {
    expect(messages(parts, changes, known)).toEqual(message === null ? [] : [fits(message)]);
  });

  it('is told with its value and what it may be', () => {
    const [fault] = tenantFaults({ landingZone: zone, platformTenantId: 'x' }, configuration(IMPORTS).platform, {
      own: null,
    });
    expect(fault).toMatchObject({ field: 'tenant.spec.platformTenantId', value: 'x', limit: '12 digits' });
    const off = tenantFaults({ landingZone: zone, platformTenantId: ACCOUNT }, configuration().platform, {
      own: null,
      ofTenant: null,
    });
    expect(off).toEqual([{ field: 'tenant.spec.platformTenantId', message: fits(/imports are off/), value: ACCOUNT }]);
  });
});

describe('a landing zone of the management account', () => {
  const onlyManagement = (account: string): RegExp =>
    new RegExp(
      `^${ID} is ${account}, and the landing zone 'aws-management' is for the management account alone \\(managementAccount\\)\\. Name its id ${MANAGEMENT}, or another landing zone\\.$`,
    );

  it.each<[string, Parts, readonly Change[], Known, RegExp | null]>([
    [
      'is for that account',
      { landingZone: managementZone, platformTenantId: MANAGEMENT },
      [MANAGEMENT_ACCESS],
      { own: null, ofTenant: null },
      null,
    ],
    [
      'is for the tenant that has it',
      { landingZone: managementZone, platformTenantId: null },
      [MANAGEMENT_ACCESS],
      { own: null, ofTenant: MANAGEMENT },
      null,
    ],
    [
      'is for no other account',
      { landingZone: managementZone, platformTenantId: ACCOUNT },
      [MANAGEMENT_ACCESS],
      { own: null },
      onlyManagement(`'${ACCOUNT}'`),
    ],
    [
      'is for no tenant of another account',
      { landingZone: managementZone, platformTenantId: null },
      [MANAGEMENT_ACCESS],
      { own: null, ofTenant: ACCOUNT },
      onlyManagement(`'${ACCOUNT}'`),
    ],
    [
      'is for no new account',
      { landingZone: managementZone, platformTenantId: null },
      [MANAGEMENT_ACCESS],
      { own: null, ofTenant: null },
      onlyManagement('null'),
    ],
    [
      'is for nobody where this application runs in it',
      { landingZone: managementZone, platformTenantId: MANAGEMENT },
      [MANAGEMENT_ACCESS],
      { own: MANAGEMENT },
      new RegExp(
        `^${ID} is '${MANAGEMENT}', the account that this application runs in: nobody is let into it\\. Name an account`,
      ),
    ],
    [
      'counts only where the platform has it',
      { landingZone: managementZone, platformTenantId: MANAGEMENT },
      [IMPORTS],
      { own: null },
      /which cannot be a tenant's/,
    ],
  ])('%s', (_, parts, changes, known, message) => {
    expect(messages(parts, changes, known)).toEqual(message === null ? [] : [fits(message)]);
  });

  it('is the only one for its tenant', () => {
    const known = { own: null, ofTenant: MANAGEMENT };
    const { platform } = configuration(MANAGEMENT_ACCESS);
    expect(tenantFaults({ landingZone: zone, platformTenantId: null }, platform, known)).toEqual([
      {
        field: 'tenant.spec.landingZoneRef.name',
        message:
          "is 'aws-dev', and this tenant is the management account, to which people get access by a landing zone with managementAccount alone. Name that one.",
        value: 'aws-dev',
      },
    ]);
    expect(tenantFaults({ platformTenantId: null }, platform, known)).toEqual([]);
    // Its id is refused by itself.
    expect(tenantFaults({ landingZone: zone, platformTenantId: MANAGEMENT }, platform, known)).toEqual([
      { field: 'tenant.spec.platformTenantId', message: fits(/which cannot be a tenant's/), value: MANAGEMENT },
    ]);
  });

  it('is told of with what it found', () => {
    const { platform } = configuration(MANAGEMENT_ACCESS);
    const faultOf = (platformTenantId: string | null, known: Known) =>
      tenantFaults({ landingZone: managementZone, platformTenantId }, platform, known)[0];
    expect(faultOf(null, { own: null, ofTenant: null })).toMatchObject({ value: null });
    expect(faultOf(ACCOUNT, { own: null, ofTenant: null })).toMatchObject({
      field: 'tenant.spec.platformTenantId',
      value: ACCOUNT,
    });
    expect(faultOf(MANAGEMENT, { own: MANAGEMENT })).toMatchObject({
      field: 'tenant.spec.platformTenantId',
      value: MANAGEMENT,
    });
  });
});

describe('a tenant marked for deletion', () => {
  it.each(['MARKED_FOR_DELETION', 'DELETED'] as const)('has no plan: %s', (lifecycleState) => {
    expect(
      tenantFaults({ landingZone: zone, platformTenantId: null, lifecycleState }, configuration().platform, {
        own: null,
      }),
    ).toEqual([
      {
        field: 'tenant.status.lifecycle.state',
        value: lifecycleState,
        limit: 'ACTIVE',
        message: fits(new RegExp(`^is '${lifecycleState}': a deletion has no plan`)),
      },
    ]);
  });
});

describe('an account that has to be made', () => {
  const inGovCloud = (): Parameters<typeof tenantFaults>[1] => {
    const { platform } = configuration();
    return {
      ...platform,
      accessConfig: { organizationRootAccountRole: `arn:aws-us-gov:iam::${MANAGEMENT}:role/Role` },
    };
  };
  const faults = (
    platformTenantId: string | null | undefined,
    lifecycleState: 'ACTIVE' | 'DELETED',
    platform = inGovCloud(),
  ) =>
    tenantFaults({ landingZone: zone, platformTenantId, lifecycleState }, platform, {
      own: null,
      ofTenant: ACCOUNT,
    });

  it('cannot be made where the partition makes none', () => {
    expect(faults(null, 'ACTIVE')).toEqual([
      {
        field: 'tenant.spec.platformTenantId',
        message: fits(
          /^is null, but AWS GovCloud \(US\) makes no accounts \(https:.*\)\. Make one with CreateGovCloudAccount in the commercial organization, with the accountAccessRole .* as its RoleName; invite it/,
        ),
        value: null,
        limit: '12 digits',
      },
    ]);
  });

  it('is asked for only where the tenant is to have one, and names none', () => {
    expect(faults(ACCOUNT, 'ACTIVE')).toEqual([]);
    expect(faults(undefined, 'ACTIVE')).toEqual([]);
    expect(faults(null, 'DELETED').map(({ field }) => field)).toEqual(['tenant.status.lifecycle.state']);
    expect(faults(null, 'ACTIVE', configuration().platform)).toEqual([]);
    const unknown = {
      ...inGovCloud(),
      accessConfig: { organizationRootAccountRole: `arn:aws-moon:iam::${MANAGEMENT}:role/R` },
    };
    expect(faults(null, 'ACTIVE', unknown)).toEqual([]);
  });
});

describe('a plan that nobody has asked the ledger for', () => {
  const remarks = (
    platformTenantId: string | null | undefined,
    changes: readonly Change[] = [],
    known: Known = { own: null },
  ) => importRemarks({ platformTenantId }, configuration(...changes).platform, known);

  it('may name an account that the tenant does not have', () => {
    expect(remarks(ACCOUNT)).toEqual([
      fits(
        new RegExp(
          `^${ID} is '${ACCOUNT}', and imports are off: unless the tenant has this account already, the desired state will be refused\\. Leave it`,
        ),
      ),
    ]);
  });

  it.each<[string, readonly string[]]>([
    ['names none', remarks(null)],
    ['cannot be read', remarks(undefined)],
    ['knows the account of the tenant', remarks(ACCOUNT, [], { own: null, ofTenant: OTHER })],
    ['knows that the tenant has none', remarks(ACCOUNT, [], { own: null, ofTenant: null })],
    ['may import', remarks(ACCOUNT, [IMPORTS])],
    ['is of the management account', remarks(MANAGEMENT, [MANAGEMENT_ACCESS])],
  ])('says nothing where it %s', (_, found) => {
    expect(found).toEqual([]);
  });

  it('says so of the management account where nobody gets access to that, and of others where people do', () => {
    expect(remarks(MANAGEMENT)).toHaveLength(1);
    expect(remarks(ACCOUNT, [MANAGEMENT_ACCESS])).toHaveLength(1);
  });
});
