import type { VendingDetail } from '../../functions/api/responses';
import type { Change } from '../functions/domain/examples';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

/** The simulation that a test works with: the last one that was begun. Each is stopped after its test. */
export class SimulatedStory {
  #simulation: SimulatedVending | undefined;
  readonly #defaults: () => SimulationOptions;

  constructor(defaults: () => SimulationOptions = () => ({})) {
    this.#defaults = defaults;
    afterEach(() => {
      this.#simulation?.stop();
    });
  }

  /** @throws Error when none was begun */
  get simulation(): SimulatedVending {
    if (this.#simulation === undefined) throw new Error('No simulation was begun.');
    return this.#simulation;
  }

  readonly simulate = (options: SimulationOptions = {}): SimulatedVending => {
    this.#simulation = new SimulatedVending({ ...this.#defaults(), ...options });
    return this.#simulation;
  };

  /** One vending, of a higher sequence each time it is called. */
  readonly vend = async (replicationSequence = 17, changes: readonly Change[] = []): Promise<void> => {
    this.simulation.sendEvent(['replicationSequence', replicationSequence], ...changes);
    await this.simulation.settle();
  };

  readonly lastError = async (): Promise<VendingDetail['lastError']> => (await this.simulation.detail()).lastError;
}
