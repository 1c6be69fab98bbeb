import * as fc from 'fast-check';

import {
  checked,
  echoed,
  type Fault,
  faultIf,
  faultOf,
  inOneText,
  listed,
  refused,
  shown,
  STEERING,
  unicodePattern,
} from '../../../../functions/domain/base/fault';
import { contentHash, parsedJson } from '../../../../functions/domain/base/json';
import { within } from '../../../../functions/domain/base/plain-schemas';
import { says } from '../says';

const fault = (index: number, message = 'is wrong.'): Fault => ({ field: `f${index}`, message });
const many = (count: number, message?: string): Fault[] =>
  Array.from({ length: count }, (_, index) => fault(index, message));

describe('a value in a sentence', () => {
  it.each([
    ['x', "'x'"],
    [1, '1'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'nothing'],
    [{ a: [1] }, '{"a":[1]}'],
    ['a\nb', "'a\\nb'"],
    ['\u0000', "'\\u0000'"],
    ['\u001f', "'\\u001f'"],
    ['\u007f', "'\\u007f'"],
    ['\u009f', "'\\u009f'"],
    ['\u00a0', "'\u00a0'"],
    ['\u2028\u2029', "'\\u2028\\u2029'"],
    ['\u202a\u202e', "'\\u202a\\u202e'"],
    ['\u2066\u2069', "'\\u2066\\u2069'"],
    ['\u206a', "'\u206a'"],
    [' ', "' '"],
  ])('%j is %s', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  it.each([
    [117, false],
    [118, false],
    [119, true],
  ])('with %s characters is cut: %s', (characters, isCut) => {
    const text = 'x'.repeat(characters);
    const whole = `'${text}'`;
    expect(shown(text)).toBe(isCut ? `${whole.slice(0, 120)}… (${whole.length} characters)` : whole);
  });

  it('is never cut inside a character, nor breaks a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const found = shown(text);
        expect(found.isWellFormed() || !text.isWellFormed()).toBe(true);
        expect(unicodePattern(`[${STEERING}]`).test(found)).toBe(false);
      }),
    );
    expect(shown(`${'x'.repeat(118)}😀`)).toBe(`'${'x'.repeat(118)}�… (122 characters)`);
  });
});

describe('a value that is handed back', () => {
  it.each([
    ['x'.repeat(120), 'x'.repeat(120)],
    ['x'.repeat(121), shown('x'.repeat(121))],
    [12, 12],
    [true, true],
    [undefined, undefined],
    [{ a: 1 }, '{"a":1}'],
    [[1], '[1]'],
    [null, 'null'],
  ])('%j is %j', (value, expected) => {
    expect(echoed(value)).toBe(expected);
  });
});

describe('faults of an input', () => {
  it.each([
    [1, 1, null],
    [100, 100, null],
    [101, 100, 'has 1 more fault. Mend those that are listed, and send it again to see the others.'],
    [102, 100, 'has 2 more faults. Mend those'],
  ])('%s are listed as %s', (count, length, more) => {
    const found = listed(many(count));
    expect(found.slice(0, length)).toEqual(many(length));
    expect(found).toHaveLength(length + (more === null ? 0 : 1));
    const last = { field: 'desiredState', message: says(more ?? ''), value: count - 100, limit: 100 };
    expect(found.slice(length)).toEqual(more === null ? [] : [last]);
  });

  it('are listed as far as 64 KB hold them, and of the input that is named', () => {
    const bytes = Buffer.byteLength(JSON.stringify(fault(0, 'x'.repeat(1800))));
    const fitting = Math.floor((64 * 1024) / bytes);
    const found = listed(many(fitting + 5, 'x'.repeat(1800)), 'mapping');
    expect(found.length).toBeLessThanOrEqual(fitting + 1);
    expect(found.length).toBeGreaterThan(fitting - 2);
    expect(found.at(-1)).toMatchObject({ field: 'mapping', value: fitting + 5 - (found.length - 1) });
  });

  it.each([
    [200, 2000, false],
    [201, 2001, true],
  ])('have fields of %s and messages of %s characters: cut, %s', (field, message, isCut) => {
    const end = isCut ? '…' : '';
    const [found] = listed([{ field: 'f'.repeat(field), message: 'm'.repeat(message), limit: 'l'.repeat(message) }]);
    expect(found).toEqual({
      field: `${'f'.repeat(200)}${end}`,
      message: `${'m'.repeat(2000)}${end}`,
      limit: `${'l'.repeat(2000)}${end}`,
    });
  });

  it('are told in one text', () => {
    expect(inOneText(many(2))).toBe('f0 is wrong. f1 is wrong.');
    expect(inOneText(many(101))).toContain(' f99 is wrong. desiredState has 1 more fault.');
  });

  it('keep short values and numbers as they are, and have nothing where there was nothing', () => {
    const [found] = listed([{ field: 'f', message: 'm', value: 12, limit: 7 }]);
    expect(found).toEqual({ field: 'f', message: 'm', value: 12, limit: 7 });
    expect(Object.keys(listed([fault(1)])[0] ?? {})).toEqual(['field', 'message']);
    expect(listed([{ ...fault(1), value: { a: 1 } }])[0]).toHaveProperty('value', '{"a":1}');
    expect(listed([{ ...fault(1), value: null }])[0]).toHaveProperty('value', 'null');
  });

  it('are none, one or many', () => {
    expect(checked(1, [])).toEqual({ ok: true, value: 1 });
    expect(checked(1, [fault(1)])).toEqual({ ok: false, faults: [fault(1)] });
    expect(refused(fault(1), fault(2))).toEqual({ ok: false, faults: [fault(1), fault(2)] });
    expect(faultIf(false, 'f', 1, 'is wrong.')).toEqual([]);
    expect(faultIf(true, 'f', 'x', 'is wrong.')).toEqual([{ field: 'f', message: "'x' is wrong.", value: 'x' }]);
    expect(faultOf('f', 'x', 'is wrong.')).toEqual({ field: 'f', message: "'x' is wrong.", value: 'x' });
    expect(faultOf('f', undefined, 'is wrong.').message).toBe('is wrong.');
  });
});

describe('JSON', () => {
  it.each([
    [2, 0],
    [3, 1],
    [5, 1],
    [6, 2],
    [100, 3],
  ])('%s bytes hold %s of three', (bytes, count) => {
    expect(within(['a', 'b', 'c'], bytes)).toEqual(['a', 'b', 'c'].slice(0, count));
  });

  it('is read, or is undefined', () => {
    expect(parsedJson('{"a":1}')).toEqual({ a: 1 });
    expect(parsedJson('{"a":')).toBeUndefined();
  });

  it('has a hash, whatever the order of its keys', () => {
    expect(contentHash({ a: 1, b: 2 })).toBe(contentHash({ b: 2, a: 1 }));
    expect(contentHash({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
  });
});
