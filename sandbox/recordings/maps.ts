import type { Recording, Value } from './recording';
import { chain, entered, exited, iterated, passed } from './states';

type States = Readonly<Record<string, unknown>>;

const map = (processor: object, more: States = {}): States => ({
  Type: 'Map',
  MaxConcurrency: 1,
  ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...processor },
  ...more,
});
const PASS = chain({ Item: { Type: 'Pass' } });
const FAIL = chain({ Item: { Type: 'Fail', Error: 'ItemError', Cause: 'ItemCause' } });
const ITEM_FAILED = { error: 'ItemError', cause: 'ItemCause' } as const;

/** A Map that passes its items on. */
const through = (
  shows: string,
  from: string,
  on: string,
  items: readonly Value[],
  more: States = {},
  outputs: Value = items,
  input: Value = items,
): Recording => ({
  shows,
  from,
  on,
  input,
  definition: chain({ Each: map(PASS, more) }),
  events: [
    entered('Map', 'Each'),
    'MapStateStarted',
    ...items.flatMap((_, index) => iterated(index, passed('Pass', 'Item'))),
    'MapStateSucceeded',
    exited('Map', 'Each'),
  ],
  end: { output: outputs },
});

/** A Map whose one item fails, so often. */
const failing = (shows: string, from: string, on: string, tries: number, more: States): Recording => ({
  shows,
  from,
  on,
  input: [1],
  definition: chain({ Each: map(FAIL, more) }),
  events: [
    entered('Map', 'Each'),
    ...Array.from({ length: tries }, () => [
      'MapStateStarted',
      ...iterated(0, [entered('Fail', 'Item')], 'Failed'),
    ]).flat(),
    'MapStateFailed',
  ],
  end: ITEM_FAILED,
});

const SELECTED = { 'text.$': '$$.Map.Item.Value', 'number.$': '$$.Map.Item.Index', 'all.$': '$' };
const LETTERS = ['A', 'B', 'C'];

/** Map, inline. */
export const maps: readonly Recording[] = [
  through(
    'a Map goes through its items one after the other, and ResultPath null leaves the input as it was',
    'test_base_scenarios test_map_state',
    '2023-07-17',
    [1, 'Hello', {}, null, 3.3, 3, 4, 5],
    { ResultPath: null },
  ),
  through(
    'a Map without a configuration of its processor is inline, and its output is the list of outputs',
    'test_base_scenarios test_map_state_no_processor_config',
    '2023-12-15',
    [1, 2, 3],
    { ItemProcessor: PASS },
  ),
  through(
    'a Map of no items succeeds at once with an empty list',
    'test_base_scenarios test_map_state_items_input_array[empty]',
    '2024-11-19',
    [],
  ),
  through(
    'a Map of one item has one iteration',
    'test_base_scenarios test_map_state_items_input_array[singleton]',
    '2024-11-19',
    [0],
  ),
  through(
    'items may be of different kinds',
    'test_base_scenarios test_map_state_items_input_array[mixed]',
    '2024-11-19',
    [1, 'two', true],
  ),
  through(
    'ItemsPath names the list in the input',
    'test_context_object test_items_path',
    '2024-09-11',
    ['item-0'],
    { ItemsPath: '$.values' },
    ['item-0'],
    { values: ['item-0'] },
  ),
  through(
    'ItemSelector sees the item, its number and the input of the state',
    'test_base_scenarios test_map_state_item_selector_singleton',
    '2023-07-19',
    LETTERS,
    { ItemSelector: SELECTED },
    LETTERS.map((text, number) => ({ text, number, all: LETTERS })),
  ),
  through(
    'Parameters of a Map do what ItemSelector does',
    'test_base_scenarios test_map_state_config_inline_parameters',
    '2024-02-08',
    ['Hello', 'World'],
    { Parameters: { constant: 'constant', 'text.$': '$$.Map.Item.Value' } },
    [
      { constant: 'constant', text: 'Hello' },
      { constant: 'constant', text: 'World' },
    ],
  ),
  {
    shows: 'a Map in a Map has its iterations within one of the outer ones',
    from: 'test_base_scenarios test_map_state_nested',
    on: '2024-03-29',
    input: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    definition: chain({ Each: map(chain({ Inner: map(PASS) })) }),
    events: [
      entered('Map', 'Each'),
      'MapStateStarted',
      ...[0, 1].flatMap((outer) =>
        iterated(outer, [
          entered('Map', 'Inner'),
          'MapStateStarted',
          ...[0, 1, 2].flatMap((inner) => iterated(inner, passed('Pass', 'Item'))),
          'MapStateSucceeded',
          exited('Map', 'Inner'),
        ]),
      ),
      'MapStateSucceeded',
      exited('Map', 'Each'),
    ],
    end: {
      output: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
  },
  {
    shows: 'an item that fails ends the Map; those behind it do not begin',
    from: 'test_base_scenarios test_map_state_break_condition',
    on: '2023-09-21',
    input: [1, 3, 4],
    definition: chain({
      Each: map(
        chain({
          IsThree: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 3, Next: 'Break' }], Default: 'Item' },
          Break: { Type: 'Fail', Error: 'ItemError', Cause: 'ItemCause' },
          Item: { Type: 'Pass', End: true },
        }),
      ),
    }),
    events: [
      entered('Map', 'Each'),
      'MapStateStarted',
      ...iterated(0, [...passed('Choice', 'IsThree'), ...passed('Pass', 'Item')]),
      ...iterated(1, [...passed('Choice', 'IsThree'), entered('Fail', 'Break')], 'Failed'),
      'MapStateFailed',
    ],
    end: ITEM_FAILED,
  },
  failing(
    'a retrier of a Map begins all iterations again, and MapStateFailed comes once, at the end',
    'test_base_scenarios test_map_state_retry',
    '2023-07-18',
    3,
    { Retry: [{ ErrorEquals: ['ItemError'], MaxAttempts: 2 }] },
  ),
  failing(
    'of several retriers the one that names the error counts',
    'test_base_scenarios test_map_state_retry_multiple_retriers',
    '2023-08-08',
    4,
    {
      Retry: [
        { ErrorEquals: ['NoSuchError'], MaxAttempts: 1 },
        { ErrorEquals: ['SomeOther'], MaxAttempts: 2 },
        { ErrorEquals: ['ItemError'], MaxAttempts: 3 },
      ],
    },
  ),
  {
    shows: 'a catcher of a Map takes the error of an item',
    from: 'test_base_scenarios test_map_state_catch',
    on: '2023-07-18',
    input: [1],
    definition: chain({
      Each: map(FAIL, { Catch: [{ ErrorEquals: ['ItemError'], Next: 'Handle' }], End: true }),
      Handle: { Type: 'Pass' },
    }),
    events: [
      entered('Map', 'Each'),
      'MapStateStarted',
      ...iterated(0, [entered('Fail', 'Item')], 'Failed'),
      'MapStateFailed',
      exited('Map', 'Each'),
      ...passed('Pass', 'Handle'),
    ],
    end: { output: { Error: 'ItemError', Cause: 'ItemCause' } },
  },
  {
    shows: 'a Fail without a name ends Map and execution without an error',
    from: 'test_base_scenarios test_map_state_catch_empty_fail',
    on: '2023-08-08',
    input: [1],
    definition: chain({
      Each: map(chain({ Item: { Type: 'Fail' } }), {
        Catch: [{ ErrorEquals: ['Internal Error'], Next: 'Handle' }],
        End: true,
      }),
      Handle: { Type: 'Pass' },
    }),
    events: [
      entered('Map', 'Each'),
      'MapStateStarted',
      ...iterated(0, [entered('Fail', 'Item')], 'Failed'),
      'MapStateFailed',
    ],
    end: { error: null, cause: null },
  },
];
