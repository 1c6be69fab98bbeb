import { type KillsEnd, killsOutcome } from './kills-end';
import type { Story } from './stories';

const end = (story: Story, passed: number, failed = 0): KillsEnd => ({
  story,
  passed,
  failed,
  writes: 3,
  replayed: ['TagAccount'],
});

const approved = [end('approved vending', 12), end('approved closing', 12)];

describe('what all kills have come to', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  it.each<[string, readonly KillsEnd[], { passed: number; failed: number }]>([
    [
      'good where every write of all stories had its turn, four times',
      [end('vending', 8), end('closing', 12), end('vending', 4), ...approved],
      { passed: 48, failed: 0 },
    ],
    [
      'a failure where a part was left out',
      [end('vending', 8), end('closing', 12), ...approved],
      { passed: 44, failed: 1 },
    ],
    ['a failure where a story was left out', [end('vending', 12), ...approved], { passed: 36, failed: 1 }],
    ['a failure for each story where no part was run', [], { passed: 0, failed: 4 }],
    [
      'a failure where one was not continued',
      [end('vending', 12), end('closing', 8), end('closing', 3, 1), ...approved],
      { passed: 47, failed: 1 },
    ],
  ])('is %s', (_case, ends, outcome) => {
    expect(killsOutcome(ends)).toEqual(outcome);
  });
});
