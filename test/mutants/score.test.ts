import { mutantScore, scoreRow, survivorsOf } from './score';

const mutant = (status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'CompileError', line = 1) => ({
  id: `${line}`,
  fileName: '/anywhere/functions/ledger/base/keys.ts',
  mutatorName: 'StringLiteral',
  replacement: '""',
  location: { start: { line, column: 5 }, end: { line, column: 9 } },
  status,
});

describe('the score of a folder', () => {
  it('counts what cannot be run neither as noticed nor as missed', () => {
    const results = [mutant('Killed'), mutant('Timeout'), mutant('Survived'), mutant('NoCoverage')];
    const score = mutantScore([...results, mutant('CompileError')]);
    expect(score).toEqual({ mutants: 4, killed: 2, survived: 1, unreached: 1 });
    expect(scoreRow('ledger', score, new Date('2030-01-02T03:04:05Z'))).toBe(
      '| ledger | 4 | 2 | 1 | 1 | 50.0 % | 2030-01-02 |',
    );
  });

  it('is not told of nothing', () => {
    expect(scoreRow('ledger', mutantScore([]), new Date('2030-01-02'))).toContain('| - |');
  });

  it('lists what no test has noticed, in the order of the code', () => {
    expect(survivorsOf([mutant('Survived', 9), mutant('Killed', 5), mutant('NoCoverage', 2)])).toEqual([
      'functions/ledger/base/keys.ts:2:5 NoCoverage StringLiteral: ""',
      'functions/ledger/base/keys.ts:9:5 Survived StringLiteral: ""',
    ]);
  });
});
