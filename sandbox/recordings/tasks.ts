import type { Recording, Value } from './recording';
import { called, causeOf, chain, entered, exited, passed, task } from './states';

const FAILS = [{ fails: 'Exception', message: 'Some exception was raised.' }] as const;
const CAUSE = causeOf('Exception', 'Some exception was raised.');
const CAUGHT = { Error: 'Exception', Cause: CAUSE };
const all = (more: object): object => ({ ErrorEquals: ['States.ALL'], ...more });
const handler = (Next = 'Handle'): object => all({ Next });

/** What is given and got, whatever it is. */
const handedOn = (what: string, value: Value, test: string, on: string): Recording => ({
  shows: `a function gets ${what} as it is, and its answer is the state's output`,
  from: `test_lambda_task ${test}`,
  on,
  definition: chain({ Work: task('Work') }),
  input: value,
  answers: { Work: [{ returns: value }] },
  events: [entered('Task', 'Work'), ...called('Succeeded'), exited('Task', 'Work')],
  end: { output: value },
});

const retried = (shows: string, from: string, on: string, retrier: object | null, tries: number): Recording => ({
  shows,
  from,
  on,
  definition: chain({ Work: task('Work', { Retry: retrier === null ? [] : [retrier] }) }),
  answers: { Work: FAILS },
  events: [entered('Task', 'Work'), ...Array.from({ length: tries }, () => called('Failed')).flat()],
  end: { error: 'Exception', cause: CAUSE },
});

const caught = (
  shows: string,
  from: string,
  on: string,
  catchers: readonly object[],
  error = 'Exception',
  message = 'Some exception was raised.',
): Recording => {
  const output = { Error: error, Cause: causeOf(error, message) };
  return {
    shows,
    from,
    on,
    definition: chain({
      Work: task('Work', { Catch: catchers }),
      Other: { Type: 'Pass', End: true },
      Handle: { Type: 'Pass', End: true },
    }),
    answers: { Work: [{ fails: error, message }] },
    events: [entered('Task', 'Work'), ...called('Failed'), exited('Task', 'Work'), ...passed('Pass', 'Handle')],
    end: { output },
  };
};

/** Task, its retriers and its catchers. */
export const tasks: readonly Recording[] = [
  handedOn('null', null, 'test_invoke_json_values[None]', '2023-08-04'),
  handedOn('a text', 'HelloWorld', 'test_invoke_json_values[HelloWorld]', '2025-11-06'),
  handedOn('a number', 0, 'test_invoke_json_values[0_0]', '2025-11-06'),
  handedOn('true', true, 'test_invoke_json_values[True]', '2025-11-06'),
  handedOn('an empty list', [], 'test_invoke_json_values[json_value6]', '2025-11-06'),
  {
    shows: 'the output of a function is the input of the next one',
    from: 'test_lambda_task test_invoke_pipe',
    on: '2025-11-06',
    definition: chain({ First: task('First'), Second: task('Second') }),
    answers: {
      First: [{ returns: { Return: 'HelloWorld' } }],
      Second: [{ returns: { Return: { Return: 'HelloWorld' } } }],
    },
    events: [
      entered('Task', 'First'),
      ...called('Succeeded'),
      exited('Task', 'First'),
      entered('Task', 'Second'),
      ...called('Succeeded'),
      exited('Task', 'Second'),
    ],
    end: { output: { Return: { Return: 'HelloWorld' } } },
  },
  {
    shows: 'a ResultPath puts the answer beside the input',
    from: 'test_lambda_task test_lambda_task_filter_parameters_input',
    on: '2025-11-06',
    definition: chain({
      Set: { Type: 'Pass', Result: { loop: { count: 0 } } },
      Work: task('Work', { ResultPath: '$.result' }),
    }),
    answers: { Work: [{ returns: { loop: { count: 0 } } }] },
    events: [...passed('Pass', 'Set'), entered('Task', 'Work'), ...called('Succeeded'), exited('Task', 'Work')],
    end: { output: { loop: { count: 0 }, result: { loop: { count: 0 } } } },
  },
  retried(
    'a function that fails ends the execution with its error, and what Lambda tells as the cause',
    'test_task_lambda test_raise_exception',
    '2024-11-28',
    null,
    1,
  ),
  retried(
    'an empty list of retriers tries nothing again',
    'test_base_scenarios test_lambda_empty_retry',
    '2023-11-23',
    null,
    1,
  ),
  // Recorded with the Lambda integration, whose events have other names.
  retried(
    'MaxAttempts 0 tries nothing again',
    'test_base_scenarios test_retry_interval_features_max_attempts_zero',
    '2024-03-27',
    all({ MaxAttempts: 0 }),
    1,
  ),
  retried(
    'MaxAttempts 2 makes three tries, each of them written down',
    'test_base_scenarios test_retry_interval_features',
    '2024-02-23',
    all({ IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 2, MaxDelaySeconds: 5, JitterStrategy: 'FULL' }),
    3,
  ),
  retried(
    'a retrier without jitter makes as many',
    'test_base_scenarios test_retry_interval_features_jitter_none',
    '2024-02-23',
    all({ IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 2, MaxDelaySeconds: 5, JitterStrategy: 'NONE' }),
    3,
  ),
  {
    shows: 'a catcher takes the error once the retriers are used up, and no event tells of a pause',
    from: 'test_base_scenarios test_lambda_invoke_with_retry_base',
    on: '2023-10-24',
    definition: chain({
      Work: task('Work', { Retry: [all({ MaxAttempts: 3 })], Catch: [handler()], End: true }),
      Handle: { Type: 'Pass' },
    }),
    answers: { Work: FAILS },
    events: [
      entered('Task', 'Work'),
      ...called('Failed'),
      ...called('Failed'),
      ...called('Failed'),
      ...called('Failed'),
      exited('Task', 'Work'),
      ...passed('Pass', 'Handle'),
    ],
    end: { output: CAUGHT },
  },
  caught(
    'States.ALL takes the error of a function, and hands Error and Cause on',
    'test_task_lambda test_raise_exception_catch',
    '2024-11-28',
    [{ ErrorEquals: ['States.Runtime'], Next: 'Other' }, handler()],
  ),
  caught(
    'a catcher takes an error by its name',
    'test_task_lambda test_raise_custom_exception',
    '2024-11-28',
    [
      { ErrorEquals: ['SomeOther'], Next: 'Other' },
      { ErrorEquals: ['CustomException'], Next: 'Handle' },
    ],
    'CustomException',
    '',
  ),
  {
    shows: 'nothing is caught where nothing has failed',
    from: 'test_base_scenarios test_catch_empty',
    on: '2023-11-24',
    definition: chain({ Work: task('Work', { Catch: [] }), Last: { Type: 'Pass' } }),
    answers: { Work: [{ returns: {} }] },
    events: [entered('Task', 'Work'), ...called('Succeeded'), exited('Task', 'Work'), ...passed('Pass', 'Last')],
    end: { output: {} },
  },
  {
    shows: 'States.Runtime is caught by no catcher',
    from: 'test_base_scenarios test_catch_states_runtime',
    on: '2023-11-23',
    definition: chain({
      Work: task('Work', {
        OutputPath: '$.no.such',
        Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Handle' }],
        End: true,
      }),
      Handle: { Type: 'Pass' },
    }),
    answers: { Work: [{ returns: {} }] },
    events: [entered('Task', 'Work'), ...called('Succeeded')],
    end: { error: 'States.Runtime', cause: "Invalid path '$.no.such' : Missing property in path $['no']" },
  },
  {
    shows: 'a time-out of a function is States.Timeout, without a cause',
    from: 'test_timeouts test_fixed_timeout_lambda',
    on: '2024-03-10',
    definition: chain({ Work: task('Work', { TimeoutSeconds: 5 }) }),
    answers: { Work: [{ stays: true }] },
    events: [entered('Task', 'Work'), ...called('TimedOut')],
    end: { error: 'States.Timeout', cause: null },
  },
];
