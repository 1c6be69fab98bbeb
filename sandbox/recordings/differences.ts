/** Where an interpreter does otherwise than AWS was recorded, and why that is left as it is. */
export interface Difference {
  readonly why: string;
  /** Of which recordings it is true, by what they show; each of them has to differ. */
  readonly shows: readonly string[];
}

const WITHOUT_A_LIST = [
  '$.items[*]',
  '$.items[1:]',
  '$.items[:1]',
  '$.item.items[*]',
  '$.items[*].itemValue',
  '$.item.items[1:5].itemValue',
];

/** Of the embedded form, whose interpreter is aws-local-stepfunctions. No state of our workflows meets one of these. */
export const embeddedDifferences: readonly Difference[] = [
  {
    why: 'Its paths have to lead to a value. Our definitions have no path with a wildcard or a slice.',
    shows: WITHOUT_A_LIST.map((path) => `${path} of an input without such a list is an empty one`),
  },
  {
    why: 'It takes a path alone for CausePath, and no function. Our definitions have no Fail.',
    shows: ['CausePath takes a function of the language'],
  },
  {
    why: 'It waits until any time. Our states wait by SecondsPath, for less than a day.',
    shows: ['Wait by TimestampPath fails with States.Runtime where the time is too far away'],
  },
];

export interface MiniStackDifference extends Difference {
  /** It does not end. */
  readonly runsOn?: true;
}

const TIMESTAMPS = [
  'without an offset',
  'for a fraction without an offset',
  'without the T',
  'without the Z',
  'for a month that is none',
  'for an hour that is none',
  'for a text that is no time',
];

/** Of MiniStack, as `sandbox/requirements.in` has it. The names in backticks are those of its functions. */
export const miniStackDifferences: readonly MiniStackDifference[] = [
  {
    why: 'A Choice compares as Python does, to which true is 1 and false is 0.',
    shows: [
      'BooleanEquals true does not take 1',
      'BooleanEquals false does not take 0',
      'BooleanEqualsPath of true does not take 1',
      'IsNumeric true does not take true',
    ],
  },
  {
    why: '`_resolve_path` gives null for what is not there, so that IsPresent cannot tell the two apart.',
    shows: ['IsPresent true takes null', 'IsPresent false does not take null'],
  },
  {
    why: '`_resolve_path` gives null for what is not there, and no path fails.',
    shows: [
      'a path in Parameters that leads nowhere is States.Runtime',
      'an InputPath that leads nowhere is States.Runtime',
      'an OutputPath that leads nowhere is States.Runtime',
      'States.Runtime is caught by no catcher',
    ],
  },
  {
    why: '`_resolve_path` knows fields, numbers and wildcards, and neither slices nor filters.',
    shows: [
      '$.items[1:] of an input without such a list is an empty one',
      '$.items[:1] of an input without such a list is an empty one',
      '$.item.items[1:5].itemValue of an input without such a list is an empty one',
      'a path that filters a list gives a list',
    ],
  },
  { why: 'States.Format writes null as Python does: None.', shows: ['States.Format writes null'] },
  {
    why: '`_fail_state_error` gives a Fail without a name the name States.Fail.',
    shows: [
      'a Fail without Error and Cause ends the execution without either',
      'a Fail without a name ends Map and execution without an error',
    ],
  },
  {
    why: 'It has a cause for a time-out, in words of its own; AWS has none.',
    shows: [
      'a time-out of a function is States.Timeout, without a cause',
      'a token that nobody answers ends by the time-out of the state, States.Timeout',
      'where nobody can know the token, the time-out ends the state, too',
    ],
  },
  {
    why: '`_send_task_heartbeat` notes the time, and nobody reads it: a state waits for as long as its time-out allows.',
    runsOn: true,
    shows: [
      'without a heartbeat in time a state ends as by a time-out',
      'a heartbeat counts where the state has no time-out',
      'HeartbeatSecondsPath takes the seconds from the input',
    ],
  },
  {
    why: 'TimeoutSeconds of a state machine is not read, and no execution is TIMED_OUT.',
    runsOn: true,
    shows: ['a TimeoutSeconds of the whole state machine ends the execution as TIMED_OUT'],
  },
  {
    why: '`_execute_wait` waits for any number above 0, and for no other value: none is refused.',
    shows: ['for a negative number', 'for a fraction', 'for a negative fraction'].map(
      (value) => `Wait by SecondsPath fails with States.Runtime ${value}`,
    ),
  },
  {
    why: '`_sleep_until` goes on at once with a text that it cannot read, and takes more texts than AWS.',
    shows: TIMESTAMPS.map((text) => `Wait by TimestampPath fails with States.Runtime ${text}`),
  },
  {
    why: '`_sleep_until` waits until any time.',
    runsOn: true,
    shows: ['Wait by TimestampPath fails with States.Runtime where the time is too far away'],
  },
];
