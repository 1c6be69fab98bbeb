import type { Recording, Value } from './recording';
import { chain, passed } from './states';

type Case = readonly [
  shows: string,
  test: string,
  on: string,
  rule: Readonly<Record<string, unknown>>,
  input: Value,
  taken: boolean,
];

const IS = '2023-06-22';
const NUMBER = '2023-03-01';
const of = (operator: string, wanted: Value): Readonly<Record<string, unknown>> => ({
  Variable: '$.x',
  [operator]: wanted,
});
const at = (operator: string): Readonly<Record<string, unknown>> => ({ Variable: '$.x', [operator]: '$.y' });

/** What an operator says of one value. */
const judged = (
  operator: string,
  test: string,
  on: string,
  wanted: Value,
  verdicts: readonly (readonly [Value, boolean])[],
): readonly Case[] =>
  verdicts.map(([x, taken]) => [
    `${operator} ${JSON.stringify(wanted)} ${taken ? 'takes' : 'does not take'} ${JSON.stringify(x)}`,
    test,
    on,
    of(operator, wanted),
    { x },
    taken,
  ]);

/** What an operator says of one value, where the other stands in the input, too. */
const compared = (
  operator: string,
  test: string,
  on: string,
  verdicts: readonly (readonly [Value, Value, boolean])[],
): readonly Case[] =>
  verdicts.map(([x, y, taken]) => [
    `${operator} of ${JSON.stringify(y)} ${taken ? 'takes' : 'does not take'} ${JSON.stringify(x)}`,
    test,
    on,
    at(operator),
    { x, y },
    taken,
  ]);

const CASES: readonly Case[] = [
  ...judged('BooleanEquals', 'test_boolean_equals test_boolean_equals', IS, true, [
    [true, true],
    [false, false],
    [null, false],
    [0, false],
    [1, false],
    ['', false],
    ['HelloWorld', false],
    [[], false],
    [{}, false],
  ]),
  ...judged('BooleanEquals', 'test_boolean_equals test_boolean_equals', IS, false, [
    [false, true],
    [true, false],
    [0, false],
    [null, false],
    ['', false],
  ]),
  ...compared('BooleanEqualsPath', 'test_boolean_equals test_boolean_equals_path', IS, [
    [true, true, true],
    [false, false, true],
    [true, false, false],
    [1, true, false],
  ]),
  ...judged('IsPresent', 'test_is_operators test_is_present', IS, true, [
    [null, true],
    [0, true],
    ['', true],
    [[], true],
    [{}, true],
    [false, true],
  ]),
  ...judged('IsPresent', 'test_is_operators test_is_present', IS, false, [
    [null, false],
    [false, false],
  ]),
  ...judged('IsNull', 'test_is_operators test_is_null', IS, true, [
    [null, true],
    [0, false],
    ['', false],
    [{}, false],
  ]),
  ...judged('IsBoolean', 'test_is_operators test_is_boolean', IS, true, [
    [true, true],
    [false, true],
    [null, false],
    [1, false],
    ['HelloWorld', false],
  ]),
  ...judged('IsNumeric', 'test_is_operators test_is_numeric', IS, true, [
    [0, true],
    [1.1, true],
    ['', false],
    [null, false],
    [true, false],
  ]),
  ...judged('IsString', 'test_is_operators test_is_string', IS, true, [
    ['', true],
    ['HelloWorld', true],
    [0, false],
    [null, false],
    [[], false],
  ]),
  ...judged('NumericEquals', 'test_numeric test_numeric_equals', IS, 0, [
    [0, true],
    [1, false],
    [null, false],
  ]),
  ...compared('NumericEqualsPath', 'test_numeric test_numeric_equals_path', NUMBER, [
    [2.22, 2.22, true],
    [1, 0, false],
  ]),
  ...judged('NumericGreaterThan', 'test_numeric test_numeric_greater_than', NUMBER, 0, [
    [1, true],
    [0, false],
  ]),
  ...judged('NumericGreaterThanEquals', 'test_numeric test_numeric_greater_than_equals', NUMBER, 1, [
    [1, true],
    [0, false],
  ]),
  ...judged('NumericLessThan', 'test_numeric test_numeric_less_than', NUMBER, 1, [
    [0, true],
    [1, false],
  ]),
  ...judged('NumericLessThanEquals', 'test_numeric test_numeric_less_than_equals', NUMBER, 0, [
    [0, true],
    [1, false],
  ]),
  ...judged('StringEquals', 'test_string_operators test_string_equals', IS, 'HelloWorld', [
    ['', false],
    [0, false],
    [null, false],
  ]),
  ...compared('StringEqualsPath', 'test_string_operators test_string_equals_path', IS, [
    ['Hello', 'Hello', true],
    [' ', '     ', false],
  ]),
  ...judged('StringGreaterThan', 'test_string_operators test_string_greater_than', IS, 'A ', [['A', false]]),
  ...judged('StringGreaterThanEquals', 'test_string_operators test_string_greater_than_equals', IS, 'A', [
    ['AB', true],
  ]),
  ...judged('StringLessThan', 'test_string_operators test_string_less_than', IS, 'AB', [['A', true]]),
  ...judged('StringLessThanEquals', 'test_string_operators test_string_less_than_equals', IS, 'A', [['AB', false]]),
  [
    'the rules of a Choice are asked in their order, and the first that is true counts',
    'test_base_scenarios test_choice_aws_docs_scenario[CHOICE_STATE_AWS_SCENARIO]',
    '2024-11-18',
    {
      And: [
        { Variable: '$.x', IsPresent: true },
        { Variable: '$.x', IsNumeric: true },
        { Variable: '$.x', NumericGreaterThanEquals: 20 },
        { Variable: '$.x', NumericLessThan: 30 },
      ],
    },
    { kind: 'Private', x: 22 },
    true,
  ],
  [
    'And may have one rule alone',
    'test_base_scenarios test_choice_singleton_composite[CHOICE_STATE_SINGLETON_COMPOSITE]',
    '2024-12-24',
    { And: [{ Variable: '$.kind', StringEquals: 'Public' }] },
    { kind: 'Public', x: 22 },
    true,
  ],
  [
    'the fields of a rule may stand in any order',
    'test_base_scenarios test_choice_unsorted_parameters_positive[CHOICE_STATE_UNSORTED_CHOICE_PARAMETERS]',
    '2024-11-18',
    { BooleanEquals: true, Variable: '$.result.done' },
    { result: { done: true } },
    true,
  ],
  [
    'a Choice goes to its Default where no rule is true',
    'test_base_scenarios test_choice_unsorted_parameters_negative[CHOICE_STATE_UNSORTED_CHOICE_PARAMETERS]',
    '2024-11-18',
    { BooleanEquals: true, Variable: '$.result.done' },
    { result: { done: false } },
    false,
  ],
];

/** Choice: what each operator takes. */
export const choices: readonly Recording[] = CASES.map(([shows, from, on, rule, input, taken]) => ({
  shows,
  from,
  on,
  input,
  definition: chain({
    Which: { Type: 'Choice', Choices: [{ ...rule, Next: 'Taken' }], Default: 'Left' },
    Taken: { Type: 'Pass', End: true },
    Left: { Type: 'Pass', End: true },
  }),
  events: [...passed('Choice', 'Which'), ...passed('Pass', taken ? 'Taken' : 'Left')],
  end: { output: input },
}));
