import { sideBySide } from '../../../functions/reconcile/side-by-side';

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('side by side', () => {
  const entering = (side: ReturnType<typeof sideBySide>, count: number): { inside: number } => {
    const seen = { inside: 0 };
    for (let one = 0; one < count; one += 1) void side.enter().then(() => (seen.inside += 1));
    return seen;
  };

  it('are so many at most, and the next comes in when one has left', async () => {
    const side = sideBySide(3);
    const seen = entering(side, 5);
    await turns();
    expect(seen.inside).toBe(3);
    side.leave();
    await turns();
    expect(seen.inside).toBe(4);
  });

  it('are half as many once it was too much, one at least, and more again little by little', async () => {
    const side = sideBySide(8);
    side.narrow();
    side.narrow();
    const seen = entering(side, 20);
    await turns();
    expect(seen.inside).toBe(2);
    for (let one = 0; one < 5; one += 1) side.narrow();
    for (let one = 0; one < 2; one += 1) side.leave();
    await turns();
    // One of two that were inside came back to room for one, which had grown meanwhile.
    expect(seen.inside).toBeGreaterThanOrEqual(3);
    expect(seen.inside).toBeLessThanOrEqual(5);
    for (let one = 0; one < 40; one += 1) side.leave();
    await turns();
    expect(seen.inside).toBe(20);
  });

  it('are more again by one for each full round that has ended well, and never more than at first', async () => {
    const side = sideBySide(8);
    side.narrow();
    side.narrow();
    const seen = entering(side, 40);
    await turns();
    const insides = [];
    for (let one = 0; one < 6; one += 1) {
      side.leave();
      await turns();
      insides.push(seen.inside);
    }
    // There is room for 2.5, 2.9, 3.2, 3.6, 3.8 and 4.1 of them.
    expect(insides).toEqual([3, 4, 6, 7, 8, 10]);
    for (let one = 0; one < 26; one += 1) side.leave();
    await turns();
    expect(seen.inside).toBe(32 + 8);
  });

  it('are one where it was too much for two or three', async () => {
    const side = sideBySide(3);
    side.narrow();
    side.narrow();
    const seen = entering(side, 2);
    await turns();
    expect(seen.inside).toBe(1);
    const other = sideBySide(3);
    other.narrow();
    const ofOther = entering(other, 2);
    await turns();
    expect(ofOther.inside).toBe(1);
  });

  it('do one after the other what has its turn, also after one that has failed', async () => {
    const side = sideBySide(3);
    const done: number[] = [];
    const work = (number: number) => async (): Promise<void> => {
      await turns();
      done.push(number);
      if (number === 1) throw new Error('no');
    };
    const first = side.inTurn(work(1));
    const second = side.inTurn(work(2));
    await expect(first).rejects.toThrow('no');
    expect(done).toEqual([1]);
    await second;
    expect(done).toEqual([1, 2]);
  });
});
