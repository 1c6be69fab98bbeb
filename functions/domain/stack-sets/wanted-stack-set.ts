import { contentHash } from '../base/json';
import { RejectedError } from '../base/errors';
import type { StackInstanceRecord } from '../records/account-records';
import { toldByAws } from './landing-zone-parameters';
import type { VendingPlan } from '../plan/plan';
import { type InstanceStanding, type SeenInstance, standingOf } from './stack-instance-work';
import { accountOf, type Vending } from '../run/vending';

export type PlannedStackSet = VendingPlan['stackSets'][number];

/** @throws RejectedError when the run's plan has no such stack set */
export function plannedStackSet({ plan }: Vending, name: string): PlannedStackSet {
  const planned = plan.stackSets.find((stackSet) => stackSet.name === name);
  if (planned === undefined) {
    throw new RejectedError(
      `The plan of this run has no stack set "${name}".`,
      'Replay this run: a new one plans its stack sets again.',
    );
  }
  return planned;
}

/**
 * Whether the ledger's record is of an instance of this stack set: others may have its name, in another home region.
 */
export const isInstanceOf = (
  record: StackInstanceRecord,
  { name, homeRegion }: Pick<PlannedStackSet, 'name' | 'homeRegion'>,
): boolean => record.stackSet === name && (record.homeRegion ?? homeRegion) === homeRegion;

/**
 * What is remembered of each instance beyond what was asked: by it a later run knows what may be removed, and where.
 */
export const rolloutOf = ({
  homeRegion,
  removeStackInstances = false,
}: PlannedStackSet): Pick<StackInstanceRecord, 'homeRegion' | 'removable'> => ({
  homeRegion,
  removable: removeStackInstances,
});

/**
 * The planned parameters and what AWS alone knew, of them those that the template declares: CloudFormation refuses
 * others.
 */
export function declaredParameters(
  vending: Vending,
  { parameters }: PlannedStackSet,
  declared: readonly string[],
): Readonly<Record<string, string>> {
  const all = { ...parameters, ...toldByAws(accountOf(vending)) };
  return Object.fromEntries(Object.entries(all).filter(([key]) => declared.includes(key)));
}

/** A hash of all that is deployed in each region: it tells whether it was asked for already. */
export const contentOf = (
  { name, homeRegion }: PlannedStackSet,
  parameters: Readonly<Record<string, string>>,
): string => contentHash({ name, homeRegion, parameters });

export interface RegionStanding {
  readonly region: string;
  readonly standing: InstanceStanding;
  readonly asked: StackInstanceRecord | undefined;
  readonly seen: SeenInstance | undefined;
}

/**
 * How the instance of each planned region stands. `content` is what is wanted; by default, what was last asked for
 * there.
 */
export function standings(
  { tenant }: Vending,
  planned: PlannedStackSet,
  instances: readonly SeenInstance[],
  content?: string,
): readonly RegionStanding[] {
  return planned.regions.map((region) => {
    const seen = instances.find((instance) => instance.region === region);
    const asked = tenant.stackInstances.find((one) => isInstanceOf(one, planned) && one.region === region);
    return { region, standing: standingOf(content ?? asked?.contentHash ?? '', asked, seen), asked, seen };
  });
}
