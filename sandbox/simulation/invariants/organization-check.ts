import { isDeepStrictEqual } from 'node:util';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { type VendingPlan, TENANT_TAG_KEY } from '../../../functions/domain/plan/plan';
import { exampleOrganization, RECALL_FUNCTION } from '../../organization/example-organization';
import { inProcessRequestHandler } from '../../organization/in-process-transport';
import { type AccountReading, readOrganization } from '../../organization/independent-reader';
import type { Organization } from '../../organization/organization';
import type { SimulatedRequest } from '../simulated-tenants';
import type { Violations } from '../violations';
import { foundAccess, wantedAccess } from './access-check';

const { organizationId, managementAccountId, automationAccountId, stackSets = [] } = exampleOrganization();

/** A desired state, and what the application itself would do for it. */
export interface PlannedRequest {
  readonly plan: VendingPlan;
  readonly request: SimulatedRequest;
}

/**
 * The final organization, by the word of an independent reader, against the plans of the newest desired states.
 *
 * @returns what was read: of every account that was made and is not closed
 */
export async function checkOrganization(
  organization: Organization,
  { platform: { region }, landingZones }: Configuration,
  plans: ReadonlyMap<string, readonly PlannedRequest[]>,
  violations: Violations,
): Promise<readonly AccountReading[]> {
  const readings = await readOrganization({
    requestHandler: inProcessRequestHandler(organization),
    region,
    managementAccountId,
    automationAccountId,
    recallFunction: RECALL_FUNCTION,
    // Nobody gets into an account that is closed.
    accountIds: [...organization.state.accounts.values()].flatMap(({ id, joinedMethod, state }) =>
      joinedMethod === 'CREATED' && state === 'ACTIVE' ? [id] : [],
    ),
  });
  const removable = removableStackSets(landingZones);
  for (const reading of readings) {
    const [newest, ...older] = plans.get(reading.tags[TENANT_TAG_KEY] ?? '') ?? [];
    if (newest === undefined) continue;
    const { plan } = newest;
    // An account keeps the name and the e-mail that it was made with.
    const made = [newest, ...older].find(({ plan: { account } }) => account.email === reading.email)?.plan ?? plan;
    const access = ['access', foundAccess(reading), wantedAccess(plan, newest.request, organization)] as const;
    const wantedUnit = unitOf(plan, organization.state);
    const governance = governanceOf(organization, reading, plan);
    for (const [what, found, wanted] of [
      ...comparisons(reading, { plan, made, removable, wantedUnit }),
      access,
      governance,
    ]) {
      if (isDeepStrictEqual(found, wanted)) continue;
      const seen = `${what} of ${reading.id} (${plan.tenantUuid}) is ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}.`;
      violations.add('the organization is as desired', seen);
    }
  }
  return readings;
}

/** The one unit of the workspace's name, where the plan names none; null where there is none. */
const unitOf = (
  { targetOrgUnitId, workspaceOrgUnit: wanted }: VendingPlan,
  { units }: Organization['state'],
): string | null =>
  targetOrgUnitId ??
  [...units.values()].find(({ name, parentId }) => name === wanted?.name && parentId === wanted.parentOrgUnitId)?.id ??
  null;

/** Which unit's baseline the account has, by the word of Control Tower and not of products. */
const governanceOf = (
  { state: { inheritedBaselines } }: Organization,
  { id }: AccountReading,
  { enrollment, targetOrgUnitId }: VendingPlan,
): Comparison => [
  'governed by',
  inheritedBaselines.get(id)?.unitId ?? null,
  enrollment === null ? null : targetOrgUnitId,
];

/** In the simulation a stack set is removable wherever it is, or nowhere. */
const removableStackSets = (landingZones: Configuration['landingZones']): ReadonlySet<string> =>
  new Set(
    Object.values(landingZones).flatMap(({ stackSets: all }) =>
      all.flatMap(({ name, removeStackInstances }) => (removeStackInstances === true ? [name] : [])),
    ),
  );

type Comparison = readonly [what: string, found: unknown, wanted: unknown];

function comparisons(
  reading: AccountReading,
  {
    plan,
    made,
    removable,
    wantedUnit,
  }: {
    readonly plan: VendingPlan;
    readonly made: VendingPlan;
    readonly removable: ReadonlySet<string>;
    readonly wantedUnit: string | null;
  },
): readonly Comparison[] {
  const accessRole = reading.roles.find(({ name }) => name === plan.account.accessRole);
  const AccountArn = `arn:aws:organizations::${managementAccountId}:account/${organizationId}/${reading.id}`;
  const fromAws = {
    AccountId: reading.id,
    AccountArn,
    AccountName: made.account.name,
    AccountEmail: made.account.email,
  };
  const wantedProduct = plan.enrollment === null ? null : 'AVAILABLE';
  return [
    ['name', reading.name, made.account.name],
    ['e-mail', reading.email, made.account.email],
    ['unit', reading.ouId, wantedUnit],
    ['tags', reading.tags, { ...plan.tags, [TENANT_TAG_KEY]: plan.tenantUuid }],
    ['alias', reading.alias, plan.account.alias],
    // An account may be governed without a product: what governs it is compared apart.
    ['product', reading.provisionedProduct?.status ?? wantedProduct, wantedProduct],
    ['stack instances', decidedOf(reading, plan, removable), wantedInstances(plan, fromAws)],
    ['last payload', lastPayload(reading, plan), wantedPayload(plan, fromAws)],
    ['policies of the access role', [accessRole?.attachedPolicies.length, accessRole?.inlinePolicies.length], [0, 1]],
  ];
}

/** Stack sets of an earlier landing zone keep their instances, unless they are to be removed. */
const decidedOf = (
  { stackInstances }: AccountReading,
  { stackSets: planned }: VendingPlan,
  removable: ReadonlySet<string>,
): AccountReading['stackInstances'] =>
  stackInstances
    .filter(({ stackSet }) => removable.has(stackSet) || planned.some(({ name }) => name === stackSet))
    .toSorted(byPlace);

const byPlace = (one: Place, other: Place): number =>
  `${one.stackSet} ${one.region}`.localeCompare(`${other.stackSet} ${other.region}`);

type Place = Pick<AccountReading['stackInstances'][number], 'stackSet' | 'region'>;

/** The payload for a function of an earlier landing zone does not count. */
const lastPayload = ({ landingZonePayloads }: AccountReading, { landingZoneFunction }: VendingPlan): unknown =>
  landingZoneFunction === null ? null : (landingZonePayloads.at(-1) ?? null);

function wantedInstances({ stackSets: planned }: VendingPlan, fromAws: object): readonly object[] {
  const wanted = planned.flatMap(({ name, regions, parameters }) => {
    const declared = stackSets.find((stackSet) => stackSet.name === name)?.parameters ?? {};
    const all = Object.entries({ ...parameters, ...fromAws }).filter(([key]) => key in declared);
    return regions.map((region) => ({
      stackSet: name,
      region,
      status: 'CURRENT',
      detailedStatus: 'SUCCEEDED',
      reason: null,
      parameters: Object.fromEntries(all),
    }));
  });
  return wanted.toSorted(byPlace);
}

const wantedPayload = ({ landingZoneFunction }: VendingPlan, fromAws: object): object | null =>
  landingZoneFunction === null ? null : { ...landingZoneFunction.payload, ...fromAws };
