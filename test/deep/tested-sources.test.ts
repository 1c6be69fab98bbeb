import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { keepingResults, keptResults, type TestedSources } from './tested-sources';

describe('results of npm test', () => {
  let sources: TestedSources;
  let now: string;

  beforeEach(() => {
    now = 'one';
    sources = { folder: mkdtempSync(path.join(tmpdir(), 'tested-')), hash: () => Promise.resolve(now) };
  });
  afterEach(() => {
    rmSync(sources.folder, { recursive: true });
  });

  const jest =
    (exitCode: number, meanwhile: () => void = () => undefined) =>
    ([, , file = '']: readonly string[]): Promise<number> => {
      const assertionResults = [{ fullName: 'a green test', status: 'passed' }];
      writeFileSync(file, JSON.stringify({ testResults: [{ name: 'one.test.ts', message: '', assertionResults }] }));
      meanwhile();
      return Promise.resolve(exitCode);
    };

  it('are kept for these sources, with the exit code that jest has', async () => {
    expect(await keepingResults(jest(1), sources)).toBe(1);
    expect(await keptResults(sources)).toEqual([
      { file: 'one.test.ts', passed: ['a green test'], failed: [], message: '' },
    ]);
  });

  it('say nothing of other sources', async () => {
    await keepingResults(jest(0), sources);
    now = 'two';
    expect(await keptResults(sources)).toEqual([]);
  });

  it('are dropped if a source is changed while the tests run', async () => {
    const change = (): void => {
      now = 'two';
    };
    await keepingResults(jest(0, change), sources);
    expect(await keptResults(sources)).toEqual([]);
    now = 'one';
    expect(await keptResults(sources)).toEqual([]);
  });

  it('of an earlier run are gone once another begins', async () => {
    await keepingResults(jest(0), sources);
    await keepingResults(() => Promise.resolve(1), sources);
    expect(await keptResults(sources)).toEqual([]);
  });
});
