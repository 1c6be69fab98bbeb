// Written by `npm run generate` from functions/steps/table.ts.
import type { TaskName } from '../../../functions/domain/base/state-name';
import type { Runtime } from '../../../functions/runtime/environment';
import type { FunctionHandler } from '../../../functions/runtime/on-lambda';
import type { StepResult } from '../../../functions/runtime/step-handler';
import { compose as planVending } from '../../../functions/steps/PlanVending/handler';
import { compose as awaitApproval } from '../../../functions/steps/AwaitApproval/handler';
import { compose as awaitReconciliationTurn } from '../../../functions/steps/AwaitReconciliationTurn/handler';
import { compose as awaitCreationTurn } from '../../../functions/steps/AwaitCreationTurn/handler';
import { compose as awaitEnrollmentTurn } from '../../../functions/steps/AwaitEnrollmentTurn/handler';
import { compose as awaitStackSetTurn } from '../../../functions/steps/AwaitStackSetTurn/handler';
import { compose as createAccount } from '../../../functions/steps/CreateAccount/handler';
import { compose as checkAccount } from '../../../functions/steps/CheckAccount/handler';
import { compose as importAccount } from '../../../functions/steps/ImportAccount/handler';
import { compose as revokeAccess } from '../../../functions/steps/RevokeAccess/handler';
import { compose as checkAccess } from '../../../functions/steps/CheckAccess/handler';
import { compose as ensureWorkspaceUnit } from '../../../functions/steps/EnsureWorkspaceUnit/handler';
import { compose as openAccount } from '../../../functions/steps/OpenAccount/handler';
import { compose as moveAccount } from '../../../functions/steps/MoveAccount/handler';
import { compose as tagAccount } from '../../../functions/steps/TagAccount/handler';
import { compose as setAccountAlias } from '../../../functions/steps/SetAccountAlias/handler';
import { compose as awaitWithdrawalTurn } from '../../../functions/steps/AwaitWithdrawalTurn/handler';
import { compose as removeStackInstances } from '../../../functions/steps/RemoveStackInstances/handler';
import { compose as checkRemoval } from '../../../functions/steps/CheckRemoval/handler';
import { compose as enrollAccount } from '../../../functions/steps/EnrollAccount/handler';
import { compose as checkEnrollment } from '../../../functions/steps/CheckEnrollment/handler';
import { compose as deployStackInstances } from '../../../functions/steps/DeployStackInstances/handler';
import { compose as prepareAccess } from '../../../functions/steps/PrepareAccess/handler';
import { compose as checkStackInstances } from '../../../functions/steps/CheckStackInstances/handler';
import { compose as customizeAccount } from '../../../functions/steps/CustomizeAccount/handler';
import { compose as checkCustomizations } from '../../../functions/steps/CheckCustomizations/handler';
import { compose as invokeLandingZoneFunction } from '../../../functions/steps/InvokeLandingZoneFunction/handler';
import { compose as checkExternalAvm } from '../../../functions/steps/CheckExternalAvm/handler';
import { compose as grantAccess } from '../../../functions/steps/GrantAccess/handler';
import { compose as checkGrants } from '../../../functions/steps/CheckGrants/handler';
import { compose as downgradeAccessRole } from '../../../functions/steps/DowngradeAccessRole/handler';
import { compose as confirmDowngrade } from '../../../functions/steps/ConfirmDowngrade/handler';
import { compose as checkGroups } from '../../../functions/steps/CheckGroups/handler';
import { compose as completeShadow } from '../../../functions/steps/CompleteShadow/handler';
import { compose as completeVending } from '../../../functions/steps/CompleteVending/handler';
import { compose as planClosing } from '../../../functions/steps/PlanClosing/handler';
import { compose as guardAccount } from '../../../functions/steps/GuardAccount/handler';
import { compose as unenrollAccount } from '../../../functions/steps/UnenrollAccount/handler';
import { compose as awaitClosingTurn } from '../../../functions/steps/AwaitClosingTurn/handler';
import { compose as closeAccount } from '../../../functions/steps/CloseAccount/handler';
import { compose as checkClosure } from '../../../functions/steps/CheckClosure/handler';
import { compose as completeClosing } from '../../../functions/steps/CompleteClosing/handler';
import type { StepDeps } from './step-deps';

/** How the handler of each step is composed. */
export const stepHandlers: Readonly<
  Record<TaskName, (runtime: Runtime, deps: StepDeps) => FunctionHandler<StepResult>>
> = {
  PlanVending: planVending,
  AwaitApproval: awaitApproval,
  AwaitReconciliationTurn: awaitReconciliationTurn,
  AwaitCreationTurn: awaitCreationTurn,
  AwaitEnrollmentTurn: awaitEnrollmentTurn,
  AwaitStackSetTurn: awaitStackSetTurn,
  CreateAccount: createAccount,
  CheckAccount: checkAccount,
  ImportAccount: importAccount,
  RevokeAccess: revokeAccess,
  CheckAccess: checkAccess,
  EnsureWorkspaceUnit: ensureWorkspaceUnit,
  OpenAccount: openAccount,
  MoveAccount: moveAccount,
  TagAccount: tagAccount,
  SetAccountAlias: setAccountAlias,
  AwaitWithdrawalTurn: awaitWithdrawalTurn,
  RemoveStackInstances: removeStackInstances,
  CheckRemoval: checkRemoval,
  EnrollAccount: enrollAccount,
  CheckEnrollment: checkEnrollment,
  DeployStackInstances: deployStackInstances,
  PrepareAccess: prepareAccess,
  CheckStackInstances: checkStackInstances,
  CustomizeAccount: customizeAccount,
  CheckCustomizations: checkCustomizations,
  InvokeLandingZoneFunction: invokeLandingZoneFunction,
  CheckExternalAvm: checkExternalAvm,
  GrantAccess: grantAccess,
  CheckGrants: checkGrants,
  DowngradeAccessRole: downgradeAccessRole,
  ConfirmDowngrade: confirmDowngrade,
  CheckGroups: checkGroups,
  CompleteShadow: completeShadow,
  CompleteVending: completeVending,
  PlanClosing: planClosing,
  GuardAccount: guardAccount,
  UnenrollAccount: unenrollAccount,
  AwaitClosingTurn: awaitClosingTurn,
  CloseAccount: closeAccount,
  CheckClosure: checkClosure,
  CompleteClosing: completeClosing,
};
