import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { type FileRun, filesIn } from './jest-run';
import { sourceHash } from './source-files';

export interface TestedSources {
  /** Where the results are kept. */
  readonly folder: string;
  /** Changes with the sources. */
  readonly hash: () => Promise<string>;
}

const OF_PROJECT: TestedSources = { folder: path.join(projectRoot, '.cache/tested'), hash: sourceHash };

/**
 * Has jest write its results, and keeps them for the sources that it has tested. Nothing is kept of sources that were
 * changed meanwhile.
 *
 * @param jest runs all tests with these additional arguments
 */
export async function keepingResults(
  jest: (args: readonly string[]) => Promise<number>,
  { folder, hash }: TestedSources = OF_PROJECT,
): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const before = await hash();
  const written = path.join(folder, 'running.json');
  const exitCode = await jest(['--json', '--outputFile', written]);
  if (existsSync(written) && (await hash()) === before) renameSync(written, path.join(folder, `${before}.json`));
  return exitCode;
}

/** What `npm test` has seen of these very sources; nothing if it has not run since they were changed. */
export async function keptResults({ folder, hash }: TestedSources = OF_PROJECT): Promise<readonly FileRun[]> {
  const results = path.join(folder, `${await hash()}.json`);
  return existsSync(results) ? filesIn(readFileSync(results, 'utf8')) : [];
}
