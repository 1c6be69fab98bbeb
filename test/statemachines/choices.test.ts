import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { statesOf } from './states';

/** What steps have said, by step; a field that a choice asks for with `IsPresent` is there or not. */
type Results = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

/** By choice: what has been said, and where the workflow goes on. Each rule and each of its terms has a row. */
type Decisions = Readonly<Record<string, readonly (readonly [Results, string])[]>>;

interface Comparison {
  readonly Variable: string;
  readonly IsPresent?: boolean;
  readonly BooleanEquals?: boolean;
}

interface Choice {
  readonly Choices: readonly ((Comparison | { readonly And: readonly Comparison[] }) & { readonly Next: string })[];
  readonly Default: string;
}

const VEND: Decisions = {
  IsAccountKnown: [
    [{ PlanVending: { approvalNeeded: true, accountKnown: false } }, 'AwaitApproval'],
    [{ PlanVending: { approvalNeeded: false, accountKnown: true } }, 'AwaitReconciliationTurn'],
    [{ PlanVending: { approvalNeeded: true, accountKnown: true } }, 'AwaitApproval'],
    [{ PlanVending: { approvalNeeded: false, accountKnown: false } }, 'AwaitCreationTurn'],
  ],
  IsImportPlanned: [
    [{ PlanVending: { import: false, shadow: true } }, 'CompleteShadow'],
    [{ PlanVending: { import: true } }, 'ImportAccount'],
    [{ PlanVending: { import: true, shadow: true } }, 'CompleteShadow'],
    [{ PlanVending: { import: false } }, 'RevokeAccess'],
  ],
  IsAccessRevoked: [
    [{ RevokeAccess: { ready: false } }, 'WaitForRevocation'],
    [{ RevokeAccess: { ready: true }, PlanVending: { accessOnly: true } }, 'GrantAccess'],
    [{ RevokeAccess: { ready: false }, PlanVending: { accessOnly: true } }, 'WaitForRevocation'],
    [{ RevokeAccess: { ready: true } }, 'CheckAccess'],
  ],
  IsCreationTurnNeeded: [
    [{ CreateAccount: { turnNeeded: true } }, 'AwaitCreationTurn'],
    [{ CreateAccount: { turnNeeded: false } }, 'CheckAccount'],
  ],
  IsAccountCreated: [
    [{ CheckAccount: { ready: true, createAgain: false } }, 'CheckAccess'],
    [{ CheckAccount: { ready: false, createAgain: true } }, 'AwaitCreationTurn'],
    [{ CheckAccount: { ready: true, createAgain: true } }, 'CheckAccess'],
    [{ CheckAccount: { ready: false, createAgain: false } }, 'WaitForAccount'],
  ],
  IsAccountOpen: [
    [{ CheckAccess: { ready: false } }, 'WaitForAccess'],
    [{ CheckAccess: { ready: true }, PlanVending: { unenrollment: true } }, 'UnenrollAccount'],
    [{ CheckAccess: { ready: true }, PlanVending: { workspaceUnit: true } }, 'EnsureWorkspaceUnit'],
    [{ CheckAccess: { ready: false }, PlanVending: { unenrollment: true } }, 'WaitForAccess'],
    [{ CheckAccess: { ready: true }, PlanVending: { workspaceUnit: true, unenrollment: true } }, 'UnenrollAccount'],
    [{ CheckAccess: { ready: true } }, 'OpenAccount'],
  ],
  IsAccountUnenrolled: [
    [{ UnenrollAccount: { turnNeeded: true, ready: true } }, 'AwaitEnrollmentTurn'],
    [{ UnenrollAccount: { turnNeeded: false, ready: false } }, 'CheckEnrollment'],
    [
      { UnenrollAccount: { turnNeeded: false, ready: true }, PlanVending: { workspaceUnit: true } },
      'EnsureWorkspaceUnit',
    ],
    [{ UnenrollAccount: { turnNeeded: true, ready: false } }, 'AwaitEnrollmentTurn'],
    [{ UnenrollAccount: { turnNeeded: false, ready: false }, PlanVending: { workspaceUnit: true } }, 'CheckEnrollment'],
    [{ UnenrollAccount: { turnNeeded: false, ready: true } }, 'OpenAccount'],
  ],
  IsWithdrawalTurnNeeded: [
    [{ RemoveStackInstances: { turnNeeded: true } }, 'AwaitWithdrawalTurn'],
    [{ RemoveStackInstances: { turnNeeded: false } }, 'CheckRemoval'],
  ],
  AreStackInstancesRemoved: [
    [{ CheckRemoval: { ready: true, removeAgain: false } }, 'StackInstancesRemoved'],
    [{ CheckRemoval: { ready: false, removeAgain: true } }, 'RemoveStackInstances'],
    [{ CheckRemoval: { ready: true, removeAgain: true } }, 'StackInstancesRemoved'],
    [{ CheckRemoval: { ready: false, removeAgain: false } }, 'WaitForRemoval'],
  ],
  IsEnrollmentPlanned: [
    [{ PlanVending: { enrollment: true } }, 'AwaitEnrollmentTurn'],
    [{ PlanVending: { enrollment: false }, SetAccountAlias: { waitSeconds: true } }, 'WaitForOpenedRoles'],
    [{ PlanVending: { enrollment: true }, SetAccountAlias: { waitSeconds: true } }, 'AwaitEnrollmentTurn'],
    [{ PlanVending: { enrollment: false } }, 'WaitForRoles'],
  ],
  IsAccountLeaving: [
    [{ PlanVending: { unenrollment: true } }, 'UnenrollAccount'],
    [{}, 'EnrollAccount'],
  ],
  IsEnrollmentTurnNeeded: [
    [{ EnrollAccount: { turnNeeded: true } }, 'AwaitEnrollmentTurn'],
    [{ EnrollAccount: { turnNeeded: false } }, 'WaitForFactory'],
  ],
  IsAccountEnrolled: [
    [{ CheckEnrollment: { ready: true, unenrollAgain: false, reopen: false, enrollAgain: false } }, 'RollOutStackSets'],
    [{ CheckEnrollment: { ready: false, unenrollAgain: true, reopen: false, enrollAgain: false } }, 'UnenrollAccount'],
    [{ CheckEnrollment: { ready: false, reopen: false, enrollAgain: false } }, 'WaitForEnrollment'],
    [
      { CheckEnrollment: { ready: false, unenrollAgain: false, reopen: false, enrollAgain: false } },
      'WaitForEnrollment',
    ],
    [{ CheckEnrollment: { ready: false, unenrollAgain: false, reopen: true, enrollAgain: false } }, 'OpenAccount'],
    [{ CheckEnrollment: { ready: false, unenrollAgain: false, reopen: false, enrollAgain: true } }, 'EnrollAccount'],
    [{ CheckEnrollment: { ready: true, unenrollAgain: true, reopen: false, enrollAgain: false } }, 'RollOutStackSets'],
    [{ CheckEnrollment: { ready: false, unenrollAgain: true, reopen: true, enrollAgain: false } }, 'UnenrollAccount'],
    [{ CheckEnrollment: { ready: false, unenrollAgain: false, reopen: true, enrollAgain: true } }, 'OpenAccount'],
  ],
  IsStackSetTurnNeeded: [
    [
      { DeployStackInstances: { turnNeeded: true, asked: false }, PlanVending: { accountKnown: true } },
      'AwaitStackSetTurn',
    ],
    [
      { DeployStackInstances: { turnNeeded: false, asked: true }, PlanVending: { accountKnown: false } },
      'PrepareAccess',
    ],
    [
      { DeployStackInstances: { turnNeeded: false, asked: false }, PlanVending: { accountKnown: false } },
      'WaitForDeployment',
    ],
    [
      { DeployStackInstances: { turnNeeded: false, asked: true }, PlanVending: { accountKnown: true } },
      'WaitForDeployment',
    ],
    [
      { DeployStackInstances: { turnNeeded: true, asked: true }, PlanVending: { accountKnown: false } },
      'AwaitStackSetTurn',
    ],
    [
      { DeployStackInstances: { turnNeeded: false, asked: false }, PlanVending: { accountKnown: true } },
      'WaitForDeployment',
    ],
  ],
  IsAccessPrepared: [
    [{ PrepareAccess: { ready: true } }, 'CheckStackInstances'],
    [{ PrepareAccess: { ready: false } }, 'PrepareAccess'],
  ],
  AreStackInstancesCurrent: [
    [{ CheckStackInstances: { ready: true, deployAgain: false } }, 'StackInstancesCurrent'],
    [{ CheckStackInstances: { ready: false, deployAgain: true } }, 'DeployStackInstances'],
    [{ CheckStackInstances: { ready: true, deployAgain: true } }, 'StackInstancesCurrent'],
    [{ CheckStackInstances: { ready: false, deployAgain: false } }, 'WaitForStackInstances'],
  ],
  IsCustomizationPlanned: [
    [{ PlanVending: { customizations: true } }, 'CustomizeAccount'],
    [{}, 'InvokeLandingZoneFunction'],
  ],
  IsAccountCustomized: [
    [{ CustomizeAccount: { ready: true } }, 'InvokeLandingZoneFunction'],
    [{ CustomizeAccount: { ready: false } }, 'WaitForBuild'],
  ],
  IsBuildOver: [
    [{ CheckCustomizations: { ready: true } }, 'CustomizeAccount'],
    [{ CheckCustomizations: { ready: false } }, 'WaitForCustomization'],
  ],
  IsExternalAvmAwaited: [
    [{ PlanVending: { externalAvm: true } }, 'CheckExternalAvm'],
    [{ PlanVending: { externalAvm: false } }, 'GrantAccess'],
  ],
  IsExternalAvmDone: [
    [{ CheckExternalAvm: { ready: true } }, 'GrantAccess'],
    [{ CheckExternalAvm: { ready: false } }, 'WaitForExternalAvm'],
  ],
  AreGrantsSeen: [
    [{ GrantAccess: { granted: true, kept: true } }, 'ConfirmDowngrade'],
    [{ GrantAccess: { kept: true } }, 'CheckGrants'],
    [{ GrantAccess: { granted: true } }, 'DowngradeAccessRole'],
    [{}, 'CheckGrants'],
  ],
  AreGrantsDone: [
    [{ CheckGrants: { ready: false } }, 'WaitForGrants'],
    [{ CheckGrants: { ready: true }, PlanVending: { accessOnly: true } }, 'AreGroupsAwaited'],
    [{ CheckGrants: { ready: true }, GrantAccess: { kept: true } }, 'ConfirmDowngrade'],
    [{ CheckGrants: { ready: false }, PlanVending: { accessOnly: true } }, 'WaitForGrants'],
    [
      { CheckGrants: { ready: true }, GrantAccess: { kept: true }, PlanVending: { accessOnly: true } },
      'AreGroupsAwaited',
    ],
    [{ CheckGrants: { ready: true } }, 'DowngradeAccessRole'],
  ],
  IsDowngradePrepared: [
    [{ DowngradeAccessRole: { ready: true } }, 'ConfirmDowngrade'],
    [{ DowngradeAccessRole: { ready: false } }, 'DowngradeAccessRole'],
  ],
  AreGroupsAwaited: [
    [{ ConfirmDowngrade: { prepareAgain: true } }, 'DowngradeAccessRole'],
    [{}, 'CompleteVending'],
    [{ ConfirmDowngrade: { prepareAgain: false } }, 'CompleteVending'],
    [{ ConfirmDowngrade: { prepareAgain: false }, PlanVending: { existingGroups: true } }, 'CheckGroups'],
    [{ ConfirmDowngrade: { prepareAgain: true }, PlanVending: { existingGroups: true } }, 'DowngradeAccessRole'],
  ],
  AreGroupsDone: [
    [{ CheckGroups: { ready: true } }, 'CompleteVending'],
    [{ CheckGroups: { ready: false } }, 'WaitForGroups'],
  ],
};

const CLOSE: Decisions = {
  IsAccountKnown: [
    [{ PlanClosing: { approvalNeeded: true, accountKnown: false, accountAsked: false } }, 'AwaitApproval'],
    [{ PlanClosing: { approvalNeeded: false, accountKnown: true, accountAsked: false } }, 'AwaitReconciliationTurn'],
    [{ PlanClosing: { approvalNeeded: false, accountKnown: false, accountAsked: true } }, 'CheckAccount'],
    [{ PlanClosing: { approvalNeeded: true, accountKnown: true, accountAsked: false } }, 'AwaitApproval'],
    [{ PlanClosing: { approvalNeeded: false, accountKnown: true, accountAsked: true } }, 'AwaitReconciliationTurn'],
    [{ PlanClosing: { approvalNeeded: false, accountKnown: false, accountAsked: false } }, 'CompleteClosing'],
  ],
  IsAccountMade: [
    [{ PlanClosing: { accountAsked: true } }, 'CheckAccount'],
    [{ PlanClosing: { accountAsked: false } }, 'AwaitReconciliationTurn'],
  ],
  IsAccountCreated: [
    [{ CheckAccount: { ready: true, createAgain: false } }, 'AwaitReconciliationTurn'],
    [{ CheckAccount: { ready: false, createAgain: true } }, 'CompleteClosing'],
    [{ CheckAccount: { ready: true, createAgain: true } }, 'AwaitReconciliationTurn'],
    [{ CheckAccount: { ready: false, createAgain: false } }, 'WaitForAccount'],
  ],
  IsShadow: [
    [{ PlanClosing: { shadow: true } }, 'CompleteShadow'],
    [{ PlanClosing: { accessOnly: true } }, 'RevokeAccess'],
    [{ PlanClosing: { accessOnly: true, shadow: true } }, 'CompleteShadow'],
    [{}, 'GuardAccount'],
  ],
  IsAccessRevoked: [
    [{ RevokeAccess: { ready: false } }, 'WaitForRevocation'],
    [{ RevokeAccess: { ready: true }, PlanClosing: { accessOnly: true } }, 'CompleteClosing'],
    [{ RevokeAccess: { ready: false }, PlanClosing: { accessOnly: true } }, 'WaitForRevocation'],
    [{ RevokeAccess: { ready: true } }, 'IsAccountUsable'],
  ],
  IsAccountUsable: [
    [{ GuardAccount: { accountOpen: true }, PlanClosing: { customizations: true } }, 'CustomizeAccount'],
    [{ GuardAccount: { accountOpen: false }, PlanClosing: { customizations: true } }, 'IsClosingPlanned'],
    [{ GuardAccount: { accountOpen: true } }, 'WithdrawStackSets'],
    [{ GuardAccount: { accountOpen: false } }, 'IsClosingPlanned'],
  ],
  IsAccountCustomized: [
    [{ CustomizeAccount: { ready: true } }, 'WithdrawStackSets'],
    [{ CustomizeAccount: { ready: false } }, 'WaitForBuild'],
  ],
  IsBuildOver: [
    [{ CheckCustomizations: { ready: true } }, 'CustomizeAccount'],
    [{ CheckCustomizations: { ready: false } }, 'WaitForCustomization'],
  ],
  IsWithdrawalTurnNeeded: [
    [{ RemoveStackInstances: { turnNeeded: true } }, 'AwaitWithdrawalTurn'],
    [{ RemoveStackInstances: { turnNeeded: false } }, 'CheckRemoval'],
  ],
  AreStackInstancesRemoved: [
    [{ CheckRemoval: { ready: true, removeAgain: false } }, 'StackInstancesRemoved'],
    [{ CheckRemoval: { ready: false, removeAgain: true } }, 'RemoveStackInstances'],
    [{ CheckRemoval: { ready: true, removeAgain: true } }, 'StackInstancesRemoved'],
    [{ CheckRemoval: { ready: false, removeAgain: false } }, 'WaitForRemoval'],
  ],
  IsClosingPlanned: [
    [
      { PlanClosing: { closesAccount: false }, GuardAccount: { accountThere: true, accountOpen: true } },
      'IsAliasUnwanted',
    ],
    [
      { PlanClosing: { closesAccount: true }, GuardAccount: { accountThere: false, accountOpen: true } },
      'CompleteClosing',
    ],
    [
      { PlanClosing: { closesAccount: true }, GuardAccount: { accountThere: true, accountOpen: false } },
      'CloseAccount',
    ],
    [
      { PlanClosing: { closesAccount: false }, GuardAccount: { accountThere: false, accountOpen: true } },
      'IsAliasUnwanted',
    ],
    [
      { PlanClosing: { closesAccount: true }, GuardAccount: { accountThere: false, accountOpen: false } },
      'CompleteClosing',
    ],
    [
      { PlanClosing: { closesAccount: true }, GuardAccount: { accountThere: true, accountOpen: true } },
      'UnenrollAccount',
    ],
  ],
  IsAliasUnwanted: [
    [{ GuardAccount: { accountOpen: false }, PlanClosing: { releasesAlias: false } }, 'CompleteClosing'],
    [{ GuardAccount: { accountOpen: true }, PlanClosing: { releasesAlias: true } }, 'SetAccountAlias'],
    [{ GuardAccount: { accountOpen: false }, PlanClosing: { releasesAlias: true } }, 'CompleteClosing'],
    [{ GuardAccount: { accountOpen: true }, PlanClosing: { releasesAlias: false } }, 'CompleteClosing'],
  ],
  IsAccountUnenrolled: [
    [{ UnenrollAccount: { ready: true, turnNeeded: false } }, 'SetAccountAlias'],
    [{ UnenrollAccount: { ready: false, turnNeeded: true } }, 'AwaitEnrollmentTurn'],
    [{ UnenrollAccount: { ready: true, turnNeeded: true } }, 'SetAccountAlias'],
    [{ UnenrollAccount: { ready: false, turnNeeded: false } }, 'CheckEnrollment'],
  ],
  IsUnenrollmentOver: [
    [{ CheckEnrollment: { ready: true, enrollAgain: false } }, 'UnenrollAccount'],
    [{ CheckEnrollment: { ready: false, enrollAgain: true } }, 'UnenrollAccount'],
    [{ CheckEnrollment: { ready: true, enrollAgain: true } }, 'UnenrollAccount'],
    [{ CheckEnrollment: { ready: false, enrollAgain: false } }, 'WaitForUnenrollment'],
  ],
  IsClosingNext: [
    [{ PlanClosing: { closesAccount: true } }, 'AwaitClosingTurn'],
    [{ PlanClosing: { closesAccount: false } }, 'CompleteClosing'],
  ],
  IsClosingTurnNeeded: [
    [{ CloseAccount: { turnNeeded: true } }, 'AwaitClosingTurn'],
    [{ CloseAccount: { turnNeeded: false } }, 'CheckClosure'],
  ],
  IsAccountClosed: [
    [{ CheckClosure: { ready: true, closeAgain: false } }, 'CompleteClosing'],
    [{ CheckClosure: { ready: false, closeAgain: true } }, 'AwaitClosingTurn'],
    [{ CheckClosure: { ready: true, closeAgain: true } }, 'CompleteClosing'],
    [{ CheckClosure: { ready: false, closeAgain: false } }, 'WaitForSuspension'],
  ],
};

const comparisonsOf = (rule: Choice['Choices'][number]): readonly Comparison[] => ('And' in rule ? rule.And : [rule]);

/** As Step Functions decides, which fails where a variable is not there. */
function nextOf({ Choices, Default }: Choice, results: Results): string {
  const holds = ({ Variable, IsPresent, BooleanEquals }: Comparison): boolean => {
    const [, step = '', field = ''] = /^\$\.results\.(\w+)\.(\w+)$/u.exec(Variable) ?? [];
    const value = results[step]?.[field];
    if (IsPresent !== undefined) return (value !== undefined) === IsPresent;
    if (value === undefined || BooleanEquals === undefined) throw new Error(`${Variable} is not there.`);
    return value === BooleanEquals;
  };
  return Choices.find((rule) => comparisonsOf(rule).every(holds))?.Next ?? Default;
}

describe.each([
  ['vend-account', vendAccount, VEND],
  ['close-account', closeAccount, CLOSE],
] as const)('choices of %s', (_, machine, decisions) => {
  const choices = new Map(
    statesOf(machine).flatMap(([name, state]) => (state.Type === 'Choice' ? [[name, state as unknown as Choice]] : [])),
  );

  it('are all in the table', () => {
    expect(Object.keys(decisions).toSorted()).toEqual([...choices.keys()].toSorted());
  });

  it.each(Object.entries(decisions))('go on as the table says: %s', (name, rows) => {
    const choice = choices.get(name);
    if (choice === undefined) throw new Error(`There is no choice ${name}.`);

    expect(rows.map(([results]) => nextOf(choice, results))).toEqual(rows.map(([, next]) => next));
  });
});
