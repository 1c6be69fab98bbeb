import { spawn } from 'node:child_process';
import path from 'node:path';

import { projectRoot, shellVariables } from '../environment';
import { SandboxError } from '../runtime/ministack/sandbox-error';
import { deployedApi } from '../runtime/stage/empty-stage';
import { lives, type LocalStart, profileFileIn, readStart } from '../runtime/stage/local-start';
import {
  emptyVariables,
  FOREIGN_VARIABLES,
  localVariables,
  VARIABLES_BEFORE_PROFILES,
} from '../runtime/stage/shell-environment';

const FOLDER = path.join(projectRoot, '.cache');

/**
 * `account-vending local`: a command with the endpoints of the local AWS that is up in this folder.
 *
 * @returns the exit code of the command
 * @throws SandboxError where no local AWS is up, or there is no such command
 */
export async function local([program = '', ...args]: readonly string[]): Promise<number> {
  const start = readStart(FOLDER);
  if (start === undefined || !lives(start.pid)) {
    throw new SandboxError(
      'No local AWS is up. Start it in another terminal, in the folder of the repository: npm start',
    );
  }
  const env = await environmentOf(start);
  const child = spawn(program, args, { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    child.once('error', ({ message }) => {
      reject(new SandboxError(`${program} cannot be run: ${message}. Check its name and the PATH.`));
    });
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
}

async function environmentOf({ endpoints, empty }: LocalStart): Promise<Record<string, string | undefined>> {
  if (endpoints !== null) return { ...shellVariables(FOREIGN_VARIABLES), ...localVariables(endpoints) };
  if (empty === undefined) {
    throw new SandboxError('The local AWS is not ready yet. Wait until it says that it is up.');
  }
  const api = await deployedApi(empty.runtime);
  return { ...shellVariables(VARIABLES_BEFORE_PROFILES), ...emptyVariables(empty, profileFileIn(FOLDER), api) };
}
