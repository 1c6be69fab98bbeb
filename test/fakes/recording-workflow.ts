import type { WorkflowName } from '../../functions/domain/base/workflow-facts';
import type { WorkflowInput, WorkflowStarter } from '../../functions/ports/workflow';

/** Starts nothing, and remembers what it was asked to start. As in Step Functions, a name stands for one execution. */
export class RecordingWorkflow implements WorkflowStarter {
  readonly started = new Map<string, WorkflowInput>();
  /** Every call, also those that found an execution of that name. */
  readonly calls: string[] = [];

  start(name: string, input: WorkflowInput, workflow: WorkflowName): Promise<string> {
    this.calls.push(name);
    if (!this.started.has(name)) this.started.set(name, input);
    return Promise.resolve(`arn:aws:states:eu-central-1:111111111111:execution:${workflow}:${name}`);
  }
}
