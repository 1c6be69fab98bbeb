/** How a queue gives a message again that its function has not taken. */
export interface QueueTimes {
  /** How long it is hidden from the moment in which it was given. */
  readonly visibilitySeconds: number;
  /** How often it is given before it becomes a dead letter. */
  readonly mostReceives: number;
}

/**
 * The times of the queues that functions read, here and in the simulation. AWS advises six times the function's
 * time-out, which leaves room for throttled deliveries; a test compares.
 */
export const queueTimes = {
  DesiredStates: { visibilitySeconds: 180, mostReceives: 5 },
  FailedExecutions: { visibilitySeconds: 180, mostReceives: 10 },
  RunWatch: { visibilitySeconds: 180, mostReceives: 10 },
  // Once the function's time-out and a little: a pass that was killed goes on soon, in the same night.
  Reconciliations: { visibilitySeconds: 360, mostReceives: 10 },
  Adoptions: { visibilitySeconds: 720, mostReceives: 10 },
  Rollouts: { visibilitySeconds: 720, mostReceives: 10 },
  // Once the function's time-out and a little: a person waits, and three tries end before the preflight is shown as
  // failed, after twenty minutes.
  Preflights: { visibilitySeconds: 330, mostReceives: 3 },
} as const satisfies Readonly<Record<string, QueueTimes>>;

/** The queues of NotificationStack. A receiver that is down for two hours misses nothing. */
export const notificationTimes: QueueTimes = { visibilitySeconds: 600, mostReceives: 12 };
