import { EmbeddedWorkflow, type EmbeddedWorkflowOptions } from '../../../../sandbox/runtime/embedded/embedded-workflow';
import { Invocations } from '../../../../sandbox/runtime/embedded/invocation';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

const START = new Date('2026-11-24T10:00:00.000Z');

export const INPUT = { tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001', replicationSequence: 17, run: 1 };

export interface Entry {
  readonly state: string;
  readonly input: Record<string, unknown>;
  /** Seconds since the beginning. */
  readonly at: number;
}

type Behaviour = (input: Record<string, unknown>, entries: number) => unknown;

/** A small workflow of the test's own in virtual time. It notes every call of a function, and every end. */
export class WorkflowWorld {
  readonly workflow: EmbeddedWorkflow;
  readonly invocations = new Invocations(() => 10_000);
  readonly entries: Entry[] = [];
  readonly ends: string[] = [];
  readonly #clock: VirtualClock;

  constructor(
    definition: object,
    behaviours: Readonly<Record<string, Behaviour>>,
    options: Partial<EmbeddedWorkflowOptions> = {},
  ) {
    this.#clock = new VirtualClock(START, () => this.invocations.busy);
    const handlers = Object.entries(behaviours).map(([state, behave]) => {
      const call = async (input: unknown): Promise<never> => {
        this.entries.push({ state, input: input as Record<string, unknown>, at: this.now });
        const count = this.entries.filter((entry) => entry.state === state).length;
        return (await behave(input as Record<string, unknown>, count)) as never;
      };
      return [state, call] as const;
    });
    this.workflow = new EmbeddedWorkflow({
      handlers: Object.fromEntries(handlers),
      definition,
      invocations: this.invocations,
      onEnd: (_, status) => this.ends.push(status),
      ...options,
    });
  }

  get now(): number {
    return (Date.now() - START.getTime()) / 1000;
  }

  /** The functions that were called, in their order. */
  get calls(): readonly string[] {
    return this.entries.map(({ state }) => state);
  }

  start(name = 'one'): Promise<string> {
    return this.workflow.start(name, INPUT, 'vend-account');
  }

  settle(): Promise<void> {
    return this.#clock.runUntil(() => false);
  }

  pass(seconds: number): Promise<void> {
    return this.#clock.pass(seconds);
  }

  stop(): void {
    this.#clock.uninstall();
  }
}
