/** JSON, as executions and functions exchange it. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** What the function behind a state does when it is called. */
export type Answer =
  | { readonly returns: Value }
  | { readonly fails: string; readonly message?: string }
  /** It is still at work when the state gives up. */
  | { readonly stays: true }
  /** It hands its token on. Who has it answers so, says every few seconds that he is at work, or says nothing. */
  | { readonly token: Value }
  | { readonly refused: { readonly error: string; readonly cause: string } }
  | { readonly beats: number; readonly times: number; readonly then: Value }
  | { readonly silent: true };

/** How an execution ends: by its output, by its error and cause (null: none is told), or because it was stopped. */
export type End =
  | { readonly output: Value }
  | { readonly error: string | null; readonly cause: string | null }
  | { readonly status: 'ABORTED' | 'TIMED_OUT' };

/**
 * An execution that LocalStack's tests have recorded on AWS, told in our own words: the definition is ours, the events
 * and the end are those of the recording.
 */
export interface Recording {
  /** The one rule that it shows. */
  readonly shows: string;
  /** File and name of the test: see `FOLDERS`. */
  readonly from: string;
  /** The day on which it was recorded. */
  readonly on: string;
  readonly definition: object;
  readonly input?: Value;
  /** Of each function the first answer, the second, and so on; the last one stays. */
  readonly answers?: Readonly<Record<string, readonly Answer[]>>;
  /** Stopped after so many seconds. */
  readonly stoppedAfter?: number;
  /** After how many seconds it ends, where that matters. */
  readonly seconds?: number;
  /** What comes between the start of the execution and its end. */
  readonly events: readonly string[];
  readonly end: End;
}

/** Where the files of tests are, below `tests/aws/services/stepfunctions/v2`. */
const FOLDERS: Readonly<Record<string, string>> = {
  test_base: 'base/',
  test_base_scenarios: 'scenarios/',
  test_boolean_equals: 'choice_operators/',
  test_callback: 'callback/',
  test_context_object: 'context_object/',
  test_generic: 'intrinsic_functions/',
  test_heartbeats: 'timeouts/',
  test_is_operators: 'choice_operators/',
  test_lambda_task: 'services/',
  test_numeric: 'choice_operators/',
  test_sfn_api: '',
  test_string_operators: 'choice_operators/',
  test_task_lambda: 'error_handling/',
  test_task_service_sqs: 'error_handling/',
  test_timeouts: 'timeouts/',
  test_wait: 'base/',
};

/** Where it was recorded, as a line of evidence says it. */
export const sourceOf = ({ from, on }: Recording): string =>
  `localstack stepfunctions/v2/${FOLDERS[from.split(' ')[0] ?? ''] ?? '?/'}${from}, ${on}`;
