import { type VendingPlan, controlTowerOf, isLeaving } from '../plan/plan';
import type { RateLimiter } from './rate-limiter';

/** A capacity of AWS that vendings queue for. */
export interface Lane {
  readonly name: string;
  /** How many may be at work at once. */
  readonly capacity: number;
  readonly rate: RateLimiter | null;
  /** A slot belongs to the run and ends with it; otherwise to the operation of AWS that it was used for. */
  readonly ofRuns: boolean;
  /** Longer than AWS usually takes: after it, somebody who waits looks whether the operation is over. */
  readonly leaseSeconds: number;
}

const MINUTE = 60;

/** One in so many seconds, and never two within the least. The workflow waits in whole seconds. */
const oneIn = (seconds: number, { burst, minSeconds }: { burst: number; minSeconds: number }): RateLimiter => ({
  millisecondsApart: seconds * 1000,
  burst,
  leastMillisecondsApart: minSeconds * 1000,
  stepMilliseconds: 1000,
});

/**
 * AWS makes five accounts at once, and takes a request every ten seconds, three without that when it has had a pause.
 * The second between two keeps the looks at the organizational unit within their own rate. Source: "Quotas and service
 * limits for AWS Organizations".
 */
export const ACCOUNT_CREATION: Lane = {
  name: 'account-creation',
  capacity: 5,
  rate: oneIn(10, { burst: 3, minSeconds: 1 }),
  ofRuns: false,
  leaseSeconds: 10 * MINUTE,
};

/** Runs over accounts that are known: many at once would throttle themselves, and those that make accounts. */
export const RECONCILIATION: Lane = {
  name: 'reconciliation',
  capacity: 10,
  rate: oneIn(1, { burst: 1, minSeconds: 1 }),
  ofRuns: true,
  leaseSeconds: 15 * MINUTE,
};

/**
 * Requests for account assignments, of all accounts together: IAM Identity Center works on fifteen. Nobody stands in
 * line for it: a step that finds no place comes back. Source: "IAM Identity Center quotas".
 */
export const ACCOUNT_ASSIGNMENTS: Lane = {
  name: 'account-assignments',
  capacity: 15,
  rate: null,
  ofRuns: false,
  leaseSeconds: 15 * MINUTE,
};

/**
 * AWS closes three accounts at once, and takes a request every twenty seconds. How many in thirty days,
 * `closing-share.ts` knows. Source: "Quotas and service limits for AWS Organizations".
 */
export const ACCOUNT_CLOSING: Lane = {
  name: 'account-closing',
  capacity: 3,
  rate: oneIn(20, { burst: 1, minSeconds: 20 }),
  ofRuns: false,
  leaseSeconds: 15 * MINUTE,
};

export const ACCOUNT_FACTORY = 'account-factory';

/**
 * Accounts that leave Control Tower, one after the other, in whatever way they leave. A holder of a slot asks for
 * nothing else meanwhile, and takes a place in the lane of the Account Factory as well where that is asked.
 *
 * @evidence documented controltower/userguide/limits: unmanaging accounts must be performed one account at a time
 */
export const UNENROLLMENT: Lane = {
  name: 'unenrollment',
  capacity: 1,
  rate: null,
  ofRuns: true,
  leaseSeconds: 15 * MINUTE,
};

/**
 * The lane in which Control Tower is asked. Where it follows moves, it takes one move into each unit at a time; of who
 * goes, the Account Factory alone is asked. Source: AWS Control Tower User Guide, "Limitations and quotas".
 */
export const enrollmentLane = (plan: VendingPlan): Lane | null => {
  const { targetOrgUnitId } = plan;
  const enrollment = controlTowerOf(plan);
  if (enrollment === null) return null;
  return isLeaving(plan) || enrollment.strategy === 'account-factory'
    ? accountFactoryLane(enrollment)
    : autoEnrollLane(targetOrgUnitId ?? '');
};

export const autoEnrollLane = (unitId: string): Lane => ({
  name: `auto-enroll:${unitId}`,
  capacity: 1,
  rate: null,
  ofRuns: false,
  leaseSeconds: 60 * MINUTE,
});

/**
 * What else an account may have asked Control Tower for before it goes, and what releases before this one have left in
 * its lanes.
 */
export const leftLanes = ({ enrollment, targetOrgUnitId, closing }: VendingPlan): readonly Lane[] =>
  enrollment === null || closing === undefined || targetOrgUnitId === null ? [] : [autoEnrollLane(targetOrgUnitId)];

/** Operations of Control Tower's Account Factory. */
export const accountFactoryLane = ({
  concurrentEnrollments,
}: Pick<NonNullable<VendingPlan['enrollment']>, 'concurrentEnrollments'>): Lane => ({
  name: ACCOUNT_FACTORY,
  capacity: concurrentEnrollments,
  rate: null,
  ofRuns: false,
  leaseSeconds: 60 * MINUTE,
});

/** Operations of one stack set: CloudFormation refuses a second one, unless managed execution is active. */
export const stackSetLane = ({
  homeRegion,
  name,
}: Pick<VendingPlan['stackSets'][number], 'homeRegion' | 'name'>): Lane => ({
  name: `stack-set:${homeRegion}:${name}`,
  capacity: 1,
  rate: null,
  ofRuns: false,
  leaseSeconds: 30 * MINUTE,
});

/** Every lane that a run of this plan may come through. */
export function lanesOf(plan: VendingPlan): readonly Lane[] {
  const enrollment = enrollmentLane(plan);
  const all = [
    RECONCILIATION,
    ACCOUNT_CREATION,
    ...(plan.closing?.closesAccount === true ? [ACCOUNT_CLOSING, UNENROLLMENT] : []),
    ...(plan.unenrollment === undefined ? [] : [UNENROLLMENT]),
    ...(enrollment === null ? [] : [enrollment]),
    ...leftLanes(plan),
    ...[...plan.stackSets, ...plan.stackSetRemovals].map(stackSetLane),
  ];
  // A stack set may go from one region and come to another.
  return [...new Map(all.map((lane) => [lane.name, lane])).values()];
}
