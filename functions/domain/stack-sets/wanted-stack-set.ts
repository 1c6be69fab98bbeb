import { contentHash } from '../base/json';
import { RejectedError } from '../base/errors';
import type { StackInstanceRecord } from '../records/account-records';
import { toldByAws } from './landing-zone-parameters';
import type { VendingPlan } from '../plan/plan';
import { type InstanceState, type SeenInstance, statusOf } from './stack-instance-work';
import { accountOf, type StepContext } from '../run/step-context';

export type PlannedStackSet = VendingPlan['stackSets'][number];

/** @throws RejectedError when the run's plan has no such stack set */
export function plannedStackSet({ plan }: StepContext, name: string): PlannedStackSet {
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
  context: StepContext,
  { parameters }: PlannedStackSet,
  declared: readonly string[],
): Readonly<Record<string, string>> {
  const all = { ...parameters, ...toldByAws(accountOf(context)) };
  return Object.fromEntries(Object.entries(all).filter(([key]) => declared.includes(key)));
}

/** A hash of all that is deployed in each region: it tells whether it was asked for already. */
export const contentOf = (
  { name, homeRegion }: PlannedStackSet,
  parameters: Readonly<Record<string, string>>,
): string => contentHash({ name, homeRegion, parameters });

export interface RegionStatus {
  readonly region: string;
  readonly standing: InstanceState;
  readonly asked: StackInstanceRecord | undefined;
  readonly seen: SeenInstance | undefined;
}

/**
 * How the instance of each planned region stands. `content` is what is wanted; by default, what was last asked for
 * there.
 */
export function standings(
  { tenant }: StepContext,
  planned: PlannedStackSet,
  instances: readonly SeenInstance[],
  content?: string,
): readonly RegionStatus[] {
  return planned.regions.map((region) => {
    const seen = instances.find((instance) => instance.region === region);
    const asked = tenant.stackInstances.find((one) => isInstanceOf(one, planned) && one.region === region);
    return { region, standing: statusOf(content ?? asked?.contentHash ?? '', asked, seen), asked, seen };
  });
}
