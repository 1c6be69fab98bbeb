import { folded, padded, widthOf } from '../../operator/screen';

describe('a text for a screen', () => {
  it('is folded between words, and goes on below its own beginning', () => {
    expect(folded('label:  one two three', 15, 8)).toEqual(['label:  one two', '        three']);
    expect(folded('short', 15, 8)).toEqual(['short']);
    expect(folded('  [x] a\nb', 15, 8)).toEqual(['  [x] a', '        b']);
  });

  it('is cut where a word is longer than a line', () => {
    expect(folded('abcdefghij', 4, 1)).toEqual(['abcd', ' efg', ' hij']);
  });

  it('is as wide as it is drawn: characters of East Asia take two columns, and marks none', () => {
    expect(folded('会计 会计 会计', 9, 2)).toEqual(['会计 会计', '  会计']);
    expect(padded('会计', 6)).toBe('会计  ');
    expect(padded('e\u0301', 3)).toBe('e\u0301  ');
    expect(widthOf(['会计', 'abc'])).toBe(4);
  });
});
