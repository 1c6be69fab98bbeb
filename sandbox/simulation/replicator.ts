import type { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { type Rng, rngFor } from './rng';
import type { SimulatedRequest, SimulatedTenant } from './simulated-tenants';
import type { SimulationOptions } from './simulation-options';

const RETRY_SECONDS = 30;

/** The sender: puts desired states on the bus or calls the API, at their time, and calls again until it is answered. */
export class Replicator {
  readonly #options: SimulationOptions;
  readonly #application: EmbeddedApplication;
  readonly #rng: Rng;
  /** Requests that are not delivered yet. */
  #outstanding = 0;
  /** The latest sequence that was sent of each tenant. */
  readonly #latest = new Map<string, number>();

  constructor(options: SimulationOptions, application: EmbeddedApplication) {
    this.#options = options;
    this.#application = application;
    this.#rng = rngFor(options.seed, 'replicator');
  }

  get isDone(): boolean {
    return this.#outstanding === 0;
  }

  /** Sends the desired states of the tenants, but none twice. */
  send(tenants: readonly SimulatedTenant[]): void {
    for (const requests of tenants.map((tenant) => this.#unsent(tenant))) {
      for (const request of this.#inOrder(requests)) this.#later(request.at, () => this.#deliver(request));
    }
  }

  #unsent({ uuid, requests }: SimulatedTenant): readonly SimulatedRequest[] {
    const latest = this.#latest.get(uuid) ?? -1;
    const unsent = requests.filter(({ desiredState }) => desiredState.replicationSequence > latest);
    this.#latest.set(uuid, Math.max(latest, ...unsent.map(({ desiredState }) => desiredState.replicationSequence)));
    return unsent;
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
