import type { TaskName } from '../../functions/domain/base/state-name';
import type { WorkflowName } from '../../functions/domain/base/workflow-facts';
import { stepNames } from '../../functions/steps/each-step';
import { OF_LAMBDA } from '../statemachines/lambda-errors';

/** What becomes of one call of a function; of a waiting state, what becomes of its token. */
export type Answer =
  | { readonly returns: object }
  | { readonly fails: string }
  | { readonly token: object }
  | { readonly refused: string }
  | { readonly lost: true };

/** By state: the first call gets the first answer, and so on; the last answer is that of all others. */
type Answers = Readonly<Partial<Record<TaskName, readonly [Answer, ...Answer[]]>>>;

/** One way through a state machine. */
export interface WalkedPath {
  readonly name: string;
  readonly workflow: WorkflowName;
  readonly answers: Answers;
}

const returns = (result: object): Answer => ({ returns: result });
const fails = (error: string): Answer => ({ fails: error });

const TURN: Answer = { token: { waitSeconds: 7 } };
const LOST: Answer = { lost: true };
const DONE = returns({ done: true });
const READY = returns({ ready: true, waitSeconds: 0 });
const PENDING = { ready: false, waitSeconds: 20 };
const ASKED = returns({ turnNeeded: false, waitSeconds: 5 });
const DEPLOYED = returns({ asked: true, turnNeeded: false, waitSeconds: 5 });
const TURN_NEEDED = returns({ turnNeeded: true, waitSeconds: 0 });

const PLAN = {
  accountKnown: false,
  import: false,
  enrollment: true,
  externalAvm: false,
  approvalNeeded: false,
  approvalSeconds: 0,
  stackSets: ['baseline'],
  stackSetRemovals: [],
};

/** A step without an answer below has done its work at once. */
const EVERY_STEP: Answers = Object.fromEntries(stepNames.map((name) => [name, [DONE]]));

/** The one customization is started, waited for and over; then nothing is left to be run. */
const CUSTOMIZED: Answers = {
  CustomizeAccount: [returns({ ready: false, waitSeconds: 15 }), READY],
  CheckCustomizations: [returns(PENDING), READY],
};

/** A new account, in which all goes well at once. */
const VENDED: Answers = {
  ...EVERY_STEP,
  PlanVending: [returns(PLAN)],
  AwaitReconciliationTurn: [TURN],
  AwaitCreationTurn: [TURN],
  RevokeAccess: [READY],
  CreateAccount: [ASKED],
  CheckAccount: [READY],
  CheckAccess: [READY],
  UnenrollAccount: [returns({ ready: true, turnNeeded: false })],
  EnsureWorkspaceUnit: [returns({ organizationalUnitId: 'ou-ab12-retail01' })],
  OpenAccount: [returns({ waitSeconds: 30 })],
  AwaitWithdrawalTurn: [TURN],
  RemoveStackInstances: [ASKED],
  CheckRemoval: [READY],
  AwaitEnrollmentTurn: [TURN],
  EnrollAccount: [ASKED],
  CheckEnrollment: [READY],
  AwaitStackSetTurn: [TURN],
  DeployStackInstances: [DEPLOYED],
  PrepareAccess: [READY],
  CheckStackInstances: [READY],
  CheckExternalAvm: [READY],
  CheckGrants: [READY],
  DowngradeAccessRole: [READY],
  CheckGroups: [READY],
};

const CLOSING = {
  accountKnown: true,
  accountAsked: false,
  approvalNeeded: false,
  approvalSeconds: 0,
  closesAccount: true,
  releasesAlias: false,
  stackSetRemovals: ['baseline'],
};
const KEPT = { ...CLOSING, closesAccount: false, stackSetRemovals: [] };
const OPEN = { accountThere: true, accountOpen: true };
const SUSPENDED = { accountThere: true, accountOpen: false };
const GONE = { accountThere: false, accountOpen: false };

/** An account in use, which is closed. */
const CLOSED: Answers = {
  ...EVERY_STEP,
  PlanClosing: [returns(CLOSING)],
  CheckAccount: [READY],
  AwaitReconciliationTurn: [TURN],
  GuardAccount: [returns(OPEN)],
  RevokeAccess: [READY],
  AwaitWithdrawalTurn: [TURN],
  RemoveStackInstances: [ASKED],
  CheckRemoval: [READY],
  UnenrollAccount: [READY],
  AwaitEnrollmentTurn: [TURN],
  CheckEnrollment: [READY],
  AwaitClosingTurn: [TURN],
  CloseAccount: [ASKED],
  CheckClosure: [READY],
};

const vending = (name: string, answers: Answers = {}): WalkedPath => ({
  name: `vending: ${name}`,
  workflow: 'vend-account',
  answers: { ...VENDED, ...answers },
});
const closing = (name: string, answers: Answers = {}): WalkedPath => ({
  name: `closing: ${name}`,
  workflow: 'close-account',
  answers: { ...CLOSED, ...answers },
});

/** Every state of both machines, every way on from it, and every retrier. */
export const WALKED_PATHS: readonly WalkedPath[] = [
  vending('a new account'),
  vending('a known account with nothing in it', {
    PlanVending: [returns({ ...PLAN, accountKnown: true, enrollment: false, stackSets: [] })],
  }),
  vending('a new account whose stacks are there already', {
    DeployStackInstances: [returns({ asked: false, turnNeeded: false, waitSeconds: 0 })],
  }),
  vending('an imported account, another vending machine, stack sets that go and come', {
    PlanVending: [
      returns({
        approvalNeeded: false,
        approvalSeconds: 0,
        accountKnown: true,
        import: true,
        enrollment: false,
        externalAvm: true,
        stackSets: ['one', 'two'],
        stackSetRemovals: ['old', 'older'],
      }),
    ],
  }),
  vending('everything is waited for', {
    PlanVending: [
      returns({ ...PLAN, accountKnown: true, externalAvm: true, existingGroups: true, stackSetRemovals: ['old'] }),
    ],
    RevokeAccess: [returns(PENDING), READY],
    CheckAccess: [returns(PENDING), returns(PENDING), READY],
    CheckRemoval: [returns({ ...PENDING, removeAgain: false }), READY],
    CheckEnrollment: [returns({ ...PENDING, reopen: false, unenrollAgain: false, enrollAgain: false }), READY],
    CheckStackInstances: [returns({ ...PENDING, deployAgain: false }), READY],
    CheckExternalAvm: [returns(PENDING), READY],
    CheckGrants: [returns(PENDING), READY],
    DowngradeAccessRole: [returns(PENDING), READY],
    CheckGroups: [returns(PENDING), READY],
  }),
  vending('the account is waited for, and asked for again', {
    PrepareAccess: [returns(PENDING), READY],
    CheckAccount: [
      returns({ ...PENDING, createAgain: false }),
      returns({ ...PENDING, createAgain: true }),
      returns({ ...PENDING, createAgain: false }),
      READY,
    ],
  }),
  vending('enrolled again, and opened again', {
    CheckEnrollment: [
      returns({ ...PENDING, reopen: false, unenrollAgain: false, enrollAgain: true }),
      returns({ ...PENDING, reopen: true, unenrollAgain: false, enrollAgain: false }),
      READY,
    ],
  }),
  vending('into the unit of its workspace', {
    SetAccountAlias: [returns({ waitSeconds: 12 })],
    PlanVending: [returns({ ...PLAN, workspaceUnit: true, enrollment: false })],
  }),
  vending('out of Control Tower, and into the unit of its workspace', {
    PlanVending: [returns({ ...PLAN, accountKnown: true, unenrollment: true, workspaceUnit: true, enrollment: false })],
    UnenrollAccount: [
      returns({ ready: false, turnNeeded: true }),
      returns({ ready: false, turnNeeded: false }),
      returns({ ready: true, turnNeeded: false }),
    ],
    CheckEnrollment: [returns({ ...PENDING, reopen: false, unenrollAgain: true, enrollAgain: false })],
  }),
  vending('out of Control Tower, where nothing is left of it', {
    PlanVending: [returns({ ...PLAN, accountKnown: true, unenrollment: true, enrollment: false })],
  }),
  vending('deployed again, and removed again', {
    PlanVending: [returns({ ...PLAN, stackSetRemovals: ['old'] })],
    CheckRemoval: [returns({ ...PENDING, removeAgain: true }), READY],
    CheckStackInstances: [returns({ ...PENDING, deployAgain: true }), READY],
  }),
  vending('turns are needed again', {
    PlanVending: [returns({ ...PLAN, stackSetRemovals: ['old'] })],
    CreateAccount: [TURN_NEEDED, ASKED],
    RemoveStackInstances: [TURN_NEEDED, ASKED],
    EnrollAccount: [TURN_NEEDED, ASKED],
    DeployStackInstances: [TURN_NEEDED, TURN_NEEDED, DEPLOYED],
  }),
  vending('tokens are lost, and asked for again', {
    AwaitCreationTurn: [LOST, LOST, LOST, TURN],
    AwaitEnrollmentTurn: [LOST, TURN],
    AwaitStackSetTurn: [LOST, ...Array.from({ length: 19 }, () => LOST), TURN],
  }),
  vending('the function of a turn fails before its token is answered', {
    AwaitCreationTurn: [fails('TransientError'), LOST, fails('Lambda.TooManyRequestsException'), TURN],
  }),
  vending('a turn is refused', { AwaitCreationTurn: [{ refused: 'RejectedError' }] }),
  vending('faults pass', {
    PlanVending: [fails('TransientError'), fails('Lambda.ServiceException'), fails('Runtime.ExitError'), returns(PLAN)],
    DeployStackInstances: [fails('TransientError'), fails('TypeError'), DEPLOYED],
  }),
  vending('AWS says no', { CreateAccount: [fails('RejectedError')] }),
  vending('AWS says no to one stack set', { DeployStackInstances: [fails('RejectedError')] }),
  vending('the request is wrong', { PlanVending: [fails('InvalidRequestError')] }),
  vending('a fault does not pass', { MoveAccount: [fails('TransientError')] }),
  vending('nobody knows the fault', { TagAccount: [fails('TypeError')] }),
  vending('the turn of a stack set fails for good', { AwaitStackSetTurn: [fails('TransientError')] }),
  ...OF_LAMBDA.map((error) => vending(`${error}, again and again`, { GrantAccess: [fails(error)] })),
  closing('an account in use'),
  vending('a customization is run', {
    ...CUSTOMIZED,
    PlanVending: [returns({ ...PLAN, customizations: true })],
  }),
  vending('a customization fails', {
    ...CUSTOMIZED,
    PlanVending: [returns({ ...PLAN, customizations: true })],
    CheckCustomizations: [fails('CustomizationError')],
  }),
  closing('a customization is taken back', {
    ...CUSTOMIZED,
    PlanClosing: [returns({ ...CLOSING, customizations: true })],
  }),
  vending('an account that is approved', {
    PlanVending: [returns({ ...PLAN, approvalNeeded: true, approvalSeconds: 86_400 })],
    AwaitApproval: [{ token: { decision: 'approve' } }],
  }),
  vending('an account that is not approved', {
    PlanVending: [returns({ ...PLAN, approvalNeeded: true, approvalSeconds: 86_400 })],
    AwaitApproval: [{ refused: 'RejectedError' }],
  }),
  closing('a closing that is approved', {
    PlanClosing: [returns({ ...CLOSING, approvalNeeded: true, approvalSeconds: 86_400 })],
    AwaitApproval: [{ token: { decision: 'approve' } }],
  }),
  vending('a landing zone that does not act', {
    PlanVending: [returns({ ...PLAN, accountKnown: true, shadow: true })],
  }),
  closing('a landing zone that does not act', {
    PlanClosing: [returns({ ...CLOSING, shadow: true })],
  }),
  closing('an account that is kept', { PlanClosing: [returns(KEPT)] }),
  closing('a kept account without its alias', { PlanClosing: [returns({ ...KEPT, releasesAlias: true })] }),
  closing('a kept account that is suspended', {
    PlanClosing: [returns(KEPT)],
    GuardAccount: [returns(SUSPENDED)],
  }),
  closing('a suspended account', { GuardAccount: [returns(SUSPENDED)] }),
  closing('an account that has left', { GuardAccount: [returns(GONE)] }),
  closing('no account', { PlanClosing: [returns({ ...CLOSING, accountKnown: false })] }),
  closing('an account that was asked for', {
    PlanClosing: [returns({ ...CLOSING, accountKnown: false, accountAsked: true })],
    CheckAccount: [returns({ ...PENDING, createAgain: false }), READY],
  }),
  closing('an account that AWS has not made', {
    PlanClosing: [returns({ ...CLOSING, accountKnown: false, accountAsked: true })],
    CheckAccount: [returns({ ...PENDING, createAgain: true })],
  }),
  closing('everything is waited for', {
    RevokeAccess: [returns(PENDING), READY],
    RemoveStackInstances: [TURN_NEEDED, ASKED],
    CheckRemoval: [returns({ ...PENDING, removeAgain: true }), returns({ ...PENDING, removeAgain: false }), READY],
    UnenrollAccount: [
      returns({ ...PENDING, turnNeeded: true }),
      returns({ ...PENDING, turnNeeded: false }),
      returns({ ...PENDING, turnNeeded: false }),
      READY,
    ],
    CheckEnrollment: [returns({ ...PENDING, enrollAgain: false }), returns({ ...PENDING, enrollAgain: true }), READY],
    CloseAccount: [TURN_NEEDED, ASKED],
    CheckClosure: [returns({ ...PENDING, closeAgain: true }), returns({ ...PENDING, closeAgain: false }), READY],
  }),
  closing('turns are lost', { AwaitReconciliationTurn: [LOST, TURN], AwaitClosingTurn: [LOST, LOST, TURN] }),
  closing('AWS says no', { CloseAccount: [fails('RejectedError')] }),
  closing('there is no place for the function', { CloseAccount: [fails('Lambda.TooManyRequestsException')] }),
];
