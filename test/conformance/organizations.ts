import type { OtherOrganization } from '../../conformance/case';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { awsLimits, type OrganizationLimits } from '../../sandbox/organization/organization-limits';
import type {
  AccountSeed,
  OrganizationSeed,
  PolicyDocument,
  StandaloneSeed,
  SubscriptionSeed,
  UnitSeed,
} from '../../sandbox/organization/organization-seed';

export const REGION = 'eu-central-1';
const OTHER_REGION = 'eu-west-1';

/** An organization of the model, and what nobody finds there by asking. */
export interface Organized {
  readonly region?: string;
  readonly seed: OrganizationSeed;
  readonly limits?: OrganizationLimits;
  readonly given: Readonly<Record<string, string>>;
}

const ACCESS_ROLE = 'OrganizationAccountAccessRole';

const account = (id: string, name: string, more: Partial<AccountSeed> = {}): AccountSeed => ({
  id,
  name,
  email: `aws+${name}@corp.example`,
  parentId: 'r-ab12',
  accessRole: ACCESS_ROLE,
  ...more,
});

const OUTSIDERS: readonly StandaloneSeed[] = ['acquired', 'partner'].map((name, index) => ({
  id: `66666666666${6 + index}`,
  name,
  email: `aws+${name}@corp.example`,
}));

/** Accounts as somebody has left them: each is in the way of something. */
const HINDERED = {
  recorded: account('700000000001', 'recorded', { configSetups: { [REGION]: { recorder: 'default' } } }),
  delivered: account('700000000002', 'delivered', { configSetups: { [OTHER_REGION]: { deliveryChannel: 'default' } } }),
  silent: account('700000000003', 'silent', { inactiveStsRegions: [OTHER_REGION] }),
  kept: account('700000000004', 'kept', {
    configSetups: { [REGION]: { recorder: 'aws-controltower-BaselineConfigRecorder' } },
  }),
  suspended: account('700000000005', 'suspended', { state: 'SUSPENDED' }),
} as const;

/** Accounts that nothing is done in but closing them. */
const SPARE = {
  spareOne: account('700000000021', 'spare-1'),
  spareTwo: account('700000000022', 'spare-2'),
  spareThree: account('700000000023', 'spare-3'),
  spareFour: account('700000000024', 'spare-4'),
  spareFive: account('700000000025', 'spare-5'),
} as const;

const SHARED = {
  logArchive: account('700000000011', 'log-archive'),
  audit: account('700000000012', 'audit'),
  config: account('700000000013', 'config'),
  centralBackup: account('700000000014', 'backup'),
} as const;

/** So that Cost Explorer has something to tell of what was bought. */
const SUBSCRIPTIONS: readonly SubscriptionSeed[] = [
  {
    kind: 'RESERVED_INSTANCE',
    id: '1000000001',
    service: 'Amazon Elastic Compute Cloud - Compute',
    buyerAccountId: '222222222222',
    user: { accountId: '333333333333', percent: 60 },
    paymentOption: 'Partial Upfront',
    startsAt: '2026-03-01T00:00:00Z',
    years: 1,
    upfrontFee: '365',
    hourlyFee: '0.05',
  },
  {
    kind: 'SAVINGS_PLAN',
    id: 'arn:aws:savingsplans::222222222222:savingsplan/conformance',
    service: 'AWS Lambda',
    buyerAccountId: '222222222222',
    user: null,
    paymentOption: 'No Upfront',
    startsAt: '2026-05-01T00:00:00Z',
    years: 3,
    upfrontFee: '0',
    hourlyFee: '0.2',
  },
  {
    kind: 'RESERVED_INSTANCE',
    id: '1000000002',
    service: 'Amazon Relational Database Service',
    buyerAccountId: '333333333333',
    user: null,
    paymentOption: 'All Upfront',
    startsAt: '2026-10-16T12:00:00Z',
    years: 1,
    upfrontFee: '876',
    hourlyFee: '0',
  },
  {
    kind: 'RESERVED_INSTANCE',
    id: '1000000003',
    service: 'Amazon Elastic Compute Cloud - Compute',
    buyerAccountId: '333333333333',
    user: { accountId: '222222222222', percent: 100 },
    paymentOption: 'No Upfront',
    startsAt: '2025-10-11T00:00:00Z',
    years: 1,
    upfrontFee: '0',
    hourlyFee: '0.1',
  },
  {
    kind: 'RESERVED_INSTANCE',
    id: '1000000004',
    service: 'Amazon Elastic Compute Cloud - Compute',
    buyerAccountId: '333333333333',
    user: null,
    paymentOption: 'No Upfront',
    startsAt: '2025-09-30T00:00:00Z',
    years: 1,
    upfrontFee: '0',
    hourlyFee: '0.1',
  },
  {
    kind: 'SAVINGS_PLAN',
    id: 'arn:aws:savingsplans::222222222222:savingsplan/second',
    service: 'AWS Lambda',
    buyerAccountId: '222222222222',
    user: { accountId: '333333333333', percent: 50 },
    paymentOption: 'All Upfront',
    startsAt: '2024-01-01T00:00:00Z',
    years: 3,
    upfrontFee: '2630.4',
    hourlyFee: '0',
  },
];

/**
 * By hand: October has 744 hours, a year 8,760, three years with a leap day 26,304. Fees are spread over the hours of
 * the term; what its user leaves is a fee of the buyer.
 */
const BOUGHT = {
  firstReservation: '1000000001',
  secondReservation: '1000000002',
  thirdReservation: '1000000003',
  firstUpfront: '31',
  firstRecurring: '37.2',
  firstTotal: '68.2',
  secondHours: '372',
  secondTotal: '37.2',
  thirdHours: '240',
  thirdTotal: '24',
  endedReservation: '1000000004',
  secondPlan: 'arn:aws:savingsplans::222222222222:savingsplan/second',
  firstPlanTotal: '148.8',
  secondPlanTotal: '74.4',
  firstStart: '2026-03-01T00:00:00.000Z',
  firstEnd: '2027-03-01T00:00:00.000Z',
  planStart: '2026-05-01T00:00:00.000Z',
  planEnd: '2029-05-01T00:00:00.000Z',
  discounted: '64.92',
  covered: '37.2',
  fees: '250.48',
} as const;

const denying = (Action: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action, Resource: '*' }],
});

const unit = (name: string, more: Partial<UnitSeed>): UnitSeed => ({
  id: `ou-ab12-${name.toLowerCase().padEnd(8, '0')}`,
  name,
  parentId: 'r-ab12',
  registered: false,
  ...more,
});

/** A unit to which policies are attached, and one below it. */
const GUARDED_ID = 'ou-ab12-guarded0';
const GUARDED = [unit('Guarded', { id: GUARDED_ID }), unit('Inner', { parentId: GUARDED_ID })];
const FOREIGN_ALIAS = 'alias-of-somebody-else';

/** No session of this name is opened in an account below. */
const withoutGuests: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sts:AssumeRole',
      Resource: '*',
      Condition: { StringEquals: { 'sts:RoleSessionName': 'guest' } },
    },
  ],
};

/** A region that the management account alone has enabled. */
const OPT_IN_REGION = 'me-central-1';
const withOptIn = (one: AccountSeed): AccountSeed =>
  one.id === '222222222222' ? { ...one, enabledRegions: [...(one.enabledRegions ?? []), OPT_IN_REGION] } : one;

/** The organization of a run, as most have it: with shared accounts, policies, and a delegated administrator. */
export function ownOrganization(): Organized {
  const example = exampleOrganization();
  const automation = example.automationAccountId;
  return {
    seed: {
      ...example,
      accounts: [
        ...example.accounts
          .map((one) => (one.id === automation ? { ...one, accessRole: ACCESS_ROLE } : one))
          .map(withOptIn),
        ...Object.values(HINDERED),
        ...Object.values(SHARED),
        ...Object.values(SPARE),
      ],
      organizationalUnits: [...example.organizationalUnits, ...GUARDED],
      standaloneAccounts: OUTSIDERS,
      foreignAliases: [FOREIGN_ALIAS],
      costs: { subscriptions: SUBSCRIPTIONS },
      delegatedAdministrators: [SHARED.centralBackup.id],
      foreignEmails: [...(example.foreignEmails ?? []), 'other@elsewhere.example'],
      controlTower: {
        ...example.controlTower,
        governedRegions: [REGION, OTHER_REGION],
        sharedAccounts: Object.fromEntries(Object.entries(SHARED).map(([name, { id }]) => [name, id])),
        updatedAt: '2026-10-01T08:00:00.000Z',
      },
      ...(example.identityCenter === undefined
        ? {}
        : { identityCenter: { ...example.identityCenter, delegatedAdministratorId: automation } }),
      serviceControlPolicies: [
        { name: 'NoLeaving', targetIds: ['ou-ab12-legacy01'], document: denying('organizations:LeaveOrganization') },
        { name: 'NoAliases', targetIds: [GUARDED_ID], document: denying('iam:CreateAccountAlias') },
      ],
      resourceControlPolicies: [
        { name: 'NoPublicBuckets', targetIds: ['ou-ab12-legacy01'], document: denying('s3:PutBucketPolicy') },
        { name: 'NoGuests', targetIds: [GUARDED_ID], document: withoutGuests },
      ],
    },
    given: {
      outsider: '666666666666',
      joiner: '666666666667',
      outsiderEmail: 'aws+acquired@corp.example',
      joinerEmail: 'AWS+Partner@corp.example',
      ...Object.fromEntries(Object.entries({ ...HINDERED, ...SHARED, ...SPARE }).map(([name, { id }]) => [name, id])),
      application: '111111111111',
      automation,
      ...BOUGHT,
      silentRegion: OTHER_REGION,
      optInRegion: 'ap-east-1',
      managementsRegion: OPT_IN_REGION,
      updatedAt: '2026-10-01T08:00:00.000Z',
      otherRegisteredId: 'ou-ab12-prod0001',
      configuredId: 'ou-ab12-configured',
      controlledId: 'ou-ab12-controlled',
      otherNestedId: 'ou-ab12-inprod00',
      factorySet: 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-a000000000000007',
      nestedId: 'ou-ab12-devteam1',
      foreignEmail: 'taken@elsewhere.example',
      guardedId: GUARDED_ID,
      guardedInnerId: 'ou-ab12-inner000',
      foreignAlias: FOREIGN_ALIAS,
      policy: 'p-a468be50',
      resourcePolicy: 'p-0584c689',
      policyTarget: 'ou-ab12-legacy01',
    },
  };
}

const with_ = (change: (seed: OrganizationSeed) => Partial<OrganizationSeed>): Organized => {
  const { seed, given } = ownOrganization();
  return { seed: { ...seed, ...change(seed) }, given };
};

const crowd = (parentId: string, size: number, start: number): readonly AccountSeed[] =>
  Array.from({ length: size }, (_, index) =>
    account(String(800_000_000_000 + start + index), `crowd-${start + index}`, { parentId }),
  );

const GOVERNED = [REGION, ...Array.from({ length: 21 }, (_, index) => `eu-governed-${index}`)];

export const OTHERS: Readonly<Record<OtherOrganization, () => Organized>> = {
  'auto-enrollment': () =>
    with_(({ controlTower, identityCenter }) => ({
      controlTower: { ...controlTower, enrollsByItself: true },
      ...(identityCenter === undefined ? {} : { identityCenter: { ...identityCenter, identitySource: 'external' } }),
    })),
  'older-landing-zone': () =>
    with_(({ accountFactory, controlTower, identityCenter, organizationalUnits }) => ({
      organizationalUnits: [
        ...organizationalUnits.map((one) => (one.name === 'Prod' ? { ...one, baselineVersion: '3.0' } : one)),
        unit('Configured', { governedBy: 'ConfigBaseline' }),
        unit('Controlled', { governedBy: 'controls' }),
        unit('InProd', { parentId: 'ou-ab12-prod0001', registered: true, baselineVersion: '3.0' }),
      ],
      controlTower: { ...controlTower, version: '3.3', updatedAt: '2026-06-01T08:00:00.000Z' },
      ...(identityCenter === undefined
        ? {}
        : { identityCenter: { ...identityCenter, identitySource: 'active-directory' } }),
      ...(accountFactory === undefined
        ? {}
        : {
            accountFactory: {
              ...accountFactory,
              otherProducts: [
                { id: 'prod-network000', name: 'Network', owner: 'Platform' },
                { id: 'prod-blueprint0', name: 'Blueprint', owner: 'Platform' },
              ],
              launchPaths: [
                ...accountFactory.launchPaths,
                { id: 'lpv3-second000000', name: 'Second portfolio', principals: [] },
              ],
            },
          }),
    })),
  'consolidated-billing': () => {
    const { seed, given } = ownOrganization();
    const { accountFactory: _, controlTower: __, identityCenter: ___, costs: ____, ...bare } = seed;
    return {
      seed: {
        ...bare,
        organizationalUnits: bare.organizationalUnits.map((one) => ({ ...one, registered: false })),
        featureSet: 'CONSOLIDATED_BILLING',
        isPairedWithGovCloud: false,
        hasAppliedAccountQuota: false,
        delegatedAdministrators: [],
      },
      given,
    };
  },
  weeks: ownOrganization,
  purchases: ownOrganization,
  quotas: () => {
    const { seed, given } = ownOrganization();
    return {
      seed,
      given,
      limits: {
        ...awsLimits,
        // That of the run itself, and one more.
        accounts: seed.accounts.length + 2,
        units: seed.organizationalUnits.length + 2,
        // Of all accounts, two and a half.
        closures: { share: 2.5 / (seed.accounts.length + 1), least: 1, most: 1000 },
      },
    };
  },
  'landing-zone-update': () =>
    with_(({ controlTower }) => ({ controlTower: { ...controlTower, status: 'PROCESSING' } })),
  'large-units': () =>
    with_(({ accounts, controlTower }) => ({
      accounts: [...accounts, ...crowd('ou-ab12-cdefgh34', 680, 0), ...crowd('ou-ab12-prod0001', 681, 680)],
      controlTower: {
        ...controlTower,
        governedRegions: GOVERNED,
        sharedAccounts: { logArchive: SHARED.logArchive.id, audit: SHARED.audit.id },
      },
    })),
  govcloud: () => {
    const { seed, given } = ownOrganization();
    const { accountFactory: _, controlTower: __, identityCenter: ___, costs: ____, ...bare } = seed;
    return { region: 'us-gov-west-1', given, seed: { ...bare, partition: 'aws-us-gov' } };
  },
};
