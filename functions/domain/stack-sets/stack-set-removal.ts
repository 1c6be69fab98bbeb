import type { Configuration } from '../configuration/configuration';
import { RejectedError } from '../base/errors';
import type { StackInstanceRecord } from '../records/account-records';
import type { TenantRecord } from '../records/ledger-records';
import type { VendingPlan } from '../plan/plan';
import { type StepContext, secondsBetween } from '../run/step-context';
import { isInstanceOf } from './wanted-stack-set';
import { isAtWork, type OperationStatus, type SeenInstance, QUEUE_SECONDS } from './stack-instance-work';

export type StackSetRemoval = VendingPlan['stackSetRemovals'][number];

/**
 * A plan with what is to be removed: instances that were rolled out to the account and that nothing wants there any
 * more, as far as the landing zone that brought them allows that they go. A desired state alone does not tell what was
 * rolled out before. The last comes first, since it may build on those before it. Where no landing zone allows it any
 * more they stay, with a remark: the automation role has lost the right.
 *
 * @param wanted by the plan; empty where the account is taken out of use
 */
export function withRemovals(
  plan: VendingPlan,
  { stackInstances }: Pick<TenantRecord, 'stackInstances'>,
  configuration: Configuration,
  wanted: VendingPlan['stackSets'] = plan.stackSets,
): VendingPlan {
  const unwanted = unwantedInstances(stackInstances, wanted);
  const removals = unwanted.filter((removal) => mayBeRemoved(configuration, removal));
  const left = unwanted.filter((removal) => !removals.includes(removal));
  return { ...plan, stackSetRemovals: removals, remarks: [...plan.remarks, ...left.map(staysFor)] };
}

function unwantedInstances(
  stackInstances: readonly StackInstanceRecord[],
  wanted: VendingPlan['stackSets'],
): StackSetRemoval[] {
  const removals = new Map<string, StackSetRemoval>();
  for (const record of stackInstances) {
    const { stackSet: name, homeRegion, region, removable, phase } = record;
    const isWanted = wanted.some((planned) => isInstanceOf(record, planned) && planned.regions.includes(region));
    if (!removable || homeRegion === null || isWanted || phase === 'removed') continue;
    const key = removalKey({ name, homeRegion });
    removals.set(key, { name, homeRegion, regions: [...(removals.get(key)?.regions ?? []), region] });
  }
  return [...removals.values()].reverse();
}

const mayBeRemoved = ({ platform, landingZones }: Configuration, removal: StackSetRemoval): boolean =>
  Object.values(landingZones).some(({ stackSets }) =>
    stackSets.some(
      ({ name, homeRegion = platform.region, removeStackInstances }) =>
        removeStackInstances === true && removalKey({ name, homeRegion }) === removalKey(removal),
    ),
  );

const staysFor = ({ name, homeRegion, regions }: StackSetRemoval): string =>
  `The instances of stack set "${name}" (${homeRegion}) in ${regions.join(', ')} stay: no landing zone has it with removeStackInstances any more, so ` +
  'there is no right to remove them. Name it in a landing zone again, or remove them in the StackSets console.';

/** The name of a removal in the workflow: stack sets of one name may live in several regions. */
export const removalKey = ({ homeRegion, name }: Pick<StackSetRemoval, 'homeRegion' | 'name'>): string =>
  `${homeRegion}/${name}`;

/** @throws RejectedError when the run's plan has no such removal */
export function plannedRemoval({ plan }: StepContext, key: string): StackSetRemoval {
  const planned = plan.stackSetRemovals.find((removal) => removalKey(removal) === key);
  if (planned === undefined) {
    throw new RejectedError(
      `The plan of this run has no stack set "${key}" to be removed.`,
      'Replay this run: a new one plans again what is to be removed.',
    );
  }
  return planned;
}

/** What the ledger knows of the instances that are to be removed, and are not yet. */
export const recordsOf = (
  stackInstances: readonly StackInstanceRecord[],
  removal: StackSetRemoval,
): readonly StackInstanceRecord[] =>
  stackInstances.filter(
    (record) => isInstanceOf(record, removal) && removal.regions.includes(record.region) && record.phase !== 'removed',
  );

/**
 * How the removal of an instance stands: `gone`; `due` (to be asked for); `running` (an operation is at work on it,
 * whosever, or may be about to make it); `unseen` (its removal was asked for and does not show); `failed` (its removal
 * is over, and it is still there).
 */
export interface InstanceRemoval {
  readonly record: StackInstanceRecord;
  readonly seen: SeenInstance | undefined;
  readonly standing: 'gone' | 'due' | 'running' | 'unseen' | 'failed';
}

/** How operations stand, by id. */
type Ends = ReadonlyMap<string, OperationStatus>;

/**
 * How every instance stands that is to be removed and that the ledger still knows.
 *
 * @param ends of the removals, where they were asked for: they are told as they are, the list may be behind
 */
export const instanceRemovals = (
  { tenant, now }: StepContext,
  removal: StackSetRemoval,
  instances: readonly SeenInstance[],
  ends: Ends = new Map(),
): readonly InstanceRemoval[] =>
  recordsOf(tenant.stackInstances, removal).map((record) => {
    const seen = instances.find(({ region }) => region === record.region);
    const told = isRemoval(record) ? standingAt(ends.get(record.operationId), seen) : undefined;
    return { record, seen, standing: told ?? statusOf(record, seen, now) };
  });

/** The ids of the removals that were asked for and that the ledger does not know to be over. */
export const removalsAsked = ({ tenant }: StepContext, removal: StackSetRemoval): readonly string[] => [
  ...new Set(
    recordsOf(tenant.stackInstances, removal)
      .filter(isRemoval)
      .map(({ operationId }) => operationId),
  ),
];

/** Undefined where CloudFormation does not know the operation, so that the list has to tell. */
function standingAt(
  end: OperationStatus | undefined,
  seen: SeenInstance | undefined,
): InstanceRemoval['standing'] | undefined {
  switch (end) {
    case 'succeeded':
      return 'gone';
    case 'waiting':
    case 'running':
      return 'running';
    case 'failed':
      return seen === undefined ? 'gone' : 'failed';
    case 'unknown':
    case undefined:
      return undefined;
  }
}

function statusOf(record: StackInstanceRecord, seen: SeenInstance | undefined, now: Date): InstanceRemoval['standing'] {
  if (seen === undefined) return mayCome(record, now) ? 'running' : 'gone';
  if (isAtWork(seen)) return 'running';
  if (!isRemoval(record)) return 'due';
  return seen.lastOperationId === record.operationId ? 'failed' : 'unseen';
}

/** What an earlier run asked for may still be about to come, where the stack set's queue is long. */
const mayCome = ({ phase, askedAt }: StackInstanceRecord, now: Date): boolean =>
  (phase === 'asked' || phase === 'accepted') && secondsBetween(askedAt, now) < QUEUE_SECONDS;

/** Its removal has been asked for, and may be at work. */
const isRemoval = ({ phase }: StackInstanceRecord): boolean => phase === 'removalAsked' || phase === 'removalAccepted';
