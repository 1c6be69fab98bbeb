import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { FACTORY_PERMISSION_SET } from '../../../functions/domain/access/factory-user';
import { readOrders } from '../../../sandbox/commands/demo/order';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { OrganizationState } from '../../../sandbox/organization/organization-state';
import { plantProduct } from '../../../sandbox/organization/services/service-catalog/plant-product';
import { assignmentKey } from '../../../sandbox/organization/services/sso-admin/identity-center';
import type { EmbeddedStageOptions } from '../../../sandbox/runtime/stage/embedded-stage';
import type { Stage } from '../../../sandbox/runtime/stage/stage';
import { type Change, changed } from '../../functions/domain/examples';
import { faultsFor } from '../../functions/aws/organization-world';
import { dryRuns, preflight, updatedLandingZone, wasApproved } from './asked';

/** A story in which some permissions are used. Vending after vending has to go well. */
export interface Scenario {
  readonly name: string;
  /** Made again for every run: faults are used up. */
  readonly options: () => EmbeddedStageOptions;
  readonly rounds: readonly Round[];
  /** With another configuration than the deployed one. */
  readonly configured?: (configuration: Configuration) => Configuration;
}

export interface Round {
  /** What others do to the organization before this round. */
  readonly before?: (state: OrganizationState) => void;
  readonly desiredStates: readonly unknown[];
  /** What is asked of the application after that. Throws when it fails. */
  readonly after?: (stage: Stage) => Promise<void>;
}

const [webshop, fraudLab] = readOrders([]).map(({ desiredState }) => desiredState);

const sealedLab = changed(fraudLab, ['tenant.spec.landingZoneRef.name', 'aws-sealed']);

/** A second project of that workspace. */
const otherLab = (project: string, number: number): unknown =>
  changed(
    fraudLab,
    ['tenant.metadata.uuid', `0f0f0f0f-0000-4000-8000-000000000${number}`],
    ['tenant.metadata.ownedByProject', project],
    ['project.metadata.name', project],
    ['tenantPlatformNumber', number],
  );

const otherSealedLab = changed(otherLab('sealed-lab', 201), ['tenant.spec.landingZoneRef.name', 'aws-sealed']);

const underControlTower = changed(fraudLab, ['replicationSequence', 4], ['tenant.spec.landingZoneRef.name', 'aws-dev']);

const undisturbed = (): EmbeddedStageOptions => ({});
const once = (...desiredStates: readonly unknown[]): readonly Round[] => [{ desiredStates }];

/** The webshop as it is ordered, and again with changes. */
const webshopTwice = (changes: readonly Change[], before?: Round['before']): readonly Round[] => [
  { desiredStates: [webshop] },
  {
    desiredStates: [changed(webshop, ['replicationSequence', 18], ...changes)],
    ...(before === undefined ? {} : { before }),
  },
];

function taintProducts({ accountFactory }: OrganizationState): void {
  for (const product of accountFactory?.provisionedProducts.values() ?? []) product.status = 'TAINTED';
}

/** Somebody renames one of our groups, and gives another a permission set that is not its. */
function changeAccess({ identityCenter }: OrganizationState): void {
  const [assignment] = [...(identityCenter?.assignments.values() ?? [])].filter(({ principalId }) =>
    identityCenter?.groups.get(principalId)?.displayName.startsWith('mst-'),
  );
  const other = [...(identityCenter?.groups.values() ?? [])].find(
    ({ id, displayName }) => displayName.startsWith('mst-') && id !== assignment?.principalId,
  );
  const set = [...(identityCenter?.permissionSets.keys() ?? [])].find((arn) => arn !== assignment?.permissionSetArn);
  if (assignment === undefined || other === undefined || set === undefined) return;
  identityCenter?.groups.set(other.id, { ...other, displayName: 'renamed' });
  const given = { ...assignment, permissionSetArn: set };
  identityCenter?.assignments.set(assignmentKey(given), given);
}

/** Somebody lets others into the execution roles. */
const spoilTrust =
  ({ platform }: Configuration): Round['before'] =>
  ({ accounts }) => {
    const { name } = platform.stackSetExecutionRole ?? { name: '' };
    const stranger = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '444444444444' }, Action: 'sts:AssumeRole' }],
    };
    for (const { roles } of accounts.values()) {
      const role = roles.get(name);
      if (role !== undefined) role.trust = { document: JSON.stringify(stranger), effectiveAt: 0, previous: null };
    }
  };

function failFirstEnrollment(): EmbeddedStageOptions {
  let left = 1;
  return {
    faults: {
      accountFactory: () => {
        left -= 1;
        return left === 0 ? 'AWS Control Tower failed to set up your account.' : undefined;
      },
    },
  };
}

/** The products of vended accounts are somebody else's, and broken. */
function giveProductsAway(state: OrganizationState): void {
  const products = state.accountFactory?.provisionedProducts;
  for (const product of [...(products?.values() ?? [])]) {
    const roleArn = 'arn:aws:iam::222222222222:role/Administrator';
    const sessionArn = 'arn:aws:sts::222222222222:assumed-role/Administrator/somebody';
    products?.set(product.id, { ...product, roleArn, sessionArn, status: 'TAINTED' });
  }
}

/** Somebody has tried in vain to enroll the vended account. */
function leaveStaleProduct(state: OrganizationState): void {
  const account = [...state.accounts.values()].find(({ joinedMethod }) => joinedMethod === 'CREATED');
  plantProduct(state, {
    id: 'pp-staleproduct01',
    name: 'stale',
    accountId: account?.id ?? '',
    status: 'ERROR',
    hasSucceeded: false,
    createdAt: 0,
  });
}

/** The landing zone was updated: its units have the version of their baseline that went with the one before. */
function bringNewBaseline({ controlTower, units }: OrganizationState): void {
  for (const { id } of units.values()) controlTower.unitVersions.set(id, '4.0');
}

function bringNewRegion({ controlTower }: OrganizationState): void {
  Object.assign(controlTower.setup, { updatedAt: new Date(Date.now() - 1000).toISOString() });
}

function moveToOtherUnit(state: OrganizationState): void {
  const account = [...state.accounts.values()].find(({ joinedMethod }) => joinedMethod === 'CREATED');
  if (account !== undefined) account.parentId = 'ou-ab12-prod0001';
}

/** The Account Factory's user has again what was taken from it. */
function giveToFactoryUser({ accounts, identityCenter }: OrganizationState): void {
  const user = [...(identityCenter?.users.values() ?? [])].find(({ email }) => email === 'cloud@corp.example');
  const set = [...(identityCenter?.permissionSets.values() ?? [])].find(({ name }) => name === FACTORY_PERMISSION_SET);
  const account = [...accounts.values()].find(({ joinedMethod }) => joinedMethod === 'CREATED');
  const given = {
    accountId: account?.id ?? '',
    permissionSetArn: set?.arn ?? '',
    principalType: 'USER' as const,
    principalId: user?.id ?? '',
  };
  identityCenter?.assignments.set(assignmentKey(given), given);
}

/** An account that was there before anything. */
const withLegacyAccount = (): EmbeddedStageOptions => {
  const world = exampleOrganization();
  const legacy = {
    id: LEGACY,
    name: 'Legacy',
    email: 'legacy@corp.example',
    parentId: 'ou-ab12-legacy01',
    accessRole: 'MeshstackAccountAccessRole',
  };
  return { world: { ...world, accounts: [...world.accounts, legacy] } };
};

const LEGACY = '555555555555';

/** Every landing zone asks somebody before it makes an account, or takes one out of use. */
const withApprovals = ({ platform, landingZones }: Configuration): Configuration => {
  const approval = { create: true, close: true, expiresAfterDays: 1 };
  const zones = Object.entries(landingZones).map(([name, zone]) => [name, { ...zone, approval }] as const);
  return { platform, landingZones: Object.fromEntries(zones) };
};

/** With one landing zone more, whose accounts go to a unit of their workspace. */
export function withWorkspaceUnits({ platform, landingZones }: Configuration): Configuration {
  const zone = landingZones['aws-sandbox'];
  if (zone === undefined) throw new Error('The example has no landing zone aws-sandbox.');
  return {
    platform: {
      ...platform,
      workspaceOrgUnits: { parentOrgUnitId: 'ou-ab12-legacy01', namePattern: '#{workspaceIdentifier}' },
    },
    landingZones: { ...landingZones, [WORKSPACES]: { ...zone, name: WORKSPACES, awsTargetOrgUnitId: null } },
  };
}

const WORKSPACES = 'workspaces';

const inWorkspaceUnit = changed(fraudLab, ['tenant.spec.landingZoneRef.name', WORKSPACES]);

/** The demonstration first; after it, what it does not come to. */
export const scenariosFor = (configuration: Configuration): readonly Scenario[] => [
  { name: 'the demonstration', options: undisturbed, rounds: once(webshop, fraudLab) },
  {
    name: 'the answer of CreateAccount is lost',
    options: () => ({ faults: faultsFor('CreateAccount', { kind: 'lost-answer' }) }),
    rounds: once(fraudLab),
  },
  {
    name: 'a product is broken, and is somebody else’s',
    options: undisturbed,
    rounds: webshopTwice([], giveProductsAway),
  },
  {
    name: 'somebody else has tried in vain to enroll an account',
    options: undisturbed,
    rounds: [{ desiredStates: [fraudLab] }, { desiredStates: [underControlTower], before: leaveStaleProduct }],
  },
  {
    name: 'the first enrollment fails',
    options: failFirstEnrollment,
    rounds: once(webshop),
  },
  {
    name: 'older accounts have their rights inline',
    options: () => ({ world: { ...exampleOrganization(), accessRoleRights: 'inline' } }),
    rounds: once(fraudLab),
  },
  {
    name: 'a desired state changes tags and people',
    options: undisturbed,
    rounds: webshopTwice([
      ['projectCreatorEmail', 'joe@corp.example'],
      ['tenant.status.tags', {}],
      ['project.spec.tags', {}],
    ]),
  },
  {
    name: 'an account is sealed',
    options: undisturbed,
    rounds: once(sealedLab),
  },
  {
    name: 'people leave, and others have changed access by hand',
    options: undisturbed,
    rounds: webshopTwice([['userPermissions', []]], changeAccess),
  },
  {
    name: 'the answer of CreateGroup is lost',
    options: () => ({ faults: faultsFor('CreateGroup', { kind: 'lost-answer' }) }),
    rounds: once(fraudLab),
  },
  {
    name: 'an account is imported',
    options: withLegacyAccount,
    rounds: once(changed(fraudLab, ['tenant.spec.platformTenantId', LEGACY])),
  },
  {
    name: 'a tenant goes',
    options: undisturbed,
    rounds: webshopTwice([['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']]),
  },
  {
    name: 'somebody approves that an account is made, and taken out of use',
    options: undisturbed,
    configured: withApprovals,
    rounds: webshopTwice([['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']]).map((round) => ({
      ...round,
      after: wasApproved(webshop),
    })),
  },
  {
    name: 'costs are collected',
    options: undisturbed,
    rounds: [{ desiredStates: [], after: (stage) => stage.collectCosts() }],
  },
  {
    name: 'somebody asks what a run would change',
    options: withLegacyAccount,
    rounds: [
      {
        desiredStates: [webshop, fraudLab, otherSealedLab],
      },
      {
        before: giveToFactoryUser,
        desiredStates: [],
        after: dryRuns(
          changed(webshop, ['replicationSequence', 18], ['projectCreatorEmail', 'joe@corp.example']),
          underControlTower,
          changed(
            otherLab('legacy-dev', 203),
            ['tenant.spec.platformTenantId', LEGACY],
            ['tenant.spec.landingZoneRef.name', 'aws-dev'],
          ),
          changed(otherSealedLab, ['replicationSequence', 4]),
          changed(otherLab('legacy-lab', 202), ['tenant.spec.platformTenantId', LEGACY]),
        ),
      },
    ],
  },
  { name: 'an account goes to the unit of its workspace', options: undisturbed, rounds: once(inWorkspaceUnit) },
  { name: 'a preflight', options: undisturbed, rounds: [{ desiredStates: [], after: preflight }] },
  { name: 'a product is tainted', options: undisturbed, rounds: webshopTwice([], taintProducts) },
  {
    name: 'an execution role trusts others',
    options: undisturbed,
    rounds: webshopTwice([], spoilTrust(configuration)),
  },
  {
    name: 'an account comes under Control Tower later',
    options: undisturbed,
    rounds: [{ desiredStates: [fraudLab] }, { desiredStates: [underControlTower] }],
  },
  {
    name: 'an enrolled account was moved by hand',
    options: undisturbed,
    rounds: webshopTwice([], moveToOtherUnit),
  },
  {
    name: 'an account is imported, and enrolled',
    options: withLegacyAccount,
    rounds: once(
      changed(fraudLab, ['tenant.spec.platformTenantId', LEGACY], ['tenant.spec.landingZoneRef.name', 'aws-dev']),
    ),
  },
  {
    name: 'accounts are brought to updates of the landing zone',
    options: undisturbed,
    rounds: [
      { desiredStates: [webshop] },
      { desiredStates: [], before: bringNewBaseline, after: updatedLandingZone },
      { desiredStates: [], before: bringNewRegion, after: updatedLandingZone },
    ],
  },
  {
    name: 'a preflight where Service Quotas has AWS’s default alone',
    options: () => ({ world: { ...exampleOrganization(), hasAppliedAccountQuota: false } }),
    rounds: [{ desiredStates: [], after: preflight }],
  },
];
