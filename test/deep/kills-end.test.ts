import { type KillsEnd, killsOutcome } from './kills-end';

const end = (passed: number, failed = 0): KillsEnd => ({ passed, failed, writes: 3, replayed: ['TagAccount'] });

describe('what all kills have come to', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  it.each<[string, readonly KillsEnd[], { passed: number; failed: number }]>([
    ['good where every write had its turn, four times', [end(8), end(4)], { passed: 12, failed: 0 }],
    ['a failure where a part was left out', [end(8)], { passed: 8, failed: 1 }],
    ['a failure where no part was run', [], { passed: 0, failed: 1 }],
    ['a failure where one was not continued', [end(8), end(3, 1)], { passed: 11, failed: 1 }],
  ])('is %s', (_case, ends, outcome) => {
    expect(killsOutcome(ends)).toEqual(outcome);
  });
});
