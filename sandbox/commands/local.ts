import { spawn } from 'node:child_process';
import path from 'node:path';

import { projectRoot, shellVariables } from '../environment';
import { SandboxError } from '../runtime/ministack/sandbox-error';
import { lives, readStart } from '../runtime/stage/local-start';
import { FOREIGN_VARIABLES, localVariables } from '../runtime/stage/shell-environment';

/**
 * `account-vending local`: a command with the endpoints of the local AWS that is up in this folder.
 *
 * @returns the exit code of the command
 * @throws SandboxError where no local AWS is up, or there is no such command
 */
export function local([program = '', ...args]: readonly string[]): Promise<number> {
  const start = readStart(path.join(projectRoot, '.cache'));
  if (start === undefined || !lives(start.pid)) {
    throw new SandboxError('No local AWS is up in this folder. Start it in another terminal: npm start');
  }
  if (start.endpoints === null)
    throw new SandboxError('The local AWS is not ready yet. Wait until it says that it is up.');
  const env = { ...shellVariables(FOREIGN_VARIABLES), ...localVariables(start.endpoints) };
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
