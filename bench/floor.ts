import { Agenda } from '../sandbox/organization/agenda';
import { awsLimits } from '../sandbox/organization/organization-limits';
import { IAM_SECONDS, type NextDuration } from './durations';
import type { Scenario } from './scenario';

/** Every account of the benchmark gets two groups, each with one permission set. */
const ASSIGNMENTS = 2;

/** AWS's own quotas, as the model of the organization has them. */
const CREATIONS = { capacity: awsLimits.concurrentCreations, rate: awsLimits.rates['organizations:CreateAccount'] };
const ENROLLMENTS = { capacity: awsLimits.concurrentAccountOperations };
const ONE_OPERATION = { capacity: 1 };
const ASSIGNMENTS_AT_WORK = { capacity: awsLimits.outstandingAssignments };

/**
 * When each request could be ready if nothing but AWS took time: every operation begins the moment that AWS lets it,
 * first come, first served, and is noticed the moment that it ends. In order: account, access role, (enrollment), the
 * role of stack sets counts, stack instance, assignments one after the other, what the access role keeps counts.
 *
 * @param next how long AWS takes for each operation, in the order in which they begin
 * @returns seconds after the requests, sorted
 */
export function floorOf(
  { requests, controlTower }: Pick<Scenario, 'requests' | 'controlTower'>,
  next: NextDuration,
): readonly number[] {
  const agenda = new Agenda();
  const lanes = {
    creations: new FloorLane(agenda, CREATIONS),
    enrollments: new FloorLane(agenda, ENROLLMENTS),
    stackSet: new FloorLane(agenda, ONE_OPERATION),
    assignments: new FloorLane(agenda, ASSIGNMENTS_AT_WORK),
  };
  const course = courseOf(controlTower, lanes, next);
  const ready: number[] = [];
  for (let request = 0; request < requests; request += 1) {
    follow(agenda, course, 0, (at) => {
      ready.push(at);
    });
  }
  agenda.settle(Infinity);
  return ready;
}

interface Lanes {
  readonly creations: FloorLane;
  readonly enrollments: FloorLane;
  readonly stackSet: FloorLane;
  readonly assignments: FloorLane;
}

/** One thing after the other that takes time: in a lane, or by itself. */
interface Stage {
  readonly lane: FloorLane | null;
  readonly seconds: () => number;
}

function courseOf(controlTower: boolean, lanes: Lanes, next: NextDuration): readonly Stage[] {
  const alone = (seconds: () => number): Stage => ({ lane: null, seconds });
  const assignment: Stage = { lane: lanes.assignments, seconds: () => next('accountAssignment') };
  return [
    { lane: lanes.creations, seconds: () => next('accountCreation') },
    alone(() => next('accessRole')),
    // While Control Tower works, the role of stack sets comes to count as well.
    controlTower ? { lane: lanes.enrollments, seconds: () => next('enrollment') } : alone(() => IAM_SECONDS),
    { lane: lanes.stackSet, seconds: () => next('stackInstance') },
    ...Array.from({ length: ASSIGNMENTS }, () => assignment),
    alone(() => IAM_SECONDS),
  ];
}

function follow(agenda: Agenda, [stage, ...rest]: readonly Stage[], at: number, onEnd: (at: number) => void): void {
  if (stage === undefined) {
    onEnd(at);
    return;
  }
  const { lane, seconds } = stage;
  const work = (begin: number, leave: (end: number) => void): void => {
    agenda.plan(begin + seconds(), (end) => {
      leave(end);
      follow(agenda, rest, end, onEnd);
    });
  };
  if (lane === null) work(at, () => undefined);
  else lane.enter(at, work);
}

interface LaneQuota {
  readonly capacity: number;
  /** Steadily so many a second, and so many at once. */
  readonly rate?: readonly [perSecond: number, burst: number] | undefined;
}

type Work = (begin: number, leave: (end: number) => void) => void;

/** A capacity of AWS, first come, first served. */
class FloorLane {
  readonly #agenda: Agenda;
  readonly #quota: LaneQuota;
  readonly #waiting: Work[] = [];
  #atWork = 0;
  /** When the bucket of the rate is full again. */
  #fullAt = 0;

  constructor(agenda: Agenda, quota: LaneQuota) {
    this.#agenda = agenda;
    this.#quota = quota;
  }

  enter(at: number, work: Work): void {
    this.#waiting.push(work);
    this.#letIn(at);
  }

  #letIn(at: number): void {
    while (this.#atWork < this.#quota.capacity) {
      const work = this.#waiting.shift();
      if (work === undefined) return;
      this.#atWork += 1;
      this.#agenda.plan(this.#turn(at), (begin) => {
        work(begin, (end) => {
          this.#atWork -= 1;
          this.#letIn(end);
        });
      });
    }
  }

  #turn(at: number): number {
    const { rate } = this.#quota;
    if (rate === undefined) return at;
    const [perSecond, burst] = rate;
    const turn = Math.max(at, this.#fullAt - (burst - 1) / perSecond);
    this.#fullAt = Math.max(this.#fullAt, turn) + 1 / perSecond;
    return turn;
  }
}
