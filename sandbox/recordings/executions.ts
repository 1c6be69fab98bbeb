import type { Recording } from './recording';
import { chain, entered, passed, task } from './states';

const TEXTS = { Error: 'error string', Cause: 'cause string' };

/** How executions end. */
export const executions: readonly Recording[] = [
  {
    shows: 'an execution has the output of its last state',
    from: 'test_sfn_api test_start_execution',
    on: '2024-06-30',
    definition: chain({ Last: { Type: 'Pass', Result: { Arg1: 'argument1' } } }),
    events: passed('Pass', 'Last'),
    end: { output: { Arg1: 'argument1' } },
  },
  {
    shows: 'a Fail ends the execution with its Error and Cause, and is not exited',
    from: 'test_base test_state_fail',
    on: '2024-03-06',
    definition: chain({ End: { Type: 'Fail', Error: 'SomeFailure', Cause: 'No more.' } }),
    events: [entered('Fail', 'End')],
    end: { error: 'SomeFailure', cause: 'No more.' },
  },
  {
    shows: 'a Fail without Error and Cause ends the execution without either',
    from: 'test_base test_state_fail_empty',
    on: '2024-03-06',
    definition: chain({ End: { Type: 'Fail' } }),
    events: [entered('Fail', 'End')],
    end: { error: null, cause: null },
  },
  {
    shows: 'ErrorPath and CausePath take both from the input',
    from: 'test_base test_state_fail_path',
    on: '2024-02-07',
    definition: chain({ End: { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' } }),
    input: TEXTS,
    events: [entered('Fail', 'End')],
    end: { error: 'error string', cause: 'cause string' },
  },
  {
    shows: 'CausePath takes a function of the language',
    from: 'test_base test_state_fail_intrinsic',
    on: '2024-02-07',
    definition: chain({
      End: { Type: 'Fail', ErrorPath: '$.Error', CausePath: "States.Format('{} by {}.', $.Error, $.Cause)" },
    }),
    input: TEXTS,
    events: [entered('Fail', 'End')],
    end: { error: 'error string', cause: 'error string by cause string.' },
  },
  {
    shows: 'an ErrorPath that leads nowhere is States.Runtime',
    from: 'test_base_scenarios test_invalid_jsonpath[INVALID_JSONPATH_IN_ERRORPATH]',
    on: '2025-01-02',
    definition: chain({
      Set: { Type: 'Pass', Result: { Error: 'value' } },
      End: { Type: 'Fail', ErrorPath: '$.ErrorX', Cause: 'fixed' },
    }),
    events: [...passed('Pass', 'Set'), entered('Fail', 'End')],
    end: {
      error: 'States.Runtime',
      cause:
        "The JSONPath '$.ErrorX' specified for the field 'ErrorPath' could not be found in the input '{\"Error\":\"value\"}'",
    },
  },
  {
    shows: 'an execution that is stopped has one more event, and the state that it was in is not exited',
    from: 'test_sfn_api test_stop_execution',
    on: '2024-05-06',
    definition: chain({ Pause: { Type: 'Wait', Seconds: 3600 } }),
    stoppedAfter: 5,
    events: [entered('Wait', 'Pause')],
    end: { status: 'ABORTED' },
  },
  {
    shows: 'a TimeoutSeconds of the whole state machine ends the execution as TIMED_OUT',
    from: 'test_timeouts test_global_timeout',
    on: '2024-03-10',
    definition: { TimeoutSeconds: 5, ...chain({ Work: task('Work') }) },
    answers: { Work: [{ stays: true }] },
    events: [entered('Task', 'Work'), 'LambdaFunctionScheduled', 'LambdaFunctionStarted'],
    end: { status: 'TIMED_OUT' },
  },
];
