import { ServiceError } from '../../sandbox/organization/service-error';
import { IAM_SECONDS } from '../durations';
import { THROTTLES } from '../observation';
import type { WatchedKind } from '../operation-watch';
import type { AccountWork, Standing } from './account-work';
import type { PeerClock } from './peer-clock';
import type { PollSchedule } from './poll-schedule';

/** What a peer does for one account. */
export interface VendingContext {
  readonly work: AccountWork;
  readonly schedule: PollSchedule;
  readonly clock: PeerClock;
  /** From 0 to 1: pauses before another try are drawn. */
  readonly random: () => number;
  /** Until AWS has done what the account waits for; known from an event, without a call. */
  readonly over: (kind: WatchedKind, email: string) => Promise<void>;
  /** All functions that the request comes through begin with a cold start, here in one go. */
  readonly coldStartSeconds: number;
  readonly onReady: () => void;
}

const BUSY = 'OperationInProgressException';
const POLL_TRANSITIONS = 3;
/** Until an event arrives; and between two tries to assume a role, for which AWS has none. */
const EVENT_SECONDS = 1;

/** One account on its way through a peer, in the order of ours. */
export class PeerVending {
  readonly #context: VendingContext;
  polls = 0;
  transitions = 0;
  #hasStarted = false;

  constructor(context: VendingContext) {
    this.#context = context;
  }

  /** Until AWS has made the account. */
  async create(): Promise<void> {
    const { work } = this.#context;
    await this.#start();
    const requestId = await this.call(() => work.createAccount());
    await this.#until('accountCreation', () => work.checkCreation(requestId));
  }

  /** Like `create`, without a sleep between two polls: each takes as long as its call. */
  async createWithoutSleep(): Promise<void> {
    const { work } = this.#context;
    await this.#start();
    const requestId = await this.call(() => work.createAccount());
    for (let standing: Standing = 'at-work'; standing === 'at-work';) {
      this.polls += 1;
      standing = await this.call(() => work.checkCreation(requestId));
      if (standing === 'failed') throw new Error('AWS has made no account.');
    }
  }

  /** All that follows until the roles of the account count. */
  async open(): Promise<void> {
    const { work, clock, schedule } = this.#context;
    if (schedule.pauseSeconds > 0) await this.#step(() => clock.sleep(schedule.pauseSeconds));
    await this.#until('accessRole', () => work.checkAccess());
    for (const act of [
      () => work.openAccount(),
      () => work.moveAccount(),
      () => work.tagAccount(),
      () => work.setAlias(),
    ]) {
      await this.#step(() => this.call(act));
    }
    // AWS refuses earlier calls; with Control Tower, the enrollment takes longer than that.
    if (!work.isEnrolled) await clock.sleep(IAM_SECONDS);
  }

  async enroll(): Promise<void> {
    const { work } = this.#context;
    if (!work.isEnrolled) return;
    const recordId = await this.#step(() => this.call(() => work.enroll()));
    await this.#until('enrollment', () => work.checkEnrollment(recordId));
  }

  /** One that finds the stack set busy asks again after its own interval, whether that is published or not. */
  async deploy(): Promise<void> {
    const { work, clock, schedule } = this.#context;
    while ((await this.#step(() => this.#tryToDeploy())) === 'busy') {
      await clock.sleep(schedule.pollSeconds.stackInstance ?? BUSY_SECONDS);
    }
    await this.#until('stackInstance', () => work.checkDeployment());
  }

  async finish(): Promise<void> {
    const { work, clock, onReady } = this.#context;
    await this.#step(() => this.call(() => work.invokeFunction()));
    await this.#step(() => this.call(() => work.makeGroups()));
    for (let index = 0; index < work.assignments; index += 1) {
      const requestId = await this.#step(() => this.call(() => work.assign(index)));
      await this.#until('accountAssignment', () => work.checkAssignment(requestId));
    }
    await this.#step(() => this.call(() => work.keepRights()));
    await this.#step(() => clock.sleep(IAM_SECONDS));
    await this.#step(() => this.call(() => work.takeRights()));
    onReady();
  }

  /** From the account that is made to its end. */
  async provision(): Promise<void> {
    await this.open();
    await this.enroll();
    await this.deploy();
    await this.finish();
  }

  /** A call, made again as often as the peer makes it again when AWS turns it away as too fast. */
  async call<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const { schedule, clock, random } = this.#context;
    for (const seconds of schedule.retries) {
      try {
        return await clock.idle(act());
      } catch (error) {
        if (!isThrottle(error)) throw error;
        await clock.sleep(seconds * random());
      }
    }
    return clock.idle(act());
  }

  async #start(): Promise<void> {
    const { clock, coldStartSeconds } = this.#context;
    if (!this.#hasStarted && coldStartSeconds > 0) await clock.sleep(coldStartSeconds);
    this.#hasStarted = true;
  }

  #step<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    this.transitions += 1;
    return act();
  }

  async #tryToDeploy(): Promise<'started' | 'busy'> {
    try {
      await this.call(() => this.#context.work.deploy());
      return 'started';
    } catch (error) {
      if (error instanceof ServiceError && error.code === BUSY) return 'busy';
      throw error;
    }
  }

  async #until(kind: WatchedKind, look: () => Promise<Standing>): Promise<void> {
    const { schedule, clock, work, over } = this.#context;
    for (;;) {
      const seconds = schedule.pollSeconds[kind];
      if (seconds === null) await clock.idle(over(kind, work.email));
      await clock.sleep(seconds ?? EVENT_SECONDS);
      this.polls += 1;
      this.transitions += POLL_TRANSITIONS;
      const standing = await this.call(look);
      if (standing === 'failed') throw new Error(`AWS has failed: ${kind}.`);
      if (standing === 'done') return;
    }
  }
}

/** The delay between two tries of a peer that learns everything else from events. */
const BUSY_SECONDS = 30;

const isThrottle = (error: unknown): boolean => error instanceof ServiceError && THROTTLES.has(error.code);
