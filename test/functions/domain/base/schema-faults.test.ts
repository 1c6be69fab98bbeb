import * as z from 'zod';

import {
  CustomizationError,
  NotVisibleError,
  RejectedError,
  TransientError,
} from '../../../../functions/domain/base/errors';
import { nearest } from '../../../../functions/domain/base/nearest-name';
import { caught, described, NoByDefault } from '../../../../functions/domain/base/plain-schemas';
import { patternSchema, TextSchema } from '../../../../functions/domain/base/pattern-schema';
import { faultsOf, misspeltFields } from '../../../../functions/domain/base/schema-faults';

const faults = (schema: z.ZodType, input: unknown) => {
  const { error } = schema.safeParse(input, { reportInput: true });
  return error === undefined ? [] : faultsOf(error, schema, 'whole');
};
const one = (schema: z.ZodType, input: unknown): string =>
  faults(schema, input)
    .map(({ field, message }) => `${field}: ${message}`)
    .join(' | ');

describe('what a schema finds', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a string', z.string(), 1, 'whole: must be a string, but is 1.'],
    ['a number', z.number(), 'x', "whole: must be a number, but is 'x'."],
    ['a whole number', z.int(), 'x', "whole: must be a number, but is 'x'."],
    ['true or false', z.boolean(), 'x', "whole: must be true or false, but is 'x'."],
    ['an object', z.object({}), 'x', "whole: must be an object, but is 'x'."],
    ['an object of anything', z.record(z.string(), z.string()), 'x', "whole: must be an object, but is 'x'."],
    ['a list', z.array(z.string()), 'x', "whole: must be a list, but is 'x'."],
    ['something without a word', z.date(), 'x', "whole: must be date, but is 'x'."],
    ['one word', z.literal('a'), 'x', "whole: must be 'a', but is 'x'."],
    ['one of two words', z.enum(['a', 'b']), 'x', "whole: must be 'a' or 'b', but is 'x'."],
    ['a format', z.string().regex(/^a/, 'must begin with a'), 'x', "whole: must begin with a, but is 'x'."],
    ['many', z.array(z.int()).min(1, 'must not be empty'), [], 'whole: must not be empty, but is [].'],
    [
      'a name',
      z.record(z.string().regex(/^a/, 'must begin with a'), z.string()),
      { x: 'y' },
      "x: must begin with a, but is 'x'.",
    ],
    ['what only we know', z.string().refine(() => false, 'is nothing'), 'x', "whole: 'x' is nothing"],
  ])('%s', (_, schema, input, message) => {
    expect(one(schema, input)).toContain(message);
  });

  it.each<[string, z.ZodType, string]>([
    ['a field', z.object({ a: z.string() }), 'a: is missing. Add it: it must be a string.'],
    ['a word', z.object({ a: z.enum(['x', 'y']) }), "a: is missing. Add it: it must be 'x' or 'y'."],
    ['a list', z.object({ a: z.array(z.string()) }), 'a: is missing. Add it: it must be a list.'],
  ])('is missing: %s', (_, schema, message) => {
    expect(one(schema, {})).toBe(message);
    expect(faults(schema, {})[0]).toStrictEqual({ field: 'a', message: message.slice(3) });
  });

  it('has a limit where there is one', () => {
    expect(faults(z.string().max(1, 'is long'), 'xx')[0]).toEqual({
      field: 'whole',
      message: "is long, but is 'xx'.",
      value: 'xx',
      limit: 1,
    });
    expect(faults(z.string().min(2, 'is short'), 'x')[0]).toMatchObject({ limit: 2 });
    expect(Object.keys(faults(z.string(), 1)[0] ?? {})).toEqual(['field', 'message', 'value']);
  });

  it('counts what cannot be counted', () => {
    expect(one(z.int('must be a whole number'), 2 ** 60)).toBe(
      `whole: must be at most ${Number.MAX_SAFE_INTEGER}, but is ${2 ** 60}.`,
    );
    expect(one(z.int('must be a whole number'), -(2 ** 60))).toBe(
      `whole: must be at least ${Number.MIN_SAFE_INTEGER}, but is ${-(2 ** 60)}.`,
    );
    expect(one(z.int('must be a whole number'), 1.5)).toBe('whole: must be a whole number, but is 1.5.');
  });

  it('is named by its path', () => {
    const schema = z.object({ a: z.array(z.object({ b: z.string() })) });
    expect(one(schema, { a: [{ b: 'x' }, { b: 1 }] })).toBe('a[1].b: must be a string, but is 1.');
  });

  it('is that of the shape which has the fewest faults', () => {
    const schema = z.union([z.object({ a: z.string(), b: z.string() }), z.object({ c: z.string() })]);
    expect(one(z.object({ u: schema }), { u: {} })).toBe('u.c: is missing. Add it: it must be a string.');
    expect(one(z.object({ u: schema }), { u: { a: 'x' } })).toContain('is missing');
  });

  it('is the word that says which shape is meant', () => {
    const shape = (kind: string) => z.object({ kind: z.literal(kind) });
    const schema = z.object({ s: z.discriminatedUnion('kind', [shape('a'), shape('b')]) });
    expect(one(schema, { s: { kind: 'x' } })).toBe("s.kind: must be 'a' or 'b', but is 'x'.");
    expect(one(schema, { s: {} })).toBe("s.kind: must be 'a' or 'b', but is nothing.");
    expect(one(schema, { s: 7 })).toContain('must be an object, but is 7.');
  });
});

describe('a field that is not known', () => {
  const inner = z.strictObject({ regions: z.string().optional(), homeRegion: z.string().optional() });
  const known: readonly [string, z.ZodType][] = [
    ['itself', inner],
    ['optional', inner.optional()],
    ['nullable', inner.nullable()],
    ['with a default', inner.default({})],
    ['with a default that is read', inner.prefault({})],
    ['before a transform', inner.transform((value) => value)],
  ];

  it.each(known)('is spelt like one that is known, in a schema %s', (_, schema) => {
    expect(one(z.object({ s: schema }), { s: { region: 'x' } })).toBe(
      's.region: is not a known field, probably misspelt. Did you mean regions?',
    );
    expect(one(z.object({ s: z.array(schema) }), { s: [{ region: 'x' }] })).toContain(
      's[0].region: is not a known field',
    );
    expect(one(z.object({ s: z.record(z.string(), schema) }), { s: { a: { region: 'x' } } })).toContain(
      'Did you mean regions?',
    );
  });

  it('is like none, and is told which there are', () => {
    expect(one(z.object({ s: inner }), { s: { quite: 'x' } })).toBe(
      's.quite: is not a known field, probably misspelt. Known fields here: regions, homeRegion.',
    );
    const union = z.union([inner, z.strictObject({ other: z.string().optional(), regions: z.string().optional() })]);
    expect(one(z.object({ s: union }), { s: { quite: 'x' } })).toContain(
      'Known fields here: regions, homeRegion, other.',
    );
  });

  it('is ignored, and told where it is spelt nearly like one', () => {
    const schema = z.object({
      a: z.object({ regions: z.string() }),
      list: z.array(z.object({ name: z.string() })),
      map: z.record(z.string(), z.string()),
    });
    const found = misspeltFields(
      { a: { region: 'x', quite: 'y' }, lists: [], list: [{ nam: 'x' }, { name: { nam: 1 } }], map: { nam: 'x' } },
      schema,
    );
    expect(found.map(({ field }) => field)).toEqual(['a.region', 'lists', 'list[0].nam']);
    expect(found[0]).toEqual({
      field: 'a.region',
      message: 'is not a known field, probably misspelt. Did you mean regions?',
      value: 'region',
    });
    expect(misspeltFields([{ a: { region: 1 } }], z.array(schema)).map(({ field }) => field)).toEqual(['[0].a.region']);
    expect(misspeltFields('x', schema)).toStrictEqual([]);
    expect(misspeltFields(null, schema)).toStrictEqual([]);
    expect(misspeltFields({ a: null }, schema)).toStrictEqual([]);
  });
});

describe('the nearest of known names', () => {
  it.each([
    ['region', ['regions', 'reason'], 'regions'],
    ['REGION', ['reason', 'region'], 'region'],
    ['abc', ['abd', 'abcde'], 'abd'],
    ['abcde', ['abcxx'], 'abcxx'],
    ['abcde', ['axxxe'], undefined],
    ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
    ['abcdefghi', ['abcdewxyz'], undefined],
    ['xregion', ['region'], 'region'],
    ['a', ['abc'], 'abc'],
    ['a', ['abcd'], undefined],
    ['', ['ab'], 'ab'],
    ['abc', [], undefined],
  ])('%j of %j is %s', (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected);
    expect(nearest(name, known.toReversed())).toBe(expected);
  });
});

describe('schemas and errors', () => {
  it('have what is not read in their place', () => {
    expect(caught(z.string(), 'other')._zod.run({ value: 1, issues: [] }, {})).toMatchObject({
      value: 'other',
      issues: [],
    });
    const said = described(z.string(), 'What it is.');
    expect(z.globalRegistry.get(said)).toEqual({ description: 'What it is.' });
    expect(NoByDefault.parse(undefined)).toBe(false);
    expect(TextSchema.safeParse('').error?.issues[0]?.message).toBe('must not be empty');
    const pattern = patternSchema((text) => (text === 'a' ? [] : ['is one', 'is two']));
    expect(pattern.safeParse('a').success).toBe(true);
    expect(one(pattern, 'b')).toBe("whole: 'b' is one | whole: 'b' is two");
  });

  it('say what they know, and nothing else', () => {
    const rejected = new RejectedError('a', 'b');
    expect([rejected.denied, rejected.accountLost, rejected.remedy]).toEqual([false, false, 'b']);
    expect(new RejectedError('a', 'b', { denied: true, accountLost: true })).toMatchObject({
      denied: true,
      accountLost: true,
    });
    expect(new CustomizationError('a', 'b').name).toBe('CustomizationError');
    const transient = new TransientError('a');
    expect([transient.nothingDone, transient.throttled, transient.retryAfterSeconds]).toEqual([false, false, null]);
    expect(new TransientError('a', { throttled: true, retryAfterSeconds: 5 })).toMatchObject({
      throttled: true,
      retryAfterSeconds: 5,
    });
    expect(new NotVisibleError('a').name).toBe('TransientError');
  });
});
