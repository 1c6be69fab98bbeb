import type { End, Recording, Value } from './recording';
import { chain, entered, passed } from './states';

const failed = (cause: string): End => ({ error: 'States.Runtime', cause });

type Case = readonly [
  shows: string,
  test: string,
  on: string,
  state: Readonly<Record<string, unknown>>,
  input: Value,
  end?: End,
];

const SECONDS = { SecondsPath: '$.left' };
const UNTIL = { TimestampPath: '$.until' };
const notADate = (until: string): End =>
  failed(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.until == ${until}`,
  );

const CASES: readonly Case[] = [
  [
    'Wait by SecondsPath waits for as long as its input says',
    'test_wait test_base_wait_seconds_path',
    '2024-03-22',
    SECONDS,
    { left: 1 },
  ],
  [
    'Wait by SecondsPath of one second goes on after it',
    'test_wait test_base_wait_seconds_path[1]',
    '2024-03-22',
    SECONDS,
    { left: 1, more: true },
  ],
  [
    'Wait by SecondsPath of 0 goes on at once',
    'test_wait test_base_wait_seconds_path[0]',
    '2024-03-22',
    SECONDS,
    { left: 0 },
  ],
  [
    'Wait by SecondsPath fails with States.Runtime for a negative number',
    'test_wait test_base_wait_seconds_path[-1]',
    '2024-03-22',
    SECONDS,
    { left: -1 },
    failed('The SecondsPath parameter references a negative value: $.left == -1'),
  ],
  [
    'Wait by SecondsPath fails with States.Runtime for a fraction',
    'test_wait test_base_wait_seconds_path[1.5]',
    '2024-03-22',
    SECONDS,
    { left: 1.5 },
    failed('The SecondsPath parameter cannot be parsed as a long value: $.left == 1.5'),
  ],
  [
    'Wait by SecondsPath fails with States.Runtime for a negative fraction',
    'test_wait test_base_wait_seconds_path[-1.5]',
    '2024-03-22',
    SECONDS,
    { left: -1.5 },
    failed('The SecondsPath parameter cannot be parsed as a long value: $.left == -1.5'),
  ],
  [
    'Wait by a Timestamp that is over goes on at once',
    'test_base_scenarios test_wait_timestamp',
    '2023-10-31',
    { Timestamp: '2020-01-01T00:00:00Z' },
    {},
  ],
  [
    'Wait by Timestamp takes seconds',
    'test_base_scenarios test_wait_timestamp[SECONDS]',
    '2024-12-27',
    { Timestamp: '2016-03-14T01:59:00Z' },
    {},
  ],
  [
    'Wait by Timestamp takes nanoseconds',
    'test_base_scenarios test_wait_timestamp[NANOSECONDS]',
    '2024-12-27',
    { Timestamp: '2016-03-14T01:59:00.123456789Z' },
    {},
  ],
  [
    'Wait by TimestampPath takes the time from the input',
    'test_base_scenarios test_wait_timestamp_path',
    '2023-10-31',
    UNTIL,
    { until: '2020-01-01T00:00:00Z' },
  ],
  [
    'Wait by TimestampPath takes seconds',
    'test_base_scenarios test_wait_timestamp_path[SECONDS]',
    '2024-12-27',
    UNTIL,
    { until: '2016-03-14T01:59:00Z' },
  ],
  [
    'Wait by TimestampPath takes nanoseconds',
    'test_base_scenarios test_wait_timestamp_path[NANOSECONDS]',
    '2024-12-27',
    UNTIL,
    { until: '2016-03-14T01:59:00.123456789Z' },
  ],
  [
    'Wait by TimestampPath takes microseconds',
    'test_wait test_wait_timestamppath[.000000Z]',
    '2023-12-13',
    UNTIL,
    { until: '2016-03-14T01:59:00.000000Z' },
  ],
  [
    'Wait by TimestampPath takes hundredths of a second',
    'test_wait test_wait_timestamppath[.00Z]',
    '2023-12-13',
    UNTIL,
    { until: '2016-03-14T01:59:00.00Z' },
  ],
  [
    'Wait by TimestampPath takes a time of UTC without a fraction',
    'test_wait test_wait_timestamppath[Z]',
    '2023-12-13',
    UNTIL,
    { until: '2016-03-14T02:00:00Z' },
  ],
  [
    'Wait by TimestampPath fails with States.Runtime without an offset',
    'test_wait test_wait_timestamppath[]',
    '2023-12-13',
    UNTIL,
    { until: '2016-03-14T01:59:00' },
    notADate('2016-03-14T01:59:00'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime for a fraction without an offset',
    'test_wait test_wait_timestamppath[.000000]',
    '2023-12-13',
    UNTIL,
    { until: '2016-03-14T01:59:00.000000' },
    notADate('2016-03-14T01:59:00.000000'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime without the T',
    'test_base_scenarios test_wait_timestamp_path[NO_T]',
    '2024-12-27',
    UNTIL,
    { until: '2016-03-14 01:59:00Z' },
    notADate('2016-03-14 01:59:00Z'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime without the Z',
    'test_base_scenarios test_wait_timestamp_path[NO_Z]',
    '2024-12-27',
    UNTIL,
    { until: '2016-03-14T01:59:01' },
    notADate('2016-03-14T01:59:01'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime for a month that is none',
    'test_base_scenarios test_wait_timestamp_path[INVALID_DATE]',
    '2024-12-27',
    UNTIL,
    { until: '2016-14-14T01:59:00Z' },
    notADate('2016-14-14T01:59:00Z'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime for an hour that is none',
    'test_base_scenarios test_wait_timestamp_path[INVALID_TIME]',
    '2024-12-27',
    UNTIL,
    { until: '2016-03-14T25:59:00Z' },
    notADate('2016-03-14T25:59:00Z'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime for a text that is no time',
    'test_base_scenarios test_wait_timestamp_path[INVALID_ISO]',
    '2024-12-27',
    UNTIL,
    { until: 'soon' },
    notADate('soon'),
  ],
  [
    'Wait by TimestampPath fails with States.Runtime where the time is too far away',
    'test_wait test_timestamp_too_far_in_future_boundary[24856]',
    '2023-12-13',
    UNTIL,
    { until: '2999-01-01T00:00:00Z' },
    failed('Wait state delay is too long.'),
  ],
];

/** Wait, in its forms. */
export const waits: readonly Recording[] = CASES.map(([shows, from, on, state, input, end = { output: input }]) => ({
  shows,
  from,
  on,
  input,
  end,
  definition: chain({ Pause: { Type: 'Wait', ...state } }),
  events: 'error' in end ? [entered('Wait', 'Pause')] : passed('Wait', 'Pause'),
}));
