import type * as z from 'zod/mini';
import * as core from 'zod/v4/core';

import { echoed, faultOf, shown, type Fault } from './fault';
import { nearest } from './nearest-name';

type Issue = z.core.$ZodIssue;
type UnmatchedUnion = Exclude<z.core.$ZodIssueInvalidUnion, { readonly inclusive: false }>;

/**
 * What a schema found, as faults in plain words. Parse with `{ reportInput: true }`, so that values can be named.
 * `whole` names the input when it is itself of the wrong type.
 */
export const faultsOf = (error: z.core.$ZodError, schema: z.core.$ZodType, whole: string): readonly Fault[] =>
  error.issues.flatMap((issue) => faultsOfIssue(issue, issue.path, schema, whole));

function faultsOfIssue(
  issue: Issue,
  path: readonly PropertyKey[],
  schema: z.core.$ZodType,
  whole: string,
): readonly Fault[] {
  if (issue.code === 'invalid_union') return faultsOfUnion(issue, path, schema, whole);
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, path);
    return issue.keys.map((key) => unknownField(fieldName([...path, key], whole), key, known));
  }
  const field = fieldName(path, whole);
  if (issue.code === 'invalid_type' && issue.input === undefined) return [missing(field, issue.expected)];
  if (issue.code === 'invalid_value' && issue.input === undefined) return [missing(field, options(issue.values))];
  if (issue.code === 'custom') return [faultOf(field, issue.input, issue.message)];
  const limit = limitOf(issue);
  return [
    {
      field,
      message: `${requirement(issue)}, but is ${shown(issue.input)}.`,
      value: echoed(issue.input),
      ...(limit === undefined ? {} : { limit }),
    },
  ];
}

/** Chooses among several accepted shapes the one that was most likely meant: the one with the fewest faults. */
function faultsOfUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
  schema: z.core.$ZodType,
  whole: string,
): readonly Fault[] {
  if (issue.inclusive !== false && issue.discriminator !== undefined) return [noSuchShape(issue, path, whole)];
  const perShape = issue.errors.map((issues) =>
    issues.flatMap((inner) => faultsOfIssue(inner, [...path, ...inner.path], schema, whole)),
  );
  return perShape.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

/** One field says which shape is meant, and has none of the values that there are. */
function noSuchShape(
  { discriminator = '', options: values = [], input }: UnmatchedUnion,
  path: readonly PropertyKey[],
  whole: string,
): Fault {
  const given = isObject(input) ? input[discriminator] : input;
  const message = `must be ${options(values.filter((value) => typeof value === 'string'))}, but is ${shown(given)}.`;
  return { field: fieldName(path, whole), message, value: echoed(given) };
}

const isObject = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null;

const missing = (field: string, expected: string): Fault => ({
  field,
  message: `is missing. Add it: it must be ${kindOf(expected)}.`,
});

/** Fields that a schema does not know and ignores, but that are spelt so nearly like one that it knows. */
export function misspeltFields(
  value: unknown,
  schema: core.$ZodType,
  path: readonly PropertyKey[] = [],
): readonly Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => misspeltFields(item, schema, [...path, index]));
  if (!isObject(value)) return [];
  const known = fieldsAt(schema, path);
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    if (known.length === 0 || known.includes(key)) return misspeltFields(inner, schema, here);
    return nearest(key, known) === undefined ? [] : [unknownField(fieldName(here, ''), key, known)];
  });
}

function unknownField(field: string, key: string, known: readonly string[]): Fault {
  const meant = nearest(key, known);
  const remedy = meant === undefined ? `Known fields here: ${known.join(', ')}.` : `Did you mean ${meant}?`;
  return { field, message: `is not a known field, probably misspelt. ${remedy}`, value: key };
}

/** Completes "<field> must …, but is <value>": messages written into the schemas do so too. */
function requirement(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kindOf(issue.expected)}`;
    case 'invalid_value':
      return `must be ${options(issue.values)}`;
    case 'invalid_key':
      return keyRequirement(issue);
    case 'invalid_element':
    case 'invalid_union':
    case 'unrecognized_keys':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'custom':
      return issue.message;
    case 'too_big':
    case 'too_small':
      return rangeRequirement(issue);
  }
}

/**
 * What cannot be counted exactly is a whole number all the same: the message of a schema for whole numbers would be
 * wrong.
 */
function rangeRequirement(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  if (issue.origin !== 'int') return issue.message;
  return issue.code === 'too_big' ? `must be at most ${issue.maximum}` : `must be at least ${issue.minimum}`;
}

/** What the schema of the keys says, and not only that there is one. */
const keyRequirement = ({ issues: [first], message }: z.core.$ZodIssueInvalidKey): string => first?.message ?? message;

const limitOf = (issue: Issue): string | number | undefined => {
  if (issue.code === 'too_big') return Number(issue.maximum);
  if (issue.code === 'too_small') return Number(issue.minimum);
  return undefined;
};

const options = (values: readonly unknown[]): string => values.map(shown).join(' or ');

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

const kindOf = (expected: string): string => KINDS[expected] ?? expected;

/** `userPermissions[0].roles` */
const fieldName = (path: readonly PropertyKey[], whole: string): string =>
  path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '') || whole;

/** The fields that a schema knows at a path, for the message to a user who misspelt one. */
function fieldsAt(schema: core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const here = unwrapped(schema);
  if (here instanceof core.$ZodUnion)
    return [...new Set(here._zod.def.options.flatMap((option) => fieldsAt(option, path)))];
  const [part, ...rest] = path;
  if (part === undefined) return here instanceof core.$ZodObject ? Object.keys(here._zod.def.shape) : [];
  const next = childOf(here, part);
  return next === undefined ? [] : fieldsAt(next, rest);
}

function childOf(schema: core.$ZodType, part: PropertyKey): core.$ZodType | undefined {
  if (schema instanceof core.$ZodArray) return schema._zod.def.element;
  if (schema instanceof core.$ZodRecord) return schema._zod.def.valueType;
  if (!(schema instanceof core.$ZodObject)) return undefined;
  const shape: Readonly<Record<PropertyKey, core.$ZodType>> = schema._zod.def.shape;
  return shape[part];
}

/** The schema inside `optional()`, `nullable()`, `default()`, `prefault()` and before a `transform()`. */
function unwrapped(schema: core.$ZodType): core.$ZodType {
  if (schema instanceof core.$ZodPipe) return unwrapped(schema._zod.def.in);
  if (
    schema instanceof core.$ZodOptional ||
    schema instanceof core.$ZodNullable ||
    schema instanceof core.$ZodDefault ||
    schema instanceof core.$ZodPrefault
  ) {
    return unwrapped(schema._zod.def.innerType);
  }
  return schema;
}
