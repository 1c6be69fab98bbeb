import * as fc from 'fast-check';

import { choose, inShort, named } from './choice';

const NAMES = ['simulation/lanes', 'simulation/shadow', 'mutations/a', 'mutations/b', 'protocol'];

describe('what a run of test:deep takes', () => {
  it('is what is related to a change, and a share of the rest', () => {
    const names = Array.from({ length: 15 }, (_, index) => `simulation/${String(index).padStart(2, '0')}`);
    expect(choose(names, new Set(['simulation/03']), 7)).toMatchObject({
      related: ['simulation/03'],
      share: ['simulation/00', 'simulation/08'],
    });
  });

  it('is everything once in seven turns, wherever they begin', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.nat(), (names, first) => {
        const turns = Array.from({ length: 7 }, (_, turn) => choose(names, new Set(), first + turn));
        expect(turns.flatMap(({ share }) => share).toSorted()).toEqual(names.toSorted());
        for (const { share, left } of turns) expect([...share, ...left].toSorted()).toEqual(names.toSorted());
      }),
    );
  });
});

describe('what is asked for by name', () => {
  it('is a part, or a folder of parts', () => {
    expect(named(NAMES, ['protocol', 'mutations'])).toEqual(['mutations/a', 'mutations/b', 'protocol']);
    expect(named(NAMES, ['simulation/lanes'])).toEqual(['simulation/lanes']);
  });

  it('is refused as a whole where one name is misspelt, and the names are listed', () => {
    expect(() => named(NAMES, ['protocol', 'protocoll'])).toThrow(
      /^There is no part protocoll[.] .*\n {2}simulation\/lanes\n/u,
    );
    expect(() => named(NAMES, ['simul'])).toThrow('There is no part simul.');
  });
});

describe('names in short', () => {
  it('are those of folders of which everything is meant', () => {
    expect(inShort(['simulation/lanes', 'mutations/a', 'mutations/b'], NAMES)).toEqual([
      'simulation/lanes',
      'mutations',
    ]);
  });
});
