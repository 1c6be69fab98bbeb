import * as fc from 'fast-check';

import { tagDifferences } from '../../../../functions/steps/TagAccount/step';

const keys = fc.constantFrom('m_a', 'm_b', 'm_c', 'own', 'M_a', '__proto__', 'constructor');
const tags = fc.dictionary(keys, fc.constantFrom('', 'x', 'y'), { noNullPrototype: true });

describe('the differences between tags', () => {
  it('are what is missing, what has another value, and what is ours and not wanted', () => {
    const actual = { m_same: 'x', m_other: 'x', m_gone: 'x', own: 'x' };
    expect(tagDifferences(actual, { m_same: 'x', m_other: 'y', m_new: '' }, 'm_')).toEqual({
      put: { m_other: 'y', m_new: '' },
      remove: ['m_gone'],
    });
  });

  it('lead to what is wanted, touch nobody else, and are none the second time', () => {
    fc.assert(
      fc.property(tags, tags, fc.constantFrom('m_', null, ''), (actual, wanted, prefix) => {
        const { put, remove } = tagDifferences(actual, wanted, prefix);
        const result = new Map<string, string>(Object.entries(actual).filter(([key]) => !remove.includes(key)));
        for (const [key, value] of Object.entries(put)) result.set(key, value);
        for (const [key, value] of Object.entries(wanted)) expect(result.get(key)).toBe(value);
        expect(remove.filter((key) => prefix === null || prefix === '' || !key.startsWith(prefix))).toEqual([]);
        for (const key of Object.keys(actual).filter((each) => !each.startsWith('m_')))
          expect(result.has(key)).toBe(true);
        const again = tagDifferences(Object.fromEntries(result), wanted, prefix);
        expect(again).toEqual({ put: {}, remove: [] });
      }),
    );
  });
});
