import type { AwsSession } from '../aws/base/aws-session';
import { controlTowerLandingZone } from '../aws/control-tower/control-tower-landing-zone';
import { controlTowerBaselines } from '../aws/control-tower/control-tower-baselines';
import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import { sqsPartMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { organizationsTree } from '../aws/organizations/organizations-tree';
import { landingZoneUpdatePermissions } from '../aws/permissions/shared-actions';
import { serviceCatalogAccountFactory } from '../aws/service-catalog/service-catalog-account-factory';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { Configuration } from '../domain/configuration/configuration';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import type { ChangePreview } from '../ports/invoked-functions';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { PartMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import type { ConfiguredDeps } from '../runtime/configuration-for';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import type { Fleet } from './plan-landing-zone';
import { rollOut } from './roll-out';

export interface RollOutDeps extends ConfiguredDeps {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly previews: ChangePreview;
  readonly rollouts: PartMessages;
  readonly outcomes: OutcomePublisher;
}

export const compose =
  (runtime: Runtime, deps: RollOutDeps): FunctionHandler<BatchAnswer> =>
  (input) => {
    const { ledger, log, metrics, now } = runtime;
    return rollOut({ ...deps, fleet: fleetOf(runtime, deps.configuration), ledger, log, metrics, now }, input);
  };

/** Control Tower as the deployed configuration names it, for one invocation. */
function fleetOf(runtime: Runtime, { platform: { enrollmentConfiguration: enrollment } }: Configuration): Fleet | null {
  if (enrollment === undefined) return null;
  const session = sessionOf(runtime);
  return {
    controlTower: controlTowerLandingZone(session, enrollment.region),
    baselines: controlTowerBaselines(session, enrollment.region),
    factory: serviceCatalogAccountFactory(session, enrollment.region),
    productId: enrollment.accountFactoryProductId ?? null,
    tree: organizationsTree(session),
  };
}

const sessionOf = (runtime: Runtime): AwsSession => ({
  settings: runtime.aws,
  functionName: 'RollOut',
  sessionName: 'RollOut',
  managementRoleArn: () => runtime.environment('MANAGEMENT_ROLE_ARN'),
  memberEntryRoleArn: () => runtime.environment('MEMBER_ENTRY_ROLE_ARN'),
  automationRoleArn: () => runtime.environment('AUTOMATION_ROLE_ARN'),
  secrets: runtime.secrets,
  permissions: landingZoneUpdatePermissions,
  pacer: ledgerCallPacer(runtime),
});

export const handler = onConfiguredLambda((runtime, configuration, configurationAt) =>
  compose(runtime, {
    configuration,
    configurationAt,
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    rollouts: sqsPartMessages(runtime.aws, runtime.environment('ROLLOUT_QUEUE_URL')),
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
  }),
);
