import type { End, Recording, Value } from './recording';
import { chain, entered, passed } from './states';

type Case = readonly [
  shows: string,
  test: string,
  on: string,
  state: Readonly<Record<string, unknown>>,
  input: Value,
  end: End,
];

const failed = (cause: string): End => ({ error: 'States.Runtime', cause });
const missing = (path: string, name: string): End =>
  failed(`Invalid path '${path}' : No results for path: $['${name}']`);
const ITEMS = { items: Array.from({ length: 12 }, (_, key) => ({ key })) };

const nothingIn = (path: string): Case => [
  `${path} of an input without such a list is an empty one`,
  `test_base test_json_path_array_wildcard_or_slice_with_no_input[${path}]`,
  '2025-04-01',
  { Parameters: { 'item.$': path } },
  {},
  { output: { item: [] } },
];

const formatted = (what: string, x: Value, text: string): Case => [
  `States.Format writes ${what}`,
  'test_generic test_format_1',
  '2023-02-09',
  { Parameters: { 'text.$': "States.Format('Formatting argument {}.', $.x)" } },
  { x },
  { output: { text: `Formatting argument ${text}.` } },
];

const CASES: readonly Case[] = [
  [
    'a Pass hands its Result on',
    'test_base test_state_pass_result',
    '2024-02-07',
    { Result: { Arg1: 'argument1' } },
    {},
    { output: { Arg1: 'argument1' } },
  ],
  [
    'a Result is taken as it is, paths in it too',
    'test_base test_state_pass_result_jsonpaths',
    '2024-02-07',
    { Result: { 'one.$': '$.path', 'two.$': '$$' } },
    {},
    { output: { 'one.$': '$.path', 'two.$': '$$' } },
  ],
  [
    'a path takes one of a list',
    'test_base test_json_path_array_access[$.items[0]]',
    '2024-08-16',
    { Parameters: { 'item.$': '$.items[0]' } },
    ITEMS,
    { output: { item: { key: 0 } } },
  ],
  [
    'a path takes the eleventh of a list',
    'test_base test_json_path_array_access[$.items[10]]',
    '2024-08-16',
    { Parameters: { 'item.$': '$.items[10]' } },
    ITEMS,
    { output: { item: { key: 10 } } },
  ],
  ...[
    '$.items[*]',
    '$.items[1:]',
    '$.items[:1]',
    '$.item.items[*]',
    '$.items[*].itemValue',
    '$.item.items[1:5].itemValue',
  ].map(nothingIn),
  [
    'a path that filters a list gives a list',
    'test_base test_state_pass_regex_json_path_base',
    '2024-02-07',
    { Parameters: { 'found.$': '$.users[?(@.status == 0)]' } },
    {
      users: [
        { year: 1997, status: 0 },
        { year: 1998, status: 1 },
      ],
    },
    { output: { found: [{ year: 1997, status: 0 }] } },
  ],
  [
    'InputPath may name a part of the context object',
    'test_context_object test_input_path[$$.Execution.Input]',
    '2024-09-11',
    { InputPath: '$$.Execution.Input' },
    { x: 0 },
    { output: { x: 0 } },
  ],
  [
    'OutputPath may name a part of the context object',
    'test_context_object test_output_path[$$.Execution.Input]',
    '2024-09-11',
    { OutputPath: '$$.Execution.Input' },
    { x: 0 },
    { output: { x: 0 } },
  ],
  [
    'a path in Parameters that leads nowhere is States.Runtime',
    'test_base_scenarios test_invalid_jsonpath[INVALID_JSONPATH_IN_STRING_EXPR_JSONPATH]',
    '2025-01-02',
    { Parameters: { 'value.$': '$.no_such' } },
    { x: 0 },
    failed("The JSONPath '$.no_such' specified for the field 'value.$' could not be found in the input '{\"x\":0}'"),
  ],
  [
    'an InputPath that leads nowhere is States.Runtime',
    'test_base_scenarios test_invalid_jsonpath[ST.INVALID_JSONPATH_IN_INPUTPATH]',
    '2025-01-02',
    { InputPath: '$.none' },
    { x: 0 },
    missing('$.none', 'none'),
  ],
  [
    'an OutputPath that leads nowhere is States.Runtime',
    'test_base_scenarios test_invalid_jsonpath[ST.INVALID_JSONPATH_IN_OUTPUTPATH]',
    '2025-01-02',
    { OutputPath: '$.none' },
    { x: 0 },
    missing('$.none', 'none'),
  ],
  formatted('an empty text', '', ''),
  formatted('a text', 'HelloWorld', 'HelloWorld'),
  formatted('null', null, 'null'),
  formatted('a whole number', 1, '1'),
  formatted('a fraction', 1.1, '1.1'),
];

/** Pass: paths, parameters and functions of the language. */
export const paths: readonly Recording[] = CASES.map(([shows, from, on, state, input, end]) => ({
  shows,
  from,
  on,
  input,
  end,
  definition: chain({ Look: { Type: 'Pass', ...state } }),
  events: 'error' in end ? [entered('Pass', 'Look')] : passed('Pass', 'Look'),
}));
