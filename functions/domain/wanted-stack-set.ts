import { contentHash } from './canonical-json';
import { RejectedError } from './errors';
import type { StackInstanceRecord } from './ledger-records';
import type { VendingPlan } from './plan';
import type { SeenInstance, WantedInstances } from './stack-instance-work';
import { type InstanceStanding, standingOf } from './stack-instance-work';
import { accountOf, type Vending } from './vending';

export type PlannedStackSet = VendingPlan['stackSets'][number];

/** @throws RejectedError when the run's plan has no such stack set */
export function plannedStackSet({ plan }: Vending, name: string): PlannedStackSet {
  const planned = plan.stackSets.find((stackSet) => stackSet.name === name);
  if (planned === undefined) {
    throw new RejectedError(`The plan of this run has no stack set "${name}".`, 'Replay the vending.');
  }
  return planned;
}

/** The planned parameters and what AWS alone knew, of them those that the template declares: CloudFormation refuses others. */
export function declaredParameters(
  vending: Vending,
  { parameters }: PlannedStackSet,
  declared: readonly string[],
): Readonly<Record<string, string>> {
  const { id, arn } = accountOf(vending);
  const all = { ...parameters, AccountId: id, AccountArn: arn };
  return Object.fromEntries(Object.entries(all).filter(([key]) => declared.includes(key)));
}

/** What is wanted of a stack set, as a hash that tells whether it was asked for already. */
export function wantedInstances(
  { name, homeRegion, regions }: PlannedStackSet,
  parameters: Readonly<Record<string, string>>,
): WantedInstances {
  return { stackSet: name, regions, contentHash: contentHash({ name, homeRegion, parameters }) };
}

export interface RegionStanding {
  readonly region: string;
  readonly standing: InstanceStanding;
  readonly asked: StackInstanceRecord | undefined;
  readonly seen: SeenInstance | undefined;
}

/** How each wanted instance stands. */
export function standings(
  { tenant }: Vending,
  wanted: WantedInstances,
  instances: readonly SeenInstance[],
): readonly RegionStanding[] {
  return wanted.regions.map((region) => {
    const seen = instances.find((instance) => instance.region === region);
    const asked = tenant.stackInstances.find((one) => one.stackSet === wanted.stackSet && one.region === region);
    return { region, standing: standingOf(wanted, asked, seen), asked, seen };
  });
}
