import type { Change } from '../domain/records/ledger-records';
import type { StepReport } from '../domain/run/step-context';

type Facts = StepReport['result'];

/**
 * How each state tells the workflow what comes next. `done` has every word of the state's result, as it is where
 * nothing is left to do there; the other rows, one for each place that the state can send the workflow to, have what
 * differs.
 *
 * Choice and Wait states of both workflows read these words, in executions that began under the release before as well.
 * So a word may be added, and none is renamed or taken away.
 */
const WORDS = {
  /** Every state that waits for a task token. The token alone lets the workflow go on; this is for the timeline. */
  AwaitTurn: { done: { ready: true }, token: { ready: false } },

  CheckAccess: { done: { ready: true, waitSeconds: 0 } },
  CheckExternalAvm: { done: { ready: true, waitSeconds: 0 } },
  CheckGrants: { done: { ready: true, waitSeconds: 0 } },
  CheckGroups: { done: { ready: true, waitSeconds: 0 } },
  DowngradeAccessRole: { done: { ready: true, waitSeconds: 0 } },
  ConfirmDowngrade: {
    done: { downgraded: true, prepareAgain: false },
    preparation: { downgraded: false, prepareAgain: true },
  },
  PrepareAccess: { done: { ready: true, waitSeconds: 0 } },
  RevokeAccess: { done: { ready: true, waitSeconds: 0 } },

  CheckAccount: {
    done: { ready: true, createAgain: false, waitSeconds: 0 },
    request: { ready: false, createAgain: true },
  },
  CheckClosure: {
    done: { ready: true, closeAgain: false, waitSeconds: 0 },
    request: { ready: false, closeAgain: true },
  },
  CheckEnrollment: {
    done: { ready: true, enrollAgain: false, reopen: false, unenrollAgain: false, waitSeconds: 0 },
    request: { ready: false, enrollAgain: true },
    // `enrollAgain` for executions that began before there was `reopen`.
    roles: { ready: false, enrollAgain: true, reopen: true },
    // In a workflow that enrolls as well.
    unenrollment: { ready: false, unenrollAgain: true },
  },
  CheckRemoval: {
    done: { ready: true, removeAgain: false, waitSeconds: 0 },
    request: { ready: false, removeAgain: true },
  },
  CheckCustomizations: {
    done: { ready: true, waitSeconds: 0 },
    request: { ready: true },
  },
  CheckStackInstances: {
    done: { ready: true, deployAgain: false, waitSeconds: 0 },
    request: { ready: false, deployAgain: true },
  },

  CloseAccount: { done: { asked: false, turnNeeded: false, waitSeconds: 0 }, turn: { turnNeeded: true } },
  CreateAccount: { done: { asked: false, turnNeeded: false, waitSeconds: 0 }, turn: { turnNeeded: true } },
  CustomizeAccount: { done: { ready: true, waitSeconds: 0 } },
  DeployStackInstances: { done: { asked: false, turnNeeded: false, waitSeconds: 0 }, turn: { turnNeeded: true } },
  EnrollAccount: { done: { started: false, turnNeeded: false, waitSeconds: 0 }, turn: { turnNeeded: true } },
  RemoveStackInstances: { done: { asked: false, turnNeeded: false }, turn: { turnNeeded: true } },
  UnenrollAccount: {
    done: { ready: true, turnNeeded: false },
    check: { ready: false },
    turn: { ready: false, turnNeeded: true },
  },
} as const satisfies Readonly<Record<string, { readonly done: Facts } & Readonly<Record<string, Facts>>>>;

export type OutcomeState = keyof typeof WORDS;

/** What is said beside what comes next. A sentence alone is the remark. */
type Note =
  | string
  | {
      readonly remark?: string;
      readonly changes?: readonly Change[];
      /** For the workflow, in place of what `done` says. */
      readonly facts?: Facts;
    };

export interface Outcomes<State extends OutcomeState> {
  /** The workflow goes on to the next state. */
  readonly done: (note?: Note) => StepReport;
  /** The workflow comes back to this state after a pause. */
  readonly requeueAfter: (seconds: number, note?: Note) => StepReport;
  /**
   * The workflow goes to another state: to the one that asks AWS (`request`), or to the one that waits for a turn
   * (`turn`).
   */
  readonly goTo: (place: Exclude<keyof (typeof WORDS)[State], 'done'>, note?: Note) => StepReport;
}

/** What a state can say about what comes next. */
export function outcomesOf<State extends OutcomeState>(state: State): Outcomes<State> {
  const words: Readonly<Record<string, Facts>> & { readonly done: Facts } = WORDS[state];
  return {
    done: (note) => report(words.done, note),
    requeueAfter: (waitSeconds, note) => report({ ...words.done, ready: false, waitSeconds }, note),
    goTo: (place, note) => report({ ...words.done, ...words[String(place)] }, note),
  };
}

function report(words: Facts, note: Note = {}): StepReport {
  const { facts, ...said } = typeof note === 'string' ? { remark: note } : { facts: {}, ...note };
  return { result: { ...words, ...facts }, ...said };
}
