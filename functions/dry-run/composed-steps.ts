// Written by `npm run generate` from functions/steps/table.ts and the state machines.
import type { Step } from '../domain/run/step-context';
import { revokeAccess } from '../steps/RevokeAccess/step';
import { openAccount } from '../steps/OpenAccount/step';
import { tagAccount } from '../steps/TagAccount/step';
import { setAccountAlias } from '../steps/SetAccountAlias/step';
import { grantAccess } from '../steps/GrantAccess/step';
import { checkGrants } from '../steps/CheckGrants/step';
import { downgradeAccessRole } from '../steps/DowngradeAccessRole/step';
import { confirmDowngrade } from '../steps/ConfirmDowngrade/step';
import type { StepPorts } from './step-ports';

/** The steps that a dry run carries out as they are. */
export const composedSteps = {
  RevokeAccess: revokeAccess,
  OpenAccount: openAccount,
  TagAccount: tagAccount,
  SetAccountAlias: setAccountAlias,
  GrantAccess: grantAccess,
  CheckGrants: checkGrants,
  DowngradeAccessRole: downgradeAccessRole,
  ConfirmDowngrade: confirmDowngrade,
} satisfies Readonly<Record<string, (ports: StepPorts) => Step>>;

/** The states of each workflow that a dry run carries out, in their order. */
export const VENDING_STATES = [
  'ImportAccount',
  'RevokeAccess',
  'CheckAccess',
  'UnenrollAccount',
  'EnsureWorkspaceUnit',
  'OpenAccount',
  'MoveAccount',
  'TagAccount',
  'SetAccountAlias',
  'RemoveStackInstances',
  'EnrollAccount',
  'DeployStackInstances',
  'CustomizeAccount',
  'GrantAccess',
  'CheckGrants',
  'DowngradeAccessRole',
  'ConfirmDowngrade',
  'CheckGroups',
] as const;
export const CLOSING_STATES = [
  'GuardAccount',
  'RevokeAccess',
  'CustomizeAccount',
  'RemoveStackInstances',
  'UnenrollAccount',
  'SetAccountAlias',
  'CloseAccount',
  'CheckClosure',
] as const;
