import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { SandboxError } from '../ministack/sandbox-error';
import type { StageEndpoints } from './deployed-stage';
import { accountProfiles, profileFile, shellEnvironment } from './shell-environment';
import type { EntryEndpoints } from './empty-stage';

const StartSchema = z.object({
  pid: z.int(),
  /** Null while it is being deployed. */
  endpoints: z.object({ runtime: z.string(), organization: z.string(), api: z.string() }).nullable(),
  /** In the place of endpoints, where nothing is deployed from here. */
  empty: z.object({ runtime: z.string(), organization: z.string(), entry: z.string() }).optional(),
});

/** A local AWS that is up in this folder, as other commands find it. */
export type LocalStart = z.infer<typeof StartSchema>;

/** Names of the files in `.cache`: who is up, for `account-vending local`; for a shell; for the AWS CLI. */
const FILES = { start: 'local-aws.json', shell: 'endpoints.env', profile: 'aws-config' } as const;

/**
 * Takes a folder for the local AWS of this process. Two of them would overwrite and remove each other's files.
 *
 * @throws SandboxError that names the process which has it
 */
export function takeFolder(folder: string, pid: number): void {
  mkdirSync(folder, { recursive: true });
  if (written(folder, pid)) return;
  const other = readStart(folder);
  if (other !== undefined && lives(other.pid)) {
    throw new SandboxError(
      `A local AWS of this folder is up already, in process ${other.pid}. Use that one, or end it with Ctrl-C in its terminal.`,
    );
  }
  // It was killed, and could not remove its file.
  leaveFolder(folder);
  if (!written(folder, pid)) takeFolder(folder, pid);
}

/** Writes down where it is, once it can be used. */
export function tellEndpoints(folder: string, pid: number, endpoints: StageEndpoints): void {
  const start: LocalStart = { pid, endpoints };
  writeFileSync(path.join(folder, FILES.start), `${JSON.stringify(start)}\n`);
  writeFileSync(path.join(folder, FILES.shell), shellEnvironment(endpoints));
  writeFileSync(path.join(folder, FILES.profile), profileFile(endpoints));
}

/** The same of one to which others deploy. */
export function tellEmptyEndpoints(folder: string, pid: number, empty: EntryEndpoints): void {
  const start: LocalStart = { pid, endpoints: null, empty };
  writeFileSync(path.join(folder, FILES.profile), accountProfiles(empty));
  writeFileSync(path.join(folder, FILES.start), `${JSON.stringify(start)}\n`);
}

/** Where the profiles are. */
export const profileFileIn = (folder: string): string => path.join(folder, FILES.profile);

export function leaveFolder(folder: string): void {
  for (const file of Object.values(FILES)) rmSync(path.join(folder, file), { force: true });
}

/** The local AWS of a folder; undefined if there is none. It may have been killed. */
export function readStart(folder: string): LocalStart | undefined {
  try {
    return StartSchema.safeParse(JSON.parse(readFileSync(path.join(folder, FILES.start), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives, too.
    return codeOf(error) === 'EPERM';
  }
}

/** False where somebody else has the file. */
function written(folder: string, pid: number): boolean {
  const start: LocalStart = { pid, endpoints: null };
  try {
    writeFileSync(path.join(folder, FILES.start), `${JSON.stringify(start)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
