import type { AwsSession } from '../aws/base/aws-session';
import { controlTowerLandingZone } from '../aws/control-tower/control-tower-landing-zone';
import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { sqsPartMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { organizationsTags } from '../aws/organizations/organizations-account-directory';
import { organizationsInventory } from '../aws/organizations/organizations-inventory';
import { adoptionPermissions } from '../aws/permissions/reading-permissions';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import { ENROLLMENTS_PER_WEEK } from '../domain/adoption/enrollment-week';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import type { ChangePreview } from '../ports/invoked-functions';
import type { OwnAccount } from '../ports/own-account';
import type { PartMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { type ConfiguredDeps, releasedConfiguration } from '../runtime/configuration-for';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import type { TurnDeps } from '../runtime/turn-function';
import { adoptAccounts } from './adopt-accounts';

export interface AdoptAccountsDeps extends TurnDeps, ConfiguredDeps {
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly previews: ChangePreview;
  readonly adoptions: PartMessages;
  /** Absent: STS tells. */
  readonly ownAccount?: OwnAccount;
  /** Absent: as many as AWS enrolls. */
  readonly enrollmentsPerWeek?: number | undefined;
}

export function compose(runtime: Runtime, deps: AdoptAccountsDeps): FunctionHandler<BatchAnswer> {
  const { ledger, log, now, wait } = runtime;
  const { ownAccount = stsOwnAccount(runtime.aws, 'AdoptAccounts') } = deps;
  const enrollmentsPerWeek = deps.enrollmentsPerWeek ?? ENROLLMENTS_PER_WEEK;
  return async (input) => {
    const configuration = await releasedConfiguration(runtime, deps);
    const { enrollmentConfiguration: enrollment } = configuration.platform;
    const session = sessionOf(runtime);
    return adoptAccounts(
      {
        ...deps,
        configuration,
        ownAccount,
        enrollmentsPerWeek,
        ledger,
        log,
        now,
        wait,
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

export const handler = onConfiguredLambda((runtime, configuration, configurationAt) =>
  compose(runtime, {
    configuration,
    configurationAt,
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    turns: stepFunctionsTaskTokens(runtime.aws),
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    adoptions: sqsPartMessages(runtime.aws, runtime.environment('ADOPTION_QUEUE_URL')),
  }),
);
