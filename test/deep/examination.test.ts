import { examination } from './examination';
import { doAll, sumOf } from './outcome';

describe('an examination', () => {
  beforeEach(() => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  it('comes to the sum of its parts', async () => {
    const parts = [1, 2, 3].map((passed) => () => Promise.resolve({ passed, failed: 0 }));
    const { tasks, outcome } = examination(parts, sumOf);
    await doAll(tasks);
    expect(outcome()).toEqual({ passed: 6, failed: 0 });
  });

  it('fails where a part has not come to its end, and does the others all the same', async () => {
    const good = (): Promise<{ passed: number; failed: number }> => Promise.resolve({ passed: 1, failed: 0 });
    const { tasks, outcome } = examination([() => Promise.reject(new Error('out of memory')), good, good], sumOf);
    await doAll(tasks);
    expect(outcome()).toEqual({ passed: 2, failed: 1 });
  });

  it('is judged by what has ended where some tasks were not begun', async () => {
    const good = (): Promise<{ passed: number; failed: number }> => Promise.resolve({ passed: 1, failed: 0 });
    const whole = jest.fn(sumOf);
    const { tasks, outcome } = examination([good, good, good], whole, sumOf);
    await doAll(tasks.slice(0, 2));
    expect(outcome()).toEqual({ passed: 2, failed: 0 });
    expect(whole).not.toHaveBeenCalled();
  });
});
