import { differencesOf } from '../../../../functions/domain/base/differences';

describe('differences of two JSON values', () => {
  it.each([
    { what: 'nothing', before: { a: [1, { b: 2 }] }, after: { a: [1, { b: 2 }] }, found: [] },
    { what: 'a value', before: { a: { b: 1 } }, after: { a: { b: 2 } }, found: [{ field: 'a.b', from: 1, to: 2 }] },
    { what: 'null and none', before: { a: null }, after: {}, found: [{ field: 'a', from: null }] },
    { what: 'what is new', before: {}, after: { a: { b: 1 } }, found: [{ field: 'a', to: { b: 1 } }] },
    { what: 'the order of a list', before: { a: [1, 2] }, after: { a: [2, 1] }, found: [] },
    { what: 'the order of fields', before: { a: 1, b: 2 }, after: { b: 2, a: 1 }, found: [] },
    {
      what: 'elements that come and go',
      before: { a: [{ n: 1 }, { n: 2 }, { n: 2 }] },
      after: { a: [{ n: 2 }, { n: 3 }] },
      found: [
        { field: 'a', from: { n: 1 } },
        { field: 'a', from: { n: 2 } },
        { field: 'a', to: { n: 3 } },
      ],
    },
    { what: 'a list that was none', before: { a: 'x' }, after: { a: [] }, found: [{ field: 'a', from: 'x', to: [] }] },
  ])('are $what', ({ before, after, found }) => {
    expect(differencesOf(before, after)).toEqual(found);
  });
});

describe('a difference', () => {
  it('is told without what was not there, or is not there any more', () => {
    expect(differencesOf({ a: 1 }, { b: 2 })).toStrictEqual([
      { field: 'a', from: 1 },
      { field: 'b', to: 2 },
    ]);
    expect(differencesOf(null, { a: 1 }, 'f')).toStrictEqual([{ field: 'f', from: null, to: { a: 1 } }]);
    expect(differencesOf({ a: '' }, {})).toStrictEqual([{ field: 'a', from: '' }]);
  });

  it('of a list is what has gone or come, and nothing that stays', () => {
    expect(differencesOf({ a: [1, 2] }, { a: [3, 2] })).toStrictEqual([
      { field: 'a', from: 1 },
      { field: 'a', to: 3 },
    ]);
    expect(differencesOf([1, 1], [1], 'f')).toStrictEqual([{ field: 'f', from: 1 }]);
    expect(differencesOf([1], { 0: 1 }, 'f')).toStrictEqual([{ field: 'f', from: [1], to: { 0: 1 } }]);
  });
});
