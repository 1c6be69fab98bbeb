import { awsLimits } from '../sandbox/organization/organization-limits';
import { IAM_SECONDS } from './durations';
import type { Observation } from './observation';
import type { WatchedOperation } from './operation-watch';
import { rounded } from './percentile';
import type { Scenario } from './scenario';

type Lane = 'accountCreation' | 'enrollment' | 'stackInstance';

/** Seconds of all slots while somebody waited for one, and of these, seconds of slots that he could have had. */
export interface LaneIdle {
  readonly waitedSeconds: number;
  readonly idleSeconds: number;
  /** Null where nobody ever waited. */
  readonly share: number | null;
}

export type SlotIdle = Readonly<Record<Lane, LaneIdle>>;

const CREATION_RATE = awsLimits.rates['organizations:CreateAccount'] ?? [Infinity, 1];

const CAPACITIES: Readonly<Record<Lane, number>> = {
  accountCreation: awsLimits.concurrentCreations,
  enrollment: awsLimits.concurrentAccountOperations,
  stackInstance: 1,
};

const NOBODY_WAITS: LaneIdle = { waitedSeconds: 0, idleSeconds: 0, share: null };

/**
 * The share of the time with a waiting request in which a slot was free for it and AWS's rate would have admitted it. A
 * slot is free when its operation has ended at AWS; a request waits from when its flow knew that the stage before was
 * over.
 */
export function slotIdle(
  observation: Observation,
  { controlTower, stackSet }: Pick<Scenario, 'controlTower' | 'stackSet'>,
): SlotIdle {
  return {
    accountCreation: idleIn(observation, 'accountCreation', () => observation.startedAt),
    enrollment: idleIn(observation, 'enrollment', (email) => noticedAt(observation, 'accessRole', email)),
    // With managed execution CloudFormation takes every operation, and nobody waits for a slot.
    stackInstance:
      stackSet === 'one-operation'
        ? idleIn(observation, 'stackInstance', (email) =>
            controlTower
              ? noticedAt(observation, 'enrollment', email)
              : noticedAt(observation, 'accessRole', email) + IAM_SECONDS * 1000,
          )
        : NOBODY_WAITS,
  };
}

/** Those of several seeds. */
export const slotsTogether = (all: readonly SlotIdle[]): SlotIdle => ({
  accountCreation: laneTogether(all.map((one) => one.accountCreation)),
  enrollment: laneTogether(all.map((one) => one.enrollment)),
  stackInstance: laneTogether(all.map((one) => one.stackInstance)),
});

function laneTogether(lanes: readonly LaneIdle[]): LaneIdle {
  const waitedSeconds = rounded(sumOf(lanes.map((lane) => lane.waitedSeconds)));
  const idleSeconds = rounded(sumOf(lanes.map((lane) => lane.idleSeconds)));
  return { waitedSeconds, idleSeconds, share: waitedSeconds === 0 ? null : rounded(idleSeconds / waitedSeconds) };
}

/** In all lanes together; null where nobody ever waited. */
export function slotIdleShare(idle: SlotIdle): number | null {
  const waited = sumOf(Object.values(idle).map(({ waitedSeconds }) => waitedSeconds));
  return waited === 0 ? null : rounded(sumOf(Object.values(idle).map(({ idleSeconds }) => idleSeconds)) / waited);
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const noticedAt = ({ operations }: Observation, kind: WatchedOperation['kind'], email: string): number =>
  operations.find((one) => one.kind === kind && one.accountEmail === email)?.noticedAt ?? Infinity;

interface Moment {
  readonly at: number;
  readonly atWork: number;
  readonly waiting: number;
  readonly asks: boolean;
}

function idleIn({ operations }: Observation, lane: Lane, readyAt: (email: string) => number): LaneIdle {
  const ofLane = operations.filter(({ kind }) => kind === lane);
  const moments = momentsOf(ofLane, readyAt);
  const capacity = CAPACITIES[lane];
  const turns = new Turns(lane === 'accountCreation' ? CREATION_RATE : [Infinity, 1]);
  let [atWork, waiting, idle, waited] = [0, 0, 0, 0];
  moments.forEach((moment, index) => {
    atWork += moment.atWork;
    waiting += moment.waiting;
    if (moment.asks) turns.take(moment.at);
    const until = moments[index + 1]?.at ?? moment.at;
    if (waiting <= 0) return;
    const seconds = until - moment.at;
    waited += capacity * seconds;
    const free = Math.min(capacity - atWork, waiting, turns.atOnce);
    if (free > 0) idle += free * Math.max(0, until - Math.max(moment.at, turns.nextAt));
  });
  const share = waited === 0 ? null : rounded(idle / waited);
  return { waitedSeconds: rounded(waited / 1000), idleSeconds: rounded(idle / 1000), share };
}

/** The first operation of a waiting request takes the slot; further ones of the same account run as well. */
function momentsOf(operations: readonly WatchedOperation[], readyAt: (email: string) => number): readonly Moment[] {
  const seen = new Set<string>();
  const still = { atWork: 0, waiting: 0, asks: false };
  return operations
    .flatMap(({ accountEmail, askedAt, doneAt }) => {
      const isFirst = !seen.has(accountEmail);
      seen.add(accountEmail);
      const ready = Math.min(readyAt(accountEmail), askedAt);
      return [
        ...(isFirst ? [{ ...still, at: ready, waiting: 1 }] : []),
        { at: askedAt, atWork: 1, waiting: isFirst ? -1 : 0, asks: true },
        { ...still, at: doneAt ?? Infinity, atWork: -1 },
      ];
    })
    .sort((one, other) => one.at - other.at);
}

/** When AWS's rate lets the next one in. */
class Turns {
  readonly #interval: number;
  readonly #burst: number;
  #fullAt = -Infinity;

  constructor([perSecond, burst]: readonly [number, number]) {
    this.#interval = 1000 / perSecond;
    this.#burst = burst;
  }

  /** How many may come in at the moment that the next one may. */
  get atOnce(): number {
    return this.#interval === 0 ? Infinity : 1;
  }

  get nextAt(): number {
    return this.#fullAt - (this.#burst - 1) * this.#interval;
  }

  take(at: number): void {
    this.#fullAt = Math.max(this.#fullAt, at) + this.#interval;
  }
}
