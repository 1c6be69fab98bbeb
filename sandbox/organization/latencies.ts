/** A duration in seconds: fixed where both ends are equal, else drawn evenly between them. */
export type Seconds = readonly [least: number, most: number];

/**
 * Every duration in which AWS takes its time, in seconds, and nowhere else.
 *
 * `scale` stretches or shortens all of them together, the rate limits with them: the demo waits a tenth of the time and
 * sees the same order of events. Credentials keep their real lifetime, since the SDK compares it with the real clock.
 */
export interface Latencies {
  readonly scale: number;
  /** CreateAccount accepted, until SUCCEEDED or FAILED. */
  readonly accountCreation: Seconds;
  /** SUCCEEDED, until the access role can be assumed. */
  readonly accessRole: Seconds;
  /** SUCCEEDED, until ListAccounts and its siblings show the account. */
  readonly accountListing: Seconds;
  /** A write to IAM, until STS and authorization act on it. Taking something away acts at once. */
  readonly iamPropagation: Seconds;
  /** CloseAccount accepted, until the account is CLOSED. */
  readonly accountClosure: Seconds;
  /**
   * The seconds from ProvisionProduct until Control Tower has checked its prerequisites: the earliest end that is a
   * failure.
   */
  readonly enrollmentCheck: Seconds;
  /** ProvisionProduct accepted, until the account is enrolled. */
  readonly enrollment: Seconds;
  readonly enrollmentUpdate: Seconds;
  readonly enrollmentTermination: Seconds;
  /** One stack instance, from its turn until it is deployed. */
  readonly stackInstance: Seconds;
  /** One stack instance that cannot be deployed, from its turn until that is known. */
  readonly stackInstanceFailure: Seconds;
  /** A stack instance that has changed, until ListStackInstances shows it. */
  readonly stackInstanceListing: Seconds;
  /** StartBuild accepted, until the container runs. */
  readonly buildStart: Seconds;
  /** A build of CodeBuild, once it runs, at least. */
  readonly build: Seconds;
  /** CreateChangeSet accepted, until it can be executed. */
  readonly changeSet: Seconds;
  /**
   * A stack of roles, from the call until it is complete or known to fail; and as long again until it is rolled back.
   */
  readonly stack: Seconds;
  /** An account assignment that is made or taken away, from its turn in the account. */
  readonly accountAssignment: Seconds;
  /** An account or a group that was made, until an account assignment can name it. */
  readonly assignmentTarget: Seconds;
}

/**
 * AWS publishes few durations. Account creation follows the two samples of "Logging and monitoring in AWS
 * Organizations" (3 s and 48 s); IAM follows the 30 s that "Revoking IAM role temporary security credentials" reckons
 * with; the access role follows what "Accessing member accounts in an organization" calls a few minutes, cut to what
 * operators report. For Control Tower and StackSets there are only reports: twenty to forty minutes for an enrollment,
 * some minutes for a small stack, some seconds for an account assignment.
 */
export const awsLatencies: Latencies = {
  scale: 1,
  accountCreation: [3, 48],
  accessRole: [10, 60],
  accountListing: [0, 20],
  iamPropagation: [2, 30],
  accountClosure: [30, 120],
  enrollmentCheck: [60, 180],
  enrollment: [1200, 1800],
  enrollmentUpdate: [600, 900],
  enrollmentTermination: [300, 600],
  stackInstance: [60, 180],
  stackInstanceFailure: [5, 20],
  buildStart: [10, 40],
  build: [30, 120],
  changeSet: [3, 10],
  stack: [20, 60],
  accountAssignment: [5, 30],
  // AWS says nothing of these two; a simulation draws them.
  stackInstanceListing: [0, 0],
  assignmentTarget: [0, 0],
};

/** The same order of events in a shorter time, for example `scaledLatencies(0.1)`. */
export function scaledLatencies(scale: number): Latencies {
  if (!(scale > 0)) {
    throw new RangeError(
      `latencies: scale is ${scale}; give a number above 0, such as 0.1 for a tenth of AWS's durations.`,
    );
  }
  return { ...awsLatencies, scale };
}

/**
 * Durations for people who watch: a tenth of AWS's, and the long ones shortened more, so that all is over within a
 * minute. Nothing is so short that a first poll finds it done, even if that poll waits for the cold start of several
 * functions at once.
 */
export const demoLatencies: Latencies = {
  ...scaledLatencies(0.1),
  accountCreation: [30, 48],
  accessRole: [40, 60],
  // Functions that are warm use a role a tenth of a second after it was made.
  iamPropagation: [0.2, 0.6],
  enrollmentCheck: [20, 30],
  enrollment: [190, 200],
  enrollmentUpdate: [40, 60],
  enrollmentTermination: [20, 40],
  stackInstance: [62, 75],
};
