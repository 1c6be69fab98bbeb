import { loadConfiguration } from '../../infra/config';
import type { DeployedStage, DeployedStageOptions } from '../runtime/stage/deployed-stage';
import { BUSY_SECONDS, busyDay, orderTheOthers } from './busy-day';
import { BusyFaults } from './busy-faults';
import { CarriedLedger } from './carried-ledger';

/**
 * A local AWS that has seen a month, a night and a morning. It is deployed as it was before the first of them, the
 * embedded application lives through them in virtual time, and what it has written becomes the ledger there.
 */
export class BusyStart {
  readonly #faults = new BusyFaults();
  /** How far behind the organization is, in milliseconds: until the month is over, and then not at all. */
  #behind = BUSY_SECONDS * 1000;

  /** What the stage is deployed with. */
  readonly options: Pick<DeployedStageOptions, 'faults' | 'organizationNow'> = {
    faults: this.#faults,
    organizationNow: () => Date.now() - this.#behind,
  };

  /** Lives through it, writes it down, and orders those that are under way afterwards, for real. */
  async fill(stage: DeployedStage, configurationFolder: string): Promise<void> {
    const ledger = new CarriedLedger();
    const configuration = loadConfiguration(configurationFolder);
    const until = new Date();
    // From now on, time is virtual, and begins where the organization has stood still.
    this.#behind = 0;
    await busyDay({ organization: stage.organization, configuration, ledger: ledger.store, until });
    this.#faults.mend();
    await ledger.carryTo(stage.ledger);
    await orderTheOthers((call) => stage.callApi(call));
    // That nobody can read.
    await stage.sendEvent({ tenant: 'of another system' });
  }
}
