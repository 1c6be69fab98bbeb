import { isDeepStrictEqual } from 'node:util';

import { contentHash } from '../base/json';
import { RejectedError } from '../base/errors';
import type { WantedInstances } from '../queue/lane-records';
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
  return declaredOf({ ...parameters, ...toldByAws(accountOf(context)) }, declared);
}

const declaredOf = (all: Readonly<Record<string, string>>, declared: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => declared.includes(key)));

/**
 * What a run that waits for its turn would have made, so that an operation of another run can do it along; null where
 * the ledger knows of an instance: it has a history of its own then.
 */
export const wantedInstances = (
  { tenant: { account, stackInstances } }: StepContext,
  planned: PlannedStackSet,
  rolesCountFrom: Date,
): WantedInstances | null =>
  account === null || stackInstances.some((record) => isInstanceOf(record, planned))
    ? null
    : {
        regions: planned.regions,
        parameters: { ...planned.parameters, ...toldByAws(account) },
        from: rolesCountFrom.toISOString(),
      };

/** Whether an operation that creates instances in these regions, with these parameters, is what somebody waits for. */
export const isServedBy = (
  { regions, parameters: wanted, from }: WantedInstances,
  operation: {
    readonly regions: readonly string[];
    readonly parameters: Readonly<Record<string, string>>;
    readonly declaredParameters: readonly string[];
  },
  now: Date,
): boolean =>
  Date.parse(from) <= now.getTime() &&
  isDeepStrictEqual(regions, operation.regions) &&
  isDeepStrictEqual(declaredOf(wanted, operation.declaredParameters), operation.parameters);

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
