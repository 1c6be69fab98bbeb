import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { TaskName } from '../../../functions/domain/base/state-name';
import type { OutcomePublisher } from '../../../functions/ports/outcome-publisher';
import type { TaskTokens } from '../../../functions/ports/task-tokens';
import type { WorkflowStarter } from '../../../functions/ports/workflow';
import type { Host } from '../../../functions/runtime/host';
import type { FunctionHandler } from '../../../functions/runtime/on-lambda';
import type { StepResult } from '../../../functions/runtime/run-handler';
import { compose as awaitApproval } from '../../../functions/steps/AwaitApproval/handler';
import { compose as awaitCreationTurn } from '../../../functions/steps/AwaitCreationTurn/handler';
import { compose as awaitEnrollmentTurn } from '../../../functions/steps/AwaitEnrollmentTurn/handler';
import { compose as awaitReconciliationTurn } from '../../../functions/steps/AwaitReconciliationTurn/handler';
import { compose as awaitStackSetTurn } from '../../../functions/steps/AwaitStackSetTurn/handler';
import { compose as awaitWithdrawalTurn } from '../../../functions/steps/AwaitWithdrawalTurn/handler';
import { compose as checkAccess } from '../../../functions/steps/CheckAccess/handler';
import { compose as checkAccount } from '../../../functions/steps/CheckAccount/handler';
import { compose as completeVending } from '../../../functions/steps/CompleteVending/handler';
import { compose as createAccount } from '../../../functions/steps/CreateAccount/handler';
import { compose as importAccount } from '../../../functions/steps/ImportAccount/handler';
import { compose as moveAccount } from '../../../functions/steps/MoveAccount/handler';
import { compose as openAccount } from '../../../functions/steps/OpenAccount/handler';
import { compose as planVending } from '../../../functions/steps/PlanVending/handler';
import { compose as removeStackInstances } from '../../../functions/steps/RemoveStackInstances/handler';
import { compose as checkRemoval } from '../../../functions/steps/CheckRemoval/handler';
import { compose as setAccountAlias } from '../../../functions/steps/SetAccountAlias/handler';
import { compose as tagAccount } from '../../../functions/steps/TagAccount/handler';
import { compose as enrollAccount } from '../../../functions/steps/EnrollAccount/handler';
import { compose as checkEnrollment } from '../../../functions/steps/CheckEnrollment/handler';
import { compose as deployStackInstances } from '../../../functions/steps/DeployStackInstances/handler';
import { compose as checkStackInstances } from '../../../functions/steps/CheckStackInstances/handler';
import { compose as invokeLandingZoneFunction } from '../../../functions/steps/InvokeLandingZoneFunction/handler';
import { compose as checkExternalAvm } from '../../../functions/steps/CheckExternalAvm/handler';
import { compose as revokeAccess } from '../../../functions/steps/RevokeAccess/handler';
import { compose as grantAccess } from '../../../functions/steps/GrantAccess/handler';
import { compose as checkGrants } from '../../../functions/steps/CheckGrants/handler';
import { compose as downgradeAccessRole } from '../../../functions/steps/DowngradeAccessRole/handler';
import { compose as planClosing } from '../../../functions/steps/PlanClosing/handler';
import { compose as guardAccount } from '../../../functions/steps/GuardAccount/handler';
import { compose as unenrollAccount } from '../../../functions/steps/UnenrollAccount/handler';
import { compose as awaitClosingTurn } from '../../../functions/steps/AwaitClosingTurn/handler';
import { compose as closeAccount } from '../../../functions/steps/CloseAccount/handler';
import { compose as checkClosure } from '../../../functions/steps/CheckClosure/handler';
import { compose as completeClosing } from '../../../functions/steps/CompleteClosing/handler';
import { compose as confirmDowngrade } from '../../../functions/steps/ConfirmDowngrade/handler';

export interface StepEdges {
  readonly configuration: Configuration;
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
  readonly turns: TaskTokens;
}

/** The function behind every task of the workflows, composed for this process. A state without its function does not compile. */
export function stepFunctions(
  hostOf: (state: TaskName) => Host,
  edges: StepEdges,
): Readonly<Record<TaskName, FunctionHandler<StepResult>>> {
  return {
    PlanVending: planVending(hostOf('PlanVending'), edges.configuration),
    AwaitApproval: awaitApproval(hostOf('AwaitApproval'), edges),
    AwaitReconciliationTurn: awaitReconciliationTurn(hostOf('AwaitReconciliationTurn'), edges),
    AwaitCreationTurn: awaitCreationTurn(hostOf('AwaitCreationTurn'), edges),
    AwaitEnrollmentTurn: awaitEnrollmentTurn(hostOf('AwaitEnrollmentTurn'), edges),
    AwaitStackSetTurn: awaitStackSetTurn(hostOf('AwaitStackSetTurn'), edges),
    CreateAccount: createAccount(hostOf('CreateAccount'), edges),
    CheckAccount: checkAccount(hostOf('CheckAccount'), edges),
    ImportAccount: importAccount(hostOf('ImportAccount')),
    CheckAccess: checkAccess(hostOf('CheckAccess')),
    OpenAccount: openAccount(hostOf('OpenAccount')),
    MoveAccount: moveAccount(hostOf('MoveAccount')),
    TagAccount: tagAccount(hostOf('TagAccount')),
    SetAccountAlias: setAccountAlias(hostOf('SetAccountAlias')),
    AwaitWithdrawalTurn: awaitWithdrawalTurn(hostOf('AwaitWithdrawalTurn'), edges),
    RemoveStackInstances: removeStackInstances(hostOf('RemoveStackInstances'), edges),
    CheckRemoval: checkRemoval(hostOf('CheckRemoval'), edges),
    EnrollAccount: enrollAccount(hostOf('EnrollAccount')),
    CheckEnrollment: checkEnrollment(hostOf('CheckEnrollment'), edges),
    DeployStackInstances: deployStackInstances(hostOf('DeployStackInstances'), edges),
    CheckStackInstances: checkStackInstances(hostOf('CheckStackInstances'), edges),
    InvokeLandingZoneFunction: invokeLandingZoneFunction(hostOf('InvokeLandingZoneFunction')),
    CheckExternalAvm: checkExternalAvm(hostOf('CheckExternalAvm')),
    RevokeAccess: revokeAccess(hostOf('RevokeAccess')),
    GrantAccess: grantAccess(hostOf('GrantAccess')),
    CheckGrants: checkGrants(hostOf('CheckGrants')),
    DowngradeAccessRole: downgradeAccessRole(hostOf('DowngradeAccessRole')),
    ConfirmDowngrade: confirmDowngrade(hostOf('ConfirmDowngrade')),
    CompleteVending: completeVending(hostOf('CompleteVending'), edges),
    PlanClosing: planClosing(hostOf('PlanClosing'), edges.configuration),
    GuardAccount: guardAccount(hostOf('GuardAccount')),
    UnenrollAccount: unenrollAccount(hostOf('UnenrollAccount'), edges),
    AwaitClosingTurn: awaitClosingTurn(hostOf('AwaitClosingTurn'), edges),
    CloseAccount: closeAccount(hostOf('CloseAccount'), edges),
    CheckClosure: checkClosure(hostOf('CheckClosure'), edges),
    CompleteClosing: completeClosing(hostOf('CompleteClosing'), edges),
  };
}
