import { eventbridgeDriftReports } from '../aws/messaging/eventbridge-bus';
import { sqsPassMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { DriftReports } from '../ports/outcome-publisher';
import type { PassMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { type BatchAnswer, type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { type Runtime, stateMachines } from '../runtime/environment';
import { reconcileTenants } from './reconcile-tenants';

export interface ReconcileTenantsDeps {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly reports: DriftReports;
  readonly passes: PassMessages;
}

export const compose =
  ({ ledger, log, now }: Runtime, deps: ReconcileTenantsDeps): FunctionHandler<BatchAnswer> =>
  (input) =>
    reconcileTenants({ ...deps, ledger, log, now }, input);

export const handler = onLambda((runtime) =>
  compose(runtime, {
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    reports: eventbridgeDriftReports(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    passes: sqsPassMessages(runtime.aws, runtime.environment('RECONCILIATION_QUEUE_URL')),
  }),
);
