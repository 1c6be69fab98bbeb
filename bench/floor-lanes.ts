import type { Agenda } from '../sandbox/organization/agenda';

/** Begins at a moment, and says when it has ended. */
export type Work = (begin: number, leave: (end: number) => void) => void;

/** What AWS lets in, when it does. */
export interface Admission {
  enter(at: number, work: Work): void;
}

interface LaneQuota {
  readonly capacity: number;
  /** Steadily so many a second, and so many at once. */
  readonly rate?: readonly [perSecond: number, burst: number] | undefined;
}

/** A capacity of AWS, first come, first served. */
export class FloorLane implements Admission {
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

/** All that wait begin together, as soon as all of those before have ended: one operation for many accounts. */
export class BatchLane implements Admission {
  #waiting: Work[] = [];
  #atWork = 0;

  enter(at: number, work: Work): void {
    this.#waiting.push(work);
    this.#begin(at);
  }

  #begin(at: number): void {
    if (this.#atWork > 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#atWork = batch.length;
    for (const work of batch) {
      work(at, (end) => {
        this.#atWork -= 1;
        this.#begin(end);
      });
    }
  }
}
