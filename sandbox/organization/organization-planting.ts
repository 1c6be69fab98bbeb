import { makeStackSet } from './services/cloudformation/make-stack-set';
import { templateDeclaring } from './services/cloudformation/plant-template';
import { stackSetKey, type StackSet } from './services/cloudformation/stack-set-state';
import { type BuildProject, projectKey } from './services/codebuild/build-state';
import { plantIdentityCenter } from './services/sso-admin/plant-identity-center';
import type { AccountFactory } from './services/service-catalog/account-factory-state';
import { plantControlTower } from './services/control-tower/plant-control-tower';
import { accountArn, unitArn } from './services/organizations/arns';
import { administratorAccess, administratorAccessArn } from './services/iam/aws-managed-policies';
import { makeRole } from './services/iam/make-role';
import { isOptIn, partitionOfRegion } from '../../functions/domain/places/partitions';
import type { AccountState } from './account-state';
import type {
  AccountSeed,
  BuildProjectSeed,
  OrganizationSeed,
  ServiceRoleSeed,
  StackSetSeed,
} from './organization-seed';
import type { Account, OrganizationState, Role, Unit } from './organization-state';
import { arnIn } from './arn';

type Basis = Pick<
  OrganizationState,
  | 'seed'
  | 'latencies'
  | 'limits'
  | 'random'
  | 'faults'
  | 'agenda'
  | 'events'
  | 'judgesEveryCall'
  | 'buildRunner'
  | 'endpoint'
>;

/** The organization as the seed describes it, everything propagated long ago. */
export function plantOrganization(basis: Basis, now: number): OrganizationState {
  const accountFactory = plantAccountFactory(basis.seed);
  const state: OrganizationState = {
    ...basis,
    accounts: new Map(),
    units: new Map(basis.seed.organizationalUnits.map((unit) => [unit.id, plantUnit(basis.seed, unit)])),
    creations: new Map(),
    invitations: new Map(),
    standaloneAccounts: new Map(basis.seed.standaloneAccounts?.map((account) => [account.id, account])),
    govCloudAccounts: new Map(),
    rootTags: new Map(),
    sessions: new Map(),
    accountFactory,
    inheritedBaselines: new Map(
      basis.seed.accounts.flatMap(({ id, parentId, governed }) =>
        governed === true ? [[id, { unitId: parentId, status: 'SUCCEEDED' as const }]] : [],
      ),
    ),
    controlTower: plantControlTower(basis.seed, accountFactory?.records ?? new Map()),
    stackSets: new Map(basis.seed.stackSets?.map((seed) => plantStackSet(basis, seed))),
    stacks: new Map(),
    buildProjects: new Map(basis.seed.buildProjects?.map(plantBuildProject)),
    builds: new Map(),
    identityCenter: plantIdentityCenter(basis.seed.identityCenter, now),
    invocations: [],
    usedActions: new Map(),
  };
  basis.seed.accounts.forEach((account) => {
    joinByInvitation(state, account, now);
  });
  if (basis.seed.accountsWereRequested === true) plantRequests(state, now);
  basis.seed.serviceRoles.forEach((role) => {
    plantServiceRole(state, role, now);
  });
  return state;
}

function plantUnit(seed: OrganizationSeed, unit: OrganizationSeed['organizationalUnits'][number]): Unit {
  return { ...unit, arn: unitArn(seed, unit.id), tags: new Map() };
}

function plantAccountFactory({ accountFactory }: OrganizationSeed): AccountFactory | null {
  return accountFactory === undefined
    ? null
    : {
        seed: { otherProducts: [], ...accountFactory },
        provisionedProducts: new Map(),
        records: new Map(),
        openedTo: new Map(),
      };
}

function plantBuildProject({ variables = {}, ...project }: BuildProjectSeed): readonly [string, BuildProject] {
  const { accountId, region, name } = project;
  return [projectKey(accountId, region, name), { ...project, variables: new Map(Object.entries(variables)) }];
}

function plantStackSet(basis: Basis, seed: StackSetSeed): readonly [string, StackSet] {
  const parameters = new Map(Object.entries(seed.parameters));
  const stackSet = makeStackSet(basis, { ...seed, parameters, template: templateDeclaring(seed.parameters) });
  return [stackSetKey(seed.accountId, seed.region, seed.name), stackSet];
}

/** An account that was invited and has accepted, at the beginning or later; what is planted was there long ago. */
export function joinByInvitation(state: OrganizationState, seed: AccountSeed, now: number): void {
  checkInactiveSts(seed);
  openAccount(state, {
    ...seed,
    joinedMethod: 'INVITED',
    joinedAt: now,
    listedFrom: now,
    tags: Object.entries(seed.tags ?? {}),
    accessRole: seed.accessRole === undefined ? null : { name: seed.accessRole, assumableFrom: now },
  });
}

/**
 * @evidence documented IAM/UserGuide/id_credentials_temp_region-endpoints: STS cannot be deactivated by hand in US East
 *   (N. Virginia), in China (Beijing), or in an opt-in region
 */
function checkInactiveSts({ id, inactiveStsRegions = [] }: AccountSeed): void {
  const wrong = inactiveStsRegions.find(
    (region) => isOptIn(region) || partitionOfRegion(region)?.permanentStsRegions.includes(region),
  );
  if (wrong !== undefined) {
    throw new RangeError(`seed: account ${id} has no STS in ${wrong}, where AWS lets nobody deactivate it.`);
  }
}

const YEAR = 365 * 24 * 3600 * 1000;

function plantRequests({ accounts, creations }: OrganizationState, now: number): void {
  for (const [accountId, { name, email }] of accounts) {
    const id = `car-${accountId.padStart(32, '0')}`;
    const requestedAt = now - YEAR;
    creations.set(id, {
      id,
      accountName: name,
      email,
      requestedAt,
      completesAt: requestedAt,
      completedAt: requestedAt,
      state: 'SUCCEEDED',
      accountId,
      govCloudAccountId: null,
      failureReason: null,
    });
  }
}

/** A role that was there long ago. */
export function plantServiceRole(state: OrganizationState, seed: ServiceRoleSeed, now: number): void {
  const role = makeRole(state, {
    accountId: seed.accountId,
    name: seed.name,
    path: seed.path ?? '/',
    trust: JSON.stringify(seed.trust),
    createdAt: now,
    effectiveAt: now,
  });
  for (const arn of seed.attachedPolicyArns ?? []) {
    role.attached.set(arn, { name: arn.split('/').at(-1) ?? arn, effectiveAt: now });
  }
  for (const [name, document] of Object.entries(seed.inlinePolicies ?? {})) {
    role.inline.set(name, { document: JSON.stringify(document), effectiveAt: now, previous: null });
  }
  const account = state.accounts.get(seed.accountId);
  if (account === undefined) {
    throw new RangeError(
      `seed: service role ${seed.name} is in account ${seed.accountId}, which is not among the accounts.`,
    );
  }
  account.roles.set(role.name, role);
}

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly parentId: string;
  readonly alias?: string;
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinedAt: number;
  readonly listedFrom: number;
  readonly tags: Iterable<readonly [string, string]>;
  readonly accessRole: { readonly name: string; readonly assumableFrom: number } | null;
  readonly state?: AccountState;
  readonly enabledRegions?: readonly string[];
  readonly inactiveStsRegions?: readonly string[];
  readonly configSetups?: AccountSeed['configSetups'];
}

/** Puts an account into the organization, with the access role that trusts the management account. */
export function openAccount(state: OrganizationState, account: NewAccount): Account {
  const { id, name, email, parentId, joinedMethod, joinedAt, listedFrom, accessRole } = account;
  const opened: Account = {
    id,
    name,
    email,
    parentId,
    joinedMethod,
    joinedAt,
    listedFrom,
    closedAt: null,
    arn: accountArn(state.seed, id),
    state: account.state ?? 'ACTIVE',
    alias: account.alias ?? null,
    passwordPolicy: null,
    tags: new Map(account.tags),
    roles: new Map(),
    policies: new Map(),
    samlProviders: new Map(),
    // @evidence documented accounts/reference/manage-acct-regions: regions launched after March 20, 2019 are disabled
    //   until the account enables them
    enabledRegions: new Set(account.enabledRegions),
    inactiveStsRegions: new Set(account.inactiveStsRegions),
    configSetups: new Map(Object.entries(account.configSetups ?? {})),
  };
  if (accessRole !== null) {
    const role = makeAccessRole(state, id, accessRole.name, joinedAt, accessRole.assumableFrom);
    opened.roles.set(role.name, role);
    const linked = makeOrganizationsRole(state, id, joinedAt);
    opened.roles.set(linked.name, linked);
  }
  state.accounts.set(id, opened);
  return opened;
}

function makeAccessRole(
  state: OrganizationState,
  accountId: string,
  name: string,
  createdAt: number,
  effectiveAt: number,
): Role {
  const { seed } = state;
  const role = makeRole(state, {
    accountId,
    name,
    createdAt,
    effectiveAt,
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: arnIn(seed, `iam::${seed.managementAccountId}:root`) },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  if (seed.accessRoleRights === 'inline') {
    role.inline.set('AdministratorAccess', { document: administratorAccess.document, effectiveAt, previous: null });
  } else {
    role.attached.set(administratorAccessArn(seed), { name: 'AdministratorAccess', effectiveAt });
  }
  return role;
}

/**
 * The service-linked role that Organizations leaves in every account it creates; nobody but AWS can use or change it.
 */
function makeOrganizationsRole(state: OrganizationState, accountId: string, createdAt: number): Role {
  const role = makeRole(state, {
    accountId,
    createdAt,
    effectiveAt: createdAt,
    name: 'AWSServiceRoleForOrganizations',
    path: '/aws-service-role/organizations.amazonaws.com/',
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'organizations.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  });
  const policy = 'AWSOrganizationsServiceTrustPolicy';
  role.attached.set(arnIn(state.seed, `iam::aws:policy/aws-service-role/${policy}`), {
    name: policy,
    effectiveAt: createdAt,
  });
  return role;
}
