import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { eventbridgeDriftReports } from '../aws/messaging/eventbridge-bus';
import { sqsPassMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import type { ConfigurationAt } from '../ports/configurations';
import type { ChangePreview } from '../ports/invoked-functions';
import type { DriftReports } from '../ports/outcome-publisher';
import type { PassMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { reconcileTenants } from './reconcile-tenants';

export interface ReconcileTenantsDeps {
  readonly configurationAt: ConfigurationAt;
  readonly previews: ChangePreview;
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly reports: DriftReports;
  readonly passes: PassMessages;
}

export const compose =
  (runtime: Runtime, deps: ReconcileTenantsDeps): FunctionHandler<BatchAnswer> =>
  (input) => {
    const { ledger, log, now, wait } = runtime;
    return reconcileTenants({ ...deps, ledger, log, now, wait, pacer: ledgerCallPacer(runtime) }, input);
  };

export const handler = onConfiguredLambda((runtime, _, configurationAt) =>
  compose(runtime, {
    configurationAt,
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    reports: eventbridgeDriftReports(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    passes: sqsPassMessages(runtime.aws, runtime.environment('RECONCILIATION_QUEUE_URL')),
  }),
);
