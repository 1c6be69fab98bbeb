import { type KillsEnd, killsOutcome } from './kills-end';
import type { Story } from './stories';

const end = (story: Story, passed: number, failed = 0): KillsEnd => ({
  ...{ story, passed, failed },
  ...{ writes: 3, replayed: ['TagAccount'] },
});

describe('what all kills have come to', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  it.each<[string, readonly KillsEnd[], { passed: number; failed: number }]>([
    [
      'good where every write of both stories had its turn, four times',
      [end('vending', 8), end('closing', 12), end('vending', 4)],
      { passed: 24, failed: 0 },
    ],
    ['a failure where a part was left out', [end('vending', 8), end('closing', 12)], { passed: 20, failed: 1 }],
    ['a failure where a story was left out', [end('vending', 12)], { passed: 12, failed: 1 }],
    ['two failures where no part was run', [], { passed: 0, failed: 2 }],
    [
      'a failure where one was not continued',
      [end('vending', 12), end('closing', 8), end('closing', 3, 1)],
      { passed: 23, failed: 1 },
    ],
  ])('is %s', (_case, ends, outcome) => {
    expect(killsOutcome(ends)).toEqual(outcome);
  });
});
