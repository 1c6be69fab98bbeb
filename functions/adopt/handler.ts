import type { AwsSession } from '../aws/base/assumed-role';
import { controlTowerLandingZone } from '../aws/control-tower/control-tower-landing-zone';
import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { sqsAdoptionMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { organizationsTags } from '../aws/organizations/organizations-account-directory';
import { organizationsInventory } from '../aws/organizations/organizations-inventory';
import { adoptionPermissions } from '../aws/permissions/reading-permissions';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import { ENROLLMENTS_PER_WEEK } from '../domain/adoption/enrollment-week';
import type { Configuration } from '../domain/configuration/configuration';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import type { ChangePreview } from '../ports/invoked-functions';
import type { OwnAccount } from '../ports/own-account';
import type { AdoptionMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import type { TurnDeps } from '../runtime/turn-function';
import { adoptAccounts } from './adopt-accounts';

export interface AdoptAccountsDeps extends TurnDeps {
  readonly configuration: Configuration;
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly previews: ChangePreview;
  readonly adoptions: AdoptionMessages;
  /** Absent: STS tells. */
  readonly ownAccount?: OwnAccount;
  /** Absent: as many as AWS enrolls. */
  readonly enrollmentsPerWeek?: number | undefined;
}

export function compose(runtime: Runtime, deps: AdoptAccountsDeps): FunctionHandler<BatchAnswer> {
  const { ledger, log, now, wait } = runtime;
  const { ownAccount = stsOwnAccount(runtime.aws, 'AdoptAccounts'), configuration } = deps;
  const enrollmentsPerWeek = deps.enrollmentsPerWeek ?? ENROLLMENTS_PER_WEEK;
  const { enrollmentConfiguration: enrollment } = configuration.platform;
  return (input) => {
    const session = sessionOf(runtime);
    return adoptAccounts(
      {
        ...{ ...deps, ownAccount, enrollmentsPerWeek, ledger, log, now, wait },
        inventory: organizationsInventory(session),
        tags: organizationsTags(session),
        controlTower: enrollment === undefined ? null : controlTowerLandingZone(session, enrollment.region),
      },
      input,
    );
  };
}

/** For one invocation. It only reads: what a run does to an account, the functions of its states do. */
const sessionOf = (runtime: Runtime): AwsSession => ({
  settings: runtime.aws,
  functionName: 'AdoptAccounts',
  sessionName: 'AdoptAccounts',
  managementRoleArn: () => runtime.environment('MANAGEMENT_ROLE_ARN'),
  memberEntryRoleArn: () => runtime.environment('MEMBER_ENTRY_ROLE_ARN'),
  automationRoleArn: () => runtime.environment('AUTOMATION_ROLE_ARN'),
  secrets: runtime.secrets,
  permissions: adoptionPermissions,
  pacer: ledgerCallPacer(runtime),
});

export const handler = onConfiguredLambda((runtime, configuration) =>
  compose(runtime, {
    configuration,
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    turns: stepFunctionsTaskTokens(runtime.aws),
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    adoptions: sqsAdoptionMessages(runtime.aws, runtime.environment('ADOPTION_QUEUE_URL')),
  }),
);
