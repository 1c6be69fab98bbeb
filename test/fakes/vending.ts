import type { Creation, Account } from '../../functions/domain/records/account-records';
import type { TenantRecord, Turn } from '../../functions/domain/records/ledger-records';
import type { VendingPlan } from '../../functions/domain/plan/plan';
import type { StepContext } from '../../functions/domain/run/step-context';
import { NOTHING_YET } from '../../functions/ledger/tenants/tenant-items';

export const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';
export const OTHER_TENANT = '7d0c1b1e-0000-4000-8000-000000000002';

export const NOW = new Date('2026-11-24T10:00:00.000Z');

export const after = (seconds: number, start: Date = NOW): Date => new Date(start.getTime() + seconds * 1000);

export const account: Account = {
  id: '444444444444',
  arn: 'arn:aws:organizations::222222222222:account/o-exampleorg1/444444444444',
  name: 'retail.webshop-dev',
  email: 'aws+retail.webshop-dev.42@corp.example',
  knownSince: NOW.toISOString(),
  imported: false,
};

/** A request for an account that AWS has answered, with changes. */
export const creation = (changes: Partial<Creation> = {}): Creation => ({
  phase: 'requested',
  email: account.email,
  accountName: account.name,
  roleName: 'MeshstackAccountAccessRole',
  intendedAt: NOW.toISOString(),
  requestId: 'car-0123456789abcdef',
  attempt: 1,
  notBefore: null,
  madeAccountId: null,
  failure: null,
  ...changes,
});

/** A turn that has just been granted, with changes. */
export const turn = (changes: Partial<Turn> = {}): Turn => ({
  grantedAt: NOW.toISOString(),
  notBefore: NOW.toISOString(),
  used: false,
  slot: 0,
  ...changes,
});

/** The plan of one tenant, with changes; of a landing zone that needs no role in the account. */
export const plan = (changes: Partial<VendingPlan> = {}): VendingPlan => ({
  planVersion: 1,
  tenantUuid: TENANT,
  landingZone: 'aws-dev',
  account: {
    name: account.name,
    email: account.email,
    alias: 'corp-retail-webshop-dev',
    accessRole: 'MeshstackAccountAccessRole',
    enforceAlias: true,
  },
  existingAccountId: null,
  import: null,
  serviceAccounts: [],
  targetOrgUnitId: 'ou-ab12-cdefgh34',
  allowHierarchicalOrganizationalUnitAssignment: false,
  tags: { meshstack_project: 'webshop-dev' },
  tagNamespacePrefix: 'meshstack_',
  stackSetExecutionRole: null,
  enrollment: null,
  controlTowerRegion: null,
  controlTowerFollowsMoves: false,
  stackSets: [],
  stackSetRemovals: [],
  landingZoneFunction: null,
  externalAvm: null,
  identityStore: null,
  groups: [],
  samlAccess: null,
  skipUserGroupPermissionCleanup: false,
  membersKnown: true,
  meshIdentifiers: {},
  selfDowngrade: true,
  accessRoleProfile: 'meshstack',
  remarks: [],
  ...changes,
});

/** How the plan of an account says that it is to be enrolled with Control Tower. */
export const enrollment: NonNullable<VendingPlan['enrollment']> = {
  strategy: 'account-factory',
  region: 'eu-central-1',
  managementAccountId: '222222222222',
  accountFactoryProductId: 'prod-abcd1234',
  concurrentEnrollments: 5,
  ssoUser: { email: 'cloud@corp.example', firstName: 'Cloud', lastName: 'Foundation' },
};

/** A group of the plan. */
export const group = (name: string): VendingPlan['groups'][number] => ({
  name,
  awsRole: name,
  projectRoles: [],
  permissionSetArns: [],
  members: [],
});

/** The record of a tenant whose first run is at work, with changes. */
export const tenant = (changes: Partial<TenantRecord> = {}): TenantRecord => ({
  tenantUuid: TENANT,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop-dev',
  status: 'RUNNING',
  statusChangedAt: NOW.toISOString(),
  ...NOTHING_YET,
  latestSequence: 17,
  activeRun: { replicationSequence: 17, run: 1 },
  lastRun: { replicationSequence: 17, run: 1 },
  ...changes,
});

/** What a step works with; `at` is how long after the beginning of its state it is called. */
export const vending = (
  parts: { readonly tenant?: Partial<TenantRecord>; readonly plan?: Partial<VendingPlan>; readonly at?: number } = {},
): StepContext => ({
  tenant: tenant(parts.tenant),
  plan: plan(parts.plan),
  now: after(parts.at ?? 0),
  stateEnteredAt: NOW,
});
