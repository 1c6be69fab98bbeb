import { eventbridgeDriftReports } from '../aws/messaging/eventbridge-bus';
import { sqsPassMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { DriftReports } from '../ports/outcome-publisher';
import type { PassMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { type BatchAnswer, type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { type Host, stateMachines } from '../runtime/environment';
import { reconcileTenants } from './reconcile-tenants';

export interface ReconcileTenantsEdges {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly reports: DriftReports;
  readonly passes: PassMessages;
}

export const compose =
  ({ ledger, log, now }: Host, edges: ReconcileTenantsEdges): FunctionHandler<BatchAnswer> =>
  (input) =>
    reconcileTenants({ ...edges, ledger, log, now }, input);

export const handler = onLambda((host) =>
  compose(host, {
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    watch: sqsRunWatch(host.aws, host.environment('RUN_WATCH_QUEUE_URL')),
    reports: eventbridgeDriftReports(host.aws, host.environment('EVENT_BUS_NAME')),
    passes: sqsPassMessages(host.aws, host.environment('RECONCILIATION_QUEUE_URL')),
  }),
);
