import type { Configuration } from '../../functions/domain/configuration/configuration';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { type Change, changed, desiredStateJson, platformJson } from '../functions/domain/examples';
import { LosableLedger } from './lost-ledger';
import { provisioningConfiguration } from './provisioning';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const [FIRST, SECOND] = [1, 2].map((n) => `7d0c1b1e-0000-4000-8000-00000000000${n}`) as [string, string];
export const TENANTS = [FIRST, SECOND];
const permissionSet = (name: string): string => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/${name}`;

const mappings = [
  ['admin', 'ps-ad00000000000001'],
  ['user', 'ps-b000000000000002'],
  ['reader', 'ps-c000000000000003'],
].map(([role = '', arn = '']) => ({
  projectRoleRef: { name: role },
  awsRole: role,
  permissionSetArns: [permissionSet(arn)],
}));

/** Control Tower's Account Factory, stack sets, groups for each project role, downgraded access roles. */
function movedConfiguration(...changes: readonly Change[]): Configuration {
  return provisioningConfiguration(
    [
      'platform.awsIdentityStore',
      { ...platformJson.awsIdentityStore, region: 'eu-central-1', awsRoleMappings: mappings },
    ],
    ['platform.import', { organizationalUnits: [exampleOrganization().rootId] }],
    ...changes,
  );
}

const OF_SECOND: readonly Change[] = [
  ['tenant.metadata.uuid', SECOND],
  ['tenant.metadata.ownedByProject', 'second'],
  ['tenant.spec.landingZoneRef.name', 'aws-prod'],
  ['tenantPlatformNumber', 43],
];

/**
 * What is written to each of the two accounts: the tag that ties it to its tenant, and the policy of its access role,
 * whose name tells what it allows, in the place of meshStack's.
 */
export const NEEDED = ['iam:DeleteRolePolicy', 'iam:PutRolePolicy', 'organizations:TagResource'].flatMap((write) => [
  write,
  write,
]);

type Center = NonNullable<SimulatedVending['organization']['state']['identityCenter']>;

/**
 * An organization whose accounts meshStack has vended. Its connector does in AWS what this application does, so that
 * makes them here, too; what it leaves there and meshStack does not is then taken away: the tenant's tag, the mark of
 * groups, its names of products and policies, and all that the ledger knows.
 */
export class MovedOrganization {
  readonly #ledger = new LosableLedger();
  readonly simulation: SimulatedVending;
  #sequence = 17;
  /** Calls that were made before the move. */
  #before = 0;

  readonly configuration = movedConfiguration();

  constructor(
    onEffect: NonNullable<SimulationOptions['onEffect']> = () => 'go-on',
    tell: (effect: Effect) => void = () => undefined,
  ) {
    this.simulation = new SimulatedVending({
      configuration: this.configuration,
      ledger: this.#ledger,
      onEffect: (effect) => {
        tell(effect);
        return onEffect(effect);
      },
    });
  }

  /** meshStack was stopped before it had given a group access: the group gives access to nothing. */
  takeAssignmentsOf(groupName: string): void {
    const { groups, assignments } = this.center;
    const group = [...groups.values()].find(({ displayName }) => displayName === groupName);
    for (const [key, { principalId }] of [...assignments]) if (principalId === group?.id) assignments.delete(key);
  }

  /** With changes of the configuration by which the accounts are taken over. */
  async begin(...changes: readonly Change[]): Promise<void> {
    await this.send();
    this.#becomeMeshStacks();
    this.#ledger.lose();
    // A deployment with another configuration.
    Object.assign(this.configuration.platform, movedConfiguration(...changes).platform);
    this.#before = this.simulation.organization.calls.length;
  }

  /** The next desired state of both tenants; after the move they name their accounts, as meshStack does. */
  async send(...changes: readonly Change[]): Promise<void> {
    this.#sequence += 1;
    for (const [index, ofTenant] of [[], OF_SECOND].entries()) {
      this.simulation.sendEvent(
        ['replicationSequence', this.#sequence],
        ...ofTenant,
        ['tenant.spec.platformTenantId', this.accountIds[index] ?? null],
        ...changes,
      );
    }
    await this.simulation.settle();
  }

  /** What a run of the first tenant would change. */
  dryRun(): ReturnType<SimulatedVending['post']> {
    return this.simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body: changed(desiredStateJson, ['tenant.spec.platformTenantId', this.accountIds[0] ?? null]),
    });
  }

  get center(): Center {
    const { identityCenter } = this.simulation.organization.state;
    if (identityCenter === null) throw new Error('There is no IAM Identity Center.');
    return identityCenter;
  }

  /** In the order of the tenants; null before an account is made. */
  get accountIds(): readonly (string | null)[] {
    const { madeAccounts } = this.simulation;
    return ['webshop-dev', 'second'].map(
      (project) => madeAccounts.find(({ name }) => name === `retail.${project}`)?.id ?? null,
    );
  }

  /** Who is in which group, by which permission sets it gives access where. */
  get access(): object {
    const { groups, memberships, assignments } = this.center;
    return {
      groups: [...groups.values()].map(({ id, displayName }) => [displayName, id]).toSorted(),
      memberships: [...memberships.values()].map(({ id, groupId, userId }) => [id, groupId, userId]).toSorted(),
      assignments: [...assignments.keys()].toSorted(),
    };
  }

  /** What was written in AWS since the move, or since this many calls: a function that is invoked is no change. */
  writes(from = this.#before): readonly string[] {
    return this.simulation.organization.calls
      .slice(from)
      .filter(({ write, service }) => write && service !== 'sts' && service !== 'lambda')
      .map(({ service, operation }) => `${service}:${operation}`);
  }

  get calls(): number {
    return this.simulation.organization.calls.length;
  }

  #becomeMeshStacks(): void {
    for (const account of this.simulation.madeAccounts) {
      account.tags.delete(TENANT_TAG_KEY);
      renamePolicies(account);
    }
    const { groups } = this.center;
    const marked = [...groups.values()].filter(({ description }) => description?.startsWith(TENANT_TAG_KEY) === true);
    for (const group of marked) groups.set(group.id, { ...group, description: null });
    const products = this.simulation.organization.state.accountFactory?.provisionedProducts ?? new Map<string, never>();
    for (const product of [...products.values()]) {
      products.set(product.id, { ...product, name: `meshstack-${product.id}` });
    }
  }
}

function renamePolicies({ roles }: SimulatedVending['madeAccounts'][number]): void {
  const role = roles.get('MeshstackAccountAccessRole');
  if (role === undefined) throw new Error('There is no access role.');
  for (const [name, document] of [...role.inline]) {
    role.inline.delete(name);
    role.inline.set('MeshstackMinimumAccess', document);
  }
}
