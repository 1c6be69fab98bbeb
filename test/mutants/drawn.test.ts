import { drawn } from './drawn';

const ALL = Array.from({ length: 1000 }, (_, index) => index);

describe('a draw of mutants', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawn(ALL, 150, 7)).toEqual(drawn(ALL, 150, 7));
    expect(drawn(ALL, 150, 7)).not.toEqual(drawn(ALL, 150, 8));
  });

  it('has each one once, and no more than there are', () => {
    const taken = drawn(ALL, 150, 7);
    expect(new Set(taken).size).toBe(150);
    expect(drawn([1, 2, 3], 150, 7).toSorted()).toEqual([1, 2, 3]);
  });
});
