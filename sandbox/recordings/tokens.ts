import type { Answer, End, Recording } from './recording';
import { awaited, chain, entered, exited, passed, waiting } from './states';

const TIMED_OUT: End = { error: 'States.Timeout', cause: null };
const REFUSED = { refused: { error: 'Failure error', cause: 'Failure cause' } } as const;

type Case = readonly [
  shows: string,
  test: string,
  on: string,
  state: Readonly<Record<string, unknown>>,
  answer: Answer,
  how: 'Succeeded' | 'Failed' | 'TimedOut',
  end: End,
];

const CASES: readonly Case[] = [
  [
    'a state goes on with what its token brings',
    'test_callback test_sqs_wait_for_task_token',
    '2024-04-18',
    {},
    { token: { Message: 'txt' } },
    'Succeeded',
    { output: { Message: 'txt' } },
  ],
  [
    'a state with a heartbeat goes on with what its token brings',
    'test_callback test_sqs_wait_for_task_tok_with_heartbeat',
    '2024-04-18',
    { HeartbeatSeconds: 10 },
    { token: { Message: 'txt' } },
    'Succeeded',
    { output: { Message: 'txt' } },
  ],
  [
    'a state fails with the error and the cause that its token brings, as they are',
    'test_callback test_sqs_failure_in_wait_for_task_token',
    '2024-04-18',
    {},
    REFUSED,
    'Failed',
    { error: 'Failure error', cause: 'Failure cause' },
  ],
  [
    'a token that nobody answers ends by the time-out of the state, States.Timeout',
    'test_callback test_sqs_wait_for_task_token_timeout',
    '2024-04-18',
    { TimeoutSeconds: 5 },
    { silent: true },
    'TimedOut',
    TIMED_OUT,
  ],
  [
    'where nobody can know the token, the time-out ends the state, too',
    'test_callback test_sqs_wait_for_task_token_no_token_parameter',
    '2024-04-22',
    { TimeoutSeconds: 6 },
    { silent: true },
    'TimedOut',
    TIMED_OUT,
  ],
  [
    'without a heartbeat in time a state ends as by a time-out',
    'test_heartbeats test_heartbeat_timeout',
    '2024-04-18',
    { TimeoutSeconds: 600, HeartbeatSeconds: 5 },
    { silent: true },
    'TimedOut',
    TIMED_OUT,
  ],
  [
    'a heartbeat counts where the state has no time-out',
    'test_heartbeats test_heartbeat_no_timeout',
    '2024-04-18',
    { HeartbeatSeconds: 5 },
    { silent: true },
    'TimedOut',
    TIMED_OUT,
  ],
  [
    'HeartbeatSecondsPath takes the seconds from the input',
    'test_heartbeats test_heartbeat_path_timeout',
    '2024-04-18',
    { TimeoutSeconds: 600, HeartbeatSecondsPath: '$.beat' },
    { silent: true },
    'TimedOut',
    TIMED_OUT,
  ],
  [
    'heartbeats keep a state waiting, and are no events',
    'test_callback test_multiple_heartbeat_notifications',
    '2024-04-18',
    { TimeoutSeconds: 600, HeartbeatSeconds: 10 },
    { beats: 5, times: 6, then: { Message: 'txt' } },
    'Succeeded',
    { output: { Message: 'txt' } },
  ],
];

/** A heartbeat that does not come ends it before its time is over. */
const waitedFor = ({
  HeartbeatSeconds,
  HeartbeatSecondsPath,
  TimeoutSeconds,
}: Readonly<Record<string, unknown>>): number =>
  Number(HeartbeatSeconds ?? (HeartbeatSecondsPath === undefined ? TimeoutSeconds : INPUT.beat));

const INPUT = { beat: 5 };

/** States that wait for their token. */
export const tokens: readonly Recording[] = [
  ...CASES.map(([shows, from, on, state, answer, how, end]): Recording => ({
    shows,
    from,
    on,
    end,
    ...(how === 'TimedOut' ? { seconds: waitedFor(state) } : {}),
    definition: chain({ Ask: waiting('Ask', state) }),
    input: INPUT,
    answers: { Ask: [answer] },
    events: [entered('Task', 'Ask'), ...awaited(how), ...(how === 'Succeeded' ? [exited('Task', 'Ask')] : [])],
  })),
  {
    shows: 'one state that waits follows another, each with a token of its own',
    from: 'test_callback test_sqs_wait_for_task_token_call_chain',
    on: '2024-04-22',
    definition: chain({
      First: waiting('First', { ResultPath: '$.first' }),
      Second: waiting('Second', { ResultPath: '$.second' }),
    }),
    answers: { First: [{ token: { text: 'HelloWorld' } }], Second: [{ token: { text: 'HelloWorld' } }] },
    events: ['First', 'Second'].flatMap((name) => [
      entered('Task', name),
      ...awaited('Succeeded'),
      exited('Task', name),
    ]),
    end: { output: { first: { text: 'HelloWorld' }, second: { text: 'HelloWorld' } } },
  },
  {
    shows: 'a catcher takes the error that a token brings, with Error and Cause as they are',
    from: 'test_task_service_sqs test_sqs_failure_in_wait_for_task_tok',
    on: '2024-04-18',
    definition: chain({
      Ask: waiting('Ask', { Catch: [{ ErrorEquals: ['Failure error'], Next: 'Handle' }], End: true }),
      Handle: { Type: 'Pass' },
    }),
    answers: { Ask: [REFUSED] },
    events: [entered('Task', 'Ask'), ...awaited('Failed'), exited('Task', 'Ask'), ...passed('Pass', 'Handle')],
    end: { output: { Error: 'Failure error', Cause: 'Failure cause' } },
  },
];
