import { outcomeOfCheck } from './outcome-of-check';

const told = (exitCode: number): readonly [object, readonly string[]] => {
  const lines: string[] = [];
  const result = { status: 'ended', exitCode, output: 'first\nlast' } as const;
  const outcome = outcomeOfCheck({ name: 'lint', result, seconds: 1.26, tell: (line) => lines.push(line) });
  return [outcome, lines];
};

describe('outcomeOfCheck', () => {
  it('says in one line that a check has passed', () => {
    expect(told(0)).toEqual([{ passed: 1, failed: 0 }, ['✔ lint                   1.3 s']]);
  });

  it('counts a check that fails, and shows all of its output', () => {
    expect(told(2)).toEqual([{ passed: 0, failed: 1 }, ['✘ lint                   1.3 s', 'first\nlast']]);
  });

  it('counts a check that could not be started', () => {
    const result = { status: 'missing' } as const;
    expect(outcomeOfCheck({ name: 'lint', result, seconds: 0, tell: () => undefined })).toMatchObject({ failed: 1 });
  });
});
