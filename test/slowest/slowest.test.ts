import { slowest } from './slowest';

describe('slowest', () => {
  it('shows the ten files that took longest, and the sum of all', () => {
    const times = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`test/${n}.test.ts`, n] as const));
    const lines = slowest(times, () => true);

    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('    11.0 s  test/11.test.ts');
    expect(lines.at(-2)).toBe('     2.0 s  test/2.test.ts');
    expect(lines.at(-1)).toBe('    66.0 s  all 12 files');
  });

  it('leaves out a file that was moved or removed', () => {
    expect(slowest({ gone: 5, here: 1 }, (file) => file === 'here')).toEqual([
      '     1.0 s  here',
      '     1.0 s  all 1 files',
    ]);
  });

  it('shows nothing where no test has run', () => {
    expect(slowest({}, () => true)).toEqual([]);
  });
});
