import type {
  ExecutionDescription,
  WorkflowReader,
  WorkflowRedriver,
  WorkflowStopper,
} from '../../functions/ports/workflow';

/** The executions of the workflow as Step Functions describes them. Nothing goes on by itself. */
export class FakeExecutions implements WorkflowReader, WorkflowRedriver, WorkflowStopper {
  readonly stops: { readonly executionArn: string; readonly error: string; readonly cause: string }[] = [];
  /** When Step Functions says that it has stopped one. */
  stoppedAt = new Date(0);
  readonly known = new Map<string, ExecutionDescription>();
  /** Every call, whatever came of it. */
  readonly redrives: string[] = [];
  /** Step Functions does not redrive any more. */
  isTooOld = false;
  /** Where every execution stands. */
  state: string | null = null;

  describe(executionArn: string): Promise<ExecutionDescription> {
    const execution = this.known.get(executionArn);
    return execution === undefined ? Promise.reject(new Error('ExecutionDoesNotExist')) : Promise.resolve(execution);
  }

  lastState(): Promise<string | null> {
    return Promise.resolve(this.state);
  }

  redrive(executionArn: string): Promise<'redriven' | 'not-redrivable'> {
    this.redrives.push(executionArn);
    return Promise.resolve(this.isTooOld ? 'not-redrivable' : 'redriven');
  }

  stop(executionArn: string, why: { readonly error: string; readonly cause: string }): Promise<Date> {
    this.stops.push({ executionArn, ...why });
    return Promise.resolve(this.stoppedAt);
  }
}
