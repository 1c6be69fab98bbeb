import type { EmbeddedWorkflow } from '../runtime/embedded/embedded-workflow';
import { type Rng, rngFor } from './rng';
import type { LedgerMirror } from './ledger-mirror';
import type { SimulationOptions } from './simulation-options';

/**
 * What people do to executions in the console, without asking: stop them, and redrive them. Called every ten minutes.
 */
export class Disturbances {
  readonly #options: SimulationOptions;
  readonly #workflow: EmbeddedWorkflow;
  readonly #mirror: LedgerMirror;
  readonly #rng: Rng;
  /** Tenants whose execution was stopped while it waited for an approval. */
  readonly #disapproved = new Set<string>();

  constructor(options: SimulationOptions, workflow: EmbeddedWorkflow, mirror: LedgerMirror) {
    this.#options = options;
    this.#workflow = workflow;
    this.#mirror = mirror;
    this.#rng = rngFor(options.seed, 'disturbances');
  }

  disturb(): void {
    const { faults } = this.#options;
    const executions = this.#workflow.executions;
    const running = executions.filter(({ description }) => description.status === 'RUNNING');
    if (faults.has('aborted-executions') && this.#rng.happens(0.15)) this.#stopOne(this.#stoppable(running));
    if (faults.has('holder-dies') && this.#rng.happens(0.4)) {
      const holders = this.#mirror.holders();
      this.#stopOne(running.filter(({ description: { input } }) => holders.some((uuid) => input.includes(uuid))));
    }
    if (faults.has('old-run-redriven') && this.#rng.happens(0.3)) {
      this.#redriveOne(executions.filter(({ description }) => STOPPED.has(description.status)));
    }
  }

  /**
   * A run that waits a day for an approval would be stopped again and again, and never be approved: each is stopped
   * once.
   */
  #stoppable(running: EmbeddedWorkflow['executions']): EmbeddedWorkflow['executions'] {
    const waiting = [...this.#mirror.tenants.values()].filter(({ status }) => status === 'AWAITING_APPROVAL');
    const spared = waiting.filter(({ tenantUuid }) => this.#disapproved.has(tenantUuid));
    return running.filter(({ description: { input } }) => !spared.some(({ tenantUuid }) => input.includes(tenantUuid)));
  }

  #stopOne([first, ...others]: EmbeddedWorkflow['executions']): void {
    if (first === undefined) return;
    const { executionArn, description } = this.#rng.oneOf([first, ...others]);
    for (const { tenantUuid, status } of this.#mirror.tenants.values()) {
      if (status === 'AWAITING_APPROVAL' && description.input.includes(tenantUuid)) this.#disapproved.add(tenantUuid);
    }
    void this.#workflow.stop(executionArn);
  }

  #redriveOne([first, ...others]: EmbeddedWorkflow['executions']): void {
    if (first !== undefined) void this.#workflow.redrive(this.#rng.oneOf([first, ...others]).executionArn);
  }
}

const STOPPED = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);
