import type { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { type Rng, rngFor } from './rng';
import type { SimulatedRequest } from './simulated-tenants';
import type { SimulationOptions } from './simulation-options';

const RETRY_SECONDS = 30;

/** The sender: puts desired states on the bus or calls the API, at their time, and calls again until it is answered. */
export class Replicator {
  readonly #options: SimulationOptions;
  readonly #application: EmbeddedApplication;
  readonly #rng: Rng;
  /** Requests that are not delivered yet. */
  #outstanding = 0;

  constructor(options: SimulationOptions, application: EmbeddedApplication) {
    this.#options = options;
    this.#application = application;
    this.#rng = rngFor(options.seed, 'replicator');
  }

  get isDone(): boolean {
    return this.#outstanding === 0;
  }

  /** @param tenants of each, the desired states that are new */
  send(tenants: readonly (readonly SimulatedRequest[])[]): void {
    for (const requests of tenants) {
      for (const request of this.#inOrder(requests)) this.#later(request.at, () => this.#deliver(request));
    }
  }

  /** A newer desired state overtakes an older one. */
  #inOrder(requests: readonly SimulatedRequest[]): readonly SimulatedRequest[] {
    const [first, second] = requests;
    const isReordered = this.#options.faults.has('reordered-events') && this.#rng.happens(0.5);
    return first === undefined || second === undefined || !isReordered
      ? requests
      : [
          { ...second, at: first.at },
          { ...first, at: second.at },
        ];
  }

  #later(seconds: number, deliver: () => Promise<void>): void {
    this.#outstanding += 1;
    setTimeout(() => {
      void deliver().finally(() => {
        this.#outstanding -= 1;
      });
    }, seconds * 1000);
  }

  #deliver(request: SimulatedRequest): Promise<void> {
    if (request.trigger === 'api') return this.#post(request);
    this.#putEvent(request);
    return Promise.resolve();
  }

  #putEvent({ desiredState }: SimulatedRequest): void {
    this.#application.sendEvent(desiredState);
    if (!this.#options.faults.has('duplicate-events') || !this.#rng.happens(0.3)) return;
    this.#application.sendEvent(desiredState);
    this.#later(this.#rng.between(1, 36_000), () => {
      this.#application.sendEvent(desiredState);
      return Promise.resolve();
    });
  }

  async #post(request: SimulatedRequest): Promise<void> {
    const call = { method: 'POST', path: '/vendings', body: request.desiredState } as const;
    const status = await this.#application.callApi(call).then(
      (answer) => answer.status,
      () => 502,
    );
    // Both answers say that nothing is left to be done: taken, or overtaken by a newer one.
    if (status >= 500) this.#later(RETRY_SECONDS, () => this.#post(request));
  }
}
