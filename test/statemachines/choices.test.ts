import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { statesOf } from './states';

/**
 * By choice a decision table: what steps have said, true (T), false (F) or nothing (-), and where the workflow goes on.
 * Each rule and each of its terms has a row. For a field that a choice asks for with `IsPresent`, T stands for a value.
 */
const VEND = `
  IsAccountKnown: PlanVending.approvalNeeded PlanVending.accountKnown
    T F AwaitApproval
    F T AwaitReconciliationTurn
    T T AwaitApproval
    F F AwaitCreationTurn
  IsImportPlanned: PlanVending.import PlanVending.shadow
    F T CompleteShadow
    T - ImportAccount
    T T CompleteShadow
    F - RevokeAccess
  IsAccessRevoked: RevokeAccess.ready PlanVending.accessOnly
    F - WaitForRevocation
    T T GrantAccess
    F T WaitForRevocation
    T - CheckAccess
  IsCreationTurnNeeded: CreateAccount.turnNeeded
    T AwaitCreationTurn
    F CheckAccount
  IsAccountCreated: CheckAccount.ready CheckAccount.createAgain
    T F CheckAccess
    F T AwaitCreationTurn
    T T CheckAccess
    F F WaitForAccount
  IsAccountOpen: CheckAccess.ready PlanVending.unenrollment PlanVending.workspaceUnit
    F - - WaitForAccess
    T T - UnenrollAccount
    T - T EnsureWorkspaceUnit
    F T - WaitForAccess
    T T T UnenrollAccount
    T - - OpenAccount
  IsAccountUnenrolled: UnenrollAccount.turnNeeded UnenrollAccount.ready PlanVending.workspaceUnit
    T T - AwaitEnrollmentTurn
    F F - CheckEnrollment
    F T T EnsureWorkspaceUnit
    T F - AwaitEnrollmentTurn
    F F T CheckEnrollment
    F T - OpenAccount
  IsWithdrawalTurnNeeded: RemoveStackInstances.turnNeeded
    T AwaitWithdrawalTurn
    F CheckRemoval
  AreStackInstancesRemoved: CheckRemoval.ready CheckRemoval.removeAgain
    T F StackInstancesRemoved
    F T RemoveStackInstances
    T T StackInstancesRemoved
    F F WaitForRemoval
  IsEnrollmentPlanned: PlanVending.enrollment SetAccountAlias.waitSeconds
    T - AwaitEnrollmentTurn
    F T WaitForOpenedRoles
    T T AwaitEnrollmentTurn
    F - WaitForRoles
  IsAccountLeaving: PlanVending.unenrollment
    T UnenrollAccount
    - EnrollAccount
  IsEnrollmentTurnNeeded: EnrollAccount.turnNeeded
    T AwaitEnrollmentTurn
    F WaitForFactory
  IsAccountEnrolled: CheckEnrollment.ready CheckEnrollment.unenrollAgain CheckEnrollment.reopen CheckEnrollment.enrollAgain
    T F F F RollOutStackSets
    F T F F UnenrollAccount
    F - F F WaitForEnrollment
    F F F F WaitForEnrollment
    F F T F OpenAccount
    F F F T EnrollAccount
    T T F F RollOutStackSets
    F T T F UnenrollAccount
    F F T T OpenAccount
  IsStackSetTurnNeeded: DeployStackInstances.turnNeeded DeployStackInstances.asked PlanVending.accountKnown
    T F T AwaitStackSetTurn
    F T F PrepareAccess
    F F F WaitForDeployment
    F T T WaitForDeployment
    T T F AwaitStackSetTurn
    F F T WaitForDeployment
  IsAccessPrepared: PrepareAccess.ready
    T CheckStackInstances
    F PrepareAccess
  AreStackInstancesCurrent: CheckStackInstances.ready CheckStackInstances.deployAgain
    T F StackInstancesCurrent
    F T DeployStackInstances
    T T StackInstancesCurrent
    F F WaitForStackInstances
  IsCustomizationPlanned: PlanVending.customizations
    T CustomizeAccount
    - InvokeLandingZoneFunction
  IsAccountCustomized: CustomizeAccount.ready
    T InvokeLandingZoneFunction
    F WaitForBuild
  IsBuildOver: CheckCustomizations.ready
    T CustomizeAccount
    F WaitForCustomization
  IsExternalAvmAwaited: PlanVending.externalAvm
    T CheckExternalAvm
    F GrantAccess
  IsExternalAvmDone: CheckExternalAvm.ready
    T GrantAccess
    F WaitForExternalAvm
  AreGrantsSeen: GrantAccess.granted GrantAccess.kept
    T T ConfirmDowngrade
    - T CheckGrants
    T - DowngradeAccessRole
    - - CheckGrants
  AreGrantsDone: CheckGrants.ready PlanVending.accessOnly GrantAccess.kept
    F - - WaitForGrants
    T T - AreGroupsAwaited
    T - T ConfirmDowngrade
    F T - WaitForGrants
    T T T AreGroupsAwaited
    T - - DowngradeAccessRole
  IsDowngradePrepared: DowngradeAccessRole.ready
    T ConfirmDowngrade
    F DowngradeAccessRole
  AreGroupsAwaited: ConfirmDowngrade.prepareAgain PlanVending.existingGroups
    T - DowngradeAccessRole
    - - CompleteVending
    F - CompleteVending
    F T CheckGroups
    T T DowngradeAccessRole
  AreGroupsDone: CheckGroups.ready
    T CompleteVending
    F WaitForGroups
`;

const CLOSE = `
  IsAccountKnown: PlanClosing.approvalNeeded PlanClosing.accountKnown PlanClosing.accountAsked
    T F F AwaitApproval
    F T F AwaitReconciliationTurn
    F F T CheckAccount
    T T F AwaitApproval
    F T T AwaitReconciliationTurn
    F F F CompleteClosing
  IsAccountMade: PlanClosing.accountAsked
    T CheckAccount
    F AwaitReconciliationTurn
  IsAccountCreated: CheckAccount.ready CheckAccount.createAgain
    T F AwaitReconciliationTurn
    F T CompleteClosing
    T T AwaitReconciliationTurn
    F F WaitForAccount
  IsShadow: PlanClosing.shadow PlanClosing.accessOnly
    T - CompleteShadow
    - T RevokeAccess
    T T CompleteShadow
    - - GuardAccount
  IsAccessRevoked: RevokeAccess.ready PlanClosing.accessOnly
    F - WaitForRevocation
    T T CompleteClosing
    F T WaitForRevocation
    T - IsAccountUsable
  IsAccountUsable: GuardAccount.accountOpen PlanClosing.customizations
    T T CustomizeAccount
    F T IsClosingPlanned
    T - WithdrawStackSets
    F - IsClosingPlanned
  IsAccountCustomized: CustomizeAccount.ready
    T WithdrawStackSets
    F WaitForBuild
  IsBuildOver: CheckCustomizations.ready
    T CustomizeAccount
    F WaitForCustomization
  IsWithdrawalTurnNeeded: RemoveStackInstances.turnNeeded
    T AwaitWithdrawalTurn
    F CheckRemoval
  AreStackInstancesRemoved: CheckRemoval.ready CheckRemoval.removeAgain
    T F StackInstancesRemoved
    F T RemoveStackInstances
    T T StackInstancesRemoved
    F F WaitForRemoval
  IsClosingPlanned: PlanClosing.closesAccount GuardAccount.accountThere GuardAccount.accountOpen
    F T T IsAliasUnwanted
    T F T CompleteClosing
    T T F CloseAccount
    F F T IsAliasUnwanted
    T F F CompleteClosing
    T T T UnenrollAccount
  IsAliasUnwanted: GuardAccount.accountOpen PlanClosing.releasesAlias
    F F CompleteClosing
    T T SetAccountAlias
    F T CompleteClosing
    T F CompleteClosing
  IsAccountUnenrolled: UnenrollAccount.ready UnenrollAccount.turnNeeded
    T F SetAccountAlias
    F T AwaitEnrollmentTurn
    T T SetAccountAlias
    F F CheckEnrollment
  IsUnenrollmentOver: CheckEnrollment.ready CheckEnrollment.enrollAgain
    T F UnenrollAccount
    F T UnenrollAccount
    T T UnenrollAccount
    F F WaitForUnenrollment
  IsClosingNext: PlanClosing.closesAccount
    T AwaitClosingTurn
    F CompleteClosing
  IsClosingTurnNeeded: CloseAccount.turnNeeded
    T AwaitClosingTurn
    F CheckClosure
  IsAccountClosed: CheckClosure.ready CheckClosure.closeAgain
    T F CompleteClosing
    F T AwaitClosingTurn
    T T CompleteClosing
    F F WaitForSuspension
`;

/** By variable; what a step has not said is not there. */
type Results = Readonly<Record<string, boolean>>;

type Row = readonly [Results, string];

function decisionsOf(table: string): Readonly<Record<string, readonly Row[]>> {
  const [, ...choices] = table.trimEnd().split(/\n {2}(?=\w)/u);
  const decisions = choices.map((choice) => {
    const [heading = '', ...rows] = choice.split('\n');
    const [name = '', ...fields] = heading.split(/:? /u);
    return [name, rows.map((row) => rowOf(fields, row.trim().split(' ')))] as const;
  });
  return Object.fromEntries(decisions);
}

function rowOf(fields: readonly string[], row: readonly string[]): Row {
  const columns = fields.map((field, column) => [`$.results.${field}`, row[column]] as const);
  const said = columns.flatMap(([variable, value]) => (value === '-' ? [] : [[variable, value === 'T'] as const]));
  return [Object.fromEntries(said), row.at(-1) ?? ''];
}

interface Comparison {
  readonly Variable: string;
  readonly IsPresent?: boolean;
  readonly BooleanEquals?: boolean;
}

interface Choice {
  readonly Choices: readonly ((Comparison | { readonly And: readonly Comparison[] }) & { readonly Next: string })[];
  readonly Default: string;
}

const comparisonsOf = (rule: Choice['Choices'][number]): readonly Comparison[] => ('And' in rule ? rule.And : [rule]);

/** As Step Functions decides, which fails where a variable is not there. */
function nextOf({ Choices, Default }: Choice, results: Results): string {
  const holds = ({ Variable, IsPresent, BooleanEquals }: Comparison): boolean => {
    const value = results[Variable];
    if (IsPresent !== undefined) return (value !== undefined) === IsPresent;
    if (value === undefined || BooleanEquals === undefined) throw new Error(`${Variable} is not there.`);
    return value === BooleanEquals;
  };
  return Choices.find((rule) => comparisonsOf(rule).every(holds))?.Next ?? Default;
}

describe.each([
  ['vend-account', vendAccount, decisionsOf(VEND)],
  ['close-account', closeAccount, decisionsOf(CLOSE)],
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
