import { type SeedsEnd, seedsOutcome } from './seeds-end';

const end = (killedStates: string[], changes: Partial<SeedsEnd> = {}): SeedsEnd => ({
  passed: 2,
  failed: 0,
  kills: 5,
  calls: 10,
  killedStates,
  states: ['CreateAccount', 'ImportAccount', 'TagAccount'],
  ...changes,
});

describe('what the seeds have come to', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  it('is good where every seed holds and a process has died in every state, in one process or another', () => {
    const ends = [end(['CreateAccount']), end(['TagAccount'])];
    expect(seedsOutcome(ends, 'every state')).toEqual({ passed: 4, failed: 0 });
  });

  it('is not where a state is missing that has to be there', () => {
    expect(seedsOutcome([end(['TagAccount'])], 'every state')).toEqual({ passed: 2, failed: 1 });
    expect(seedsOutcome([end(['TagAccount'])], 'some states')).toEqual({ passed: 2, failed: 0 });
  });

  it('is not where a seed does not hold', () => {
    const ends = [end(['CreateAccount', 'TagAccount'], { passed: 1, failed: 1 })];
    expect(seedsOutcome(ends, 'every state')).toEqual({ passed: 1, failed: 1 });
  });
});
