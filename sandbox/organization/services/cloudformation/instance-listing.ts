import { endFrom } from '../../draw';
import type { OrganizationState } from '../../organization-state';
import { instanceKey, type StackInstance, type StackSet } from './stack-set-state';

/**
 * Before an instance changes: ListStackInstances goes on showing it as it is now, or not showing it, for a while. How
 * long follows from the instance and the time, so that it changes no other random choice.
 *
 * @evidence documented "botocore cloudformation.DescribeStackSetOperation": its reads are strongly consistent
 * @evidence assumed "botocore cloudformation.ListStackInstances": it is behind for a while (decided by: lists on AWS
 *   right after an operation's end)
 */
export function keepShowing({ latencies }: OrganizationState, stackSet: StackSet, key: string, now: number): void {
  if ((stackSet.shownStill.get(key)?.until ?? 0) > now) return;
  const until = endFrom(`${key} ${now}`, now, latencies.stackInstanceListing, latencies.scale);
  stackSet.shownStill.set(key, { until, instance: structuredClone(stackSet.instances.get(key)) });
}

/** The instances as a list shows them, of one account or of all. */
export function shownInstances(
  { instances, shownStill }: StackSet,
  account: string | undefined,
  now: number,
): readonly StackInstance[] {
  const real = account === undefined ? [...instances.values()] : instances.having('accountId', account);
  const old = [...shownStill].filter(([, { until }]) => until > now);
  const hidden = new Set(old.map(([key]) => key));
  const shown = old.flatMap(([, { instance }]) => instance ?? []);
  return [
    ...real.filter(({ accountId, region }) => !hidden.has(instanceKey(accountId, region))),
    ...shown.filter(({ accountId }) => account === undefined || accountId === account),
  ];
}
