import type { EmbeddedWorkflow } from '../embedded/embedded-workflow';
import { type Chance, chanceFor } from './chance';
import type { LedgerMirror } from './ledger-mirror';
import type { SimulationOptions } from './simulation-options';

/** What people do to executions in the console, without asking: stop them, and redrive them. Called every ten minutes. */
export class Disturbances {
  readonly #options: SimulationOptions;
  readonly #workflow: EmbeddedWorkflow;
  readonly #mirror: LedgerMirror;
  readonly #chance: Chance;

  constructor(options: SimulationOptions, workflow: EmbeddedWorkflow, mirror: LedgerMirror) {
    this.#options = options;
    this.#workflow = workflow;
    this.#mirror = mirror;
    this.#chance = chanceFor(options.seed, 'disturbances');
  }

  disturb(): void {
    const { faults } = this.#options;
    const executions = this.#workflow.executions;
    const running = executions.filter(({ description }) => description.status === 'RUNNING');
    if (faults.has('aborted-executions') && this.#chance.happens(0.15)) this.#stopOne(running);
    if (faults.has('holder-dies') && this.#chance.happens(0.4)) {
      const holders = this.#mirror.holders();
      this.#stopOne(running.filter(({ description: { input } }) => holders.some((uuid) => input.includes(uuid))));
    }
    if (faults.has('old-run-redriven') && this.#chance.happens(0.3)) {
      this.#redriveOne(executions.filter(({ description }) => STOPPED.has(description.status)));
    }
  }

  #stopOne([first, ...others]: EmbeddedWorkflow['executions']): void {
    if (first !== undefined) void this.#workflow.stop(this.#chance.oneOf([first, ...others]).executionArn);
  }

  #redriveOne([first, ...others]: EmbeddedWorkflow['executions']): void {
    if (first !== undefined) void this.#workflow.redrive(this.#chance.oneOf([first, ...others]).executionArn);
  }
}

const STOPPED = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);
