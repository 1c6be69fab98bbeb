import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';

import { hashOfFiles } from '../../infra/hash-of-files';
import { keptFolder } from '../../infra/kept-folders';
import { projectRoot } from '../../sandbox/environment';

const SOURCES = [
  'console/src',
  'console/build',
  'console/index.html',
  'console/public',
  'console/vite.config.ts',
  'docs/openapi.json',
  'operator/vendings',
  'statemachines',
  'package-lock.json',
];

/** The folder of the page in the browser, built if it has not been from these sources. */
export const builtConsole = (): string =>
  keptFolder(path.join(projectRoot, '.cache/console'), hashOfFiles(projectRoot, SOURCES), (folder) => {
    execFileSync('npm', ['run', '-s', 'build:console'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] });
    cpSync(path.join(projectRoot, 'console/dist'), folder, { recursive: true });
  });
