import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import openapiTS, { astToString } from 'openapi-typescript';

import openapi from '../../docs/openapi.json';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import type { Workflows } from '../src/logic/layout';
import { layoutOf } from './layout';

const FOLDER = path.join(import.meta.dirname, '../src/generated');

/** The typed client has the same types. */
const FOLDER_OF_CLIENT = path.join(import.meta.dirname, '../../packages/client/src/generated');

const HEAD = `import type { Workflows } from '../logic/layout';\n\n`;

/**
 * Writes what console and client are built from and nobody edits: types of the API, and the pictures of the workflows.
 * It is not committed: openapi.json and the state machines are.
 */
async function generate(): Promise<void> {
  const types = astToString(await openapiTS(JSON.stringify(openapi)));
  write(FOLDER, 'api.d.ts', types);
  write(FOLDER_OF_CLIENT, 'api.ts', types);
  const { stringify } = JSON;
  write(
    FOLDER,
    'workflows.ts',
    `${HEAD}export const WORKFLOWS: Workflows = ${stringify(await pictures(), null, 1)};\n`,
  );
}

const pictures = async (): Promise<Workflows> => ({
  'vend-account': { tasks: await layoutOf(vendAccount, 'tasks'), all: await layoutOf(vendAccount, 'all') },
  'close-account': { tasks: await layoutOf(closeAccount, 'tasks'), all: await layoutOf(closeAccount, 'all') },
});

/** Checks run at the same time: each sees a whole file, and the newest one is kept only where it differs. */
function write(folder: string, name: string, content: string): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  if (contentOf(file) === content) return;
  const written = `${file}.${process.pid}`;
  writeFileSync(written, content);
  renameSync(written, file);
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

await generate();
