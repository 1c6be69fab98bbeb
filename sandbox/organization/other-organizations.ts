import { exampleOrganization } from './example-organization';
import type { AccountSeed, IdentityCenterSeed, OrganizationSeed, UnitSeed } from './organization-seed';

/*
 * Organizations as others have them: other ids, other names, other services than those of the example. A first
 * configuration has to fit each of them.
 */

const MANAGEMENT = '640000000001';
const AUTOMATION = '640000000002';
const MESHCLOUD = '640000000003';
const LOG_ARCHIVE = '640000000004';
const AUDIT = '640000000005';
const AFT = '640000000006';
const ROOT = 'r-zx90';

const unit = (name: string, parentId: string, more: Partial<UnitSeed> = {}): UnitSeed => ({
  id: `ou-zx90-${name.toLowerCase().padEnd(8, '0')}`,
  name,
  parentId,
  registered: false,
  ...more,
});

const PLATFORM = unit('Platform', ROOT);
const SECURITY = unit('Security', ROOT);
const WORKLOADS = unit('Workloads', ROOT);

const account = (id: string, name: string, parentId: string): AccountSeed => ({
  id,
  name,
  parentId,
  email: `it-aws+${name}@groups.northwind-insurance.example`,
});

const PLATFORM_ACCOUNTS = [
  account(MANAGEMENT, 'root', ROOT),
  account(AUTOMATION, 'deployment', PLATFORM.id),
  account(MESHCLOUD, 'vending', PLATFORM.id),
];

const permissionSet = (name: string, n: number) => ({
  arn: `arn:aws:sso:::permissionSet/ssoins-7758e0d0a1b2c3d4/ps-77580000000000${n}0`,
  name,
});

const identityCenter = (names: readonly string[], region = 'eu-west-1'): IdentityCenterSeed => ({
  region,
  instanceArn: 'arn:aws:sso:::instance/ssoins-7758e0d0a1b2c3d4',
  identityStoreId: 'd-9367aabbcc',
  permissionSets: names.map((name, n) => permissionSet(name, n + 1)),
  users: [{ userName: 'ines', givenName: 'Ines', familyName: 'Moreau', email: 'ines@northwind-insurance.example' }],
});

/** What has nothing to do with the place: nothing of the example but what the type asks for. */
const common = {
  partition: 'aws',
  organizationId: 'o-northwind01',
  rootId: ROOT,
  managementAccountId: MANAGEMENT,
  automationAccountId: AUTOMATION,
  meshcloudAccountId: MESHCLOUD,
  serviceRoles: [],
} as const;

/** No Control Tower, and no IAM Identity Center either; the automation account has administered stack sets before. */
export const organizationWithoutControlTower = (): OrganizationSeed => ({
  ...common,
  organizationalUnits: [PLATFORM, WORKLOADS, unit('Prod', WORKLOADS.id), unit('Test', WORKLOADS.id)],
  accounts: PLATFORM_ACCOUNTS,
  serviceRoles: [],
});

/** Control Tower 3.3 in another region than the application, and accounts that AFT has made. */
export const organizationWithAft = (): OrganizationSeed => {
  const { accountFactory } = exampleOrganization();
  if (accountFactory === undefined) throw new RangeError('The example organization has an Account Factory.');
  const prod = unit('Prod', WORKLOADS.id, { registered: true });
  return {
    ...common,
    organizationalUnits: [
      PLATFORM,
      { ...SECURITY, registered: true },
      { ...WORKLOADS, registered: true },
      prod,
      unit('Legacy', ROOT),
    ],
    accounts: [
      ...PLATFORM_ACCOUNTS,
      account(LOG_ARCHIVE, 'log-archive', SECURITY.id),
      account(AUDIT, 'audit', SECURITY.id),
      account(AFT, 'aft-management', PLATFORM.id),
      { ...account('640000000011', 'claims-prod', prod.id), governed: true },
    ],
    accountFactory: {
      ...accountFactory,
      homeRegion: 'eu-west-1',
      productId: 'prod-nwaft4711',
      otherProducts: [
        { id: 'prod-vpcbaseln', name: 'Network baseline', owner: 'Northwind' },
        { id: 'prod-otherct00', name: 'Custom blueprint', owner: 'AWS Control Tower' },
      ],
      launchPaths: [
        {
          id: 'lpv3-nwfactory',
          name: 'AWS Control Tower Account Factory Portfolio',
          principals: [`arn:aws:iam::${MANAGEMENT}:role/AWSAFTService`],
        },
      ],
    },
    controlTower: {
      version: '3.3',
      governedRegions: ['eu-west-1', 'eu-central-1'],
      sharedAccounts: { logArchive: LOG_ARCHIVE, audit: AUDIT },
    },
    identityCenter: identityCenter(['AWSAdministratorAccess', 'AWSPowerUserAccess', 'AWSReadOnlyAccess']),
  };
};

/**
 * Landing zone 4.0 whose units have ConfigBaseline alone, which the Account Factory does not do for.
 *
 * @param enrollsByItself whether moved accounts get the baseline of their unit
 */
export const organizationWithConfigBaseline = (enrollsByItself: boolean): OrganizationSeed => {
  const { accountFactory } = exampleOrganization();
  return {
    ...common,
    organizationalUnits: [
      PLATFORM,
      SECURITY,
      { ...WORKLOADS, governedBy: 'ConfigBaseline' as const },
      unit('Sandbox', ROOT, { governedBy: 'controls' }),
    ],
    accounts: [...PLATFORM_ACCOUNTS, account(AUDIT, 'audit', SECURITY.id)],
    ...(accountFactory === undefined ? {} : { accountFactory: { ...accountFactory, productId: 'prod-nwcfg0042' } }),
    controlTower: { version: '4.0', enrollsByItself, sharedAccounts: { config: AUDIT } },
    identityCenter: identityCenter(['Billing'], 'us-east-1'),
  };
};

/** An administrator of each account of the platform, as the model knows one: by the account's id as access key. */
export const OTHER_ACCOUNTS = { management: MANAGEMENT, automation: AUTOMATION, meshcloud: MESHCLOUD } as const;

/** A product as Account Factory for Terraform leaves it. */
export const AFT_PRODUCT = {
  id: 'pp-nwaftclaims1',
  name: 'claims-prod',
  accountId: '640000000011',
  status: 'AVAILABLE',
  hasSucceeded: true,
} as const;
