import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Ended, nodeAlone, runNpm } from './run-npm';

/** What a test of the demo has at hand. */
export interface DemoRuns {
  /** A PATH on which Node alone stands. */
  readonly programs: () => string;
  /** Of the folder for files of orders. */
  readonly pathOf: (name: string) => string;
  /** Writes a file as JSON, and gives its path. */
  readonly write: (name: string, content: object) => string;
  /** Runs the embedded demo. */
  readonly demo: (...args: readonly string[]) => Promise<Ended>;
}

/** Folders that are made before the tests of a `describe`, and removed after them. */
export function demoRuns(): DemoRuns {
  let programs: string;
  let folder: string;
  beforeAll(() => {
    programs = nodeAlone();
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-orders-'));
  });
  afterAll(() => {
    rmSync(programs, { recursive: true });
    rmSync(folder, { recursive: true });
  });
  const pathOf = (name: string): string => path.join(folder, name);
  return {
    programs: () => programs,
    pathOf,
    write: (name, content) => {
      writeFileSync(pathOf(name), JSON.stringify(content));
      return pathOf(name);
    },
    demo: (...args) => runNpm('demo', ['--embedded', ...args], { programs }),
  };
}
