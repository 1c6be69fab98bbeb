import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import * as z from 'zod';

import { runCommand } from '../../operator/run-command';
import { buildOrganization } from '../../packages/build/build-organization';
import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';

const StartedSchema = z.object({ endpoint: z.string(), environment: z.record(z.string(), z.string()) });

export interface PackagedOrganization extends z.infer<typeof StartedSchema> {
  readonly stop: () => Promise<void>;
}

/** Builds the package `@account-vending/organization`, as it is packed. @returns its folder */
export async function builtOrganization(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-organization-'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  await buildOrganization(folder);
  return folder;
}

/** Starts the command of the package in a process of its own, with the management account alone. */
export async function startPackaged(folder: string, ...options: readonly string[]): Promise<PackagedOrganization> {
  const child = spawn(process.execPath, [path.join(folder, 'dist/main.js'), '--bare', '--json', ...options], {
    env: isolatedEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    ...StartedSchema.parse(JSON.parse(line)),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** org-formation as npm has it, by the lock file of `test/peers/org-formation`. @returns its command */
export async function installedOrgFormation(): Promise<string> {
  const folder = path.join(projectRoot, '.cache/org-formation');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    cpSync(path.join(projectRoot, 'test/peers/org-formation', file), path.join(folder, file));
  }
  // The proxy and the registry are those of the person.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const result = await runCommand('npm', args, { cwd: folder });
  if (result.status === 'missing' || result.exitCode !== 0) {
    throw new Error(`org-formation cannot be installed: ${JSON.stringify(result)}`);
  }
  return path.join(folder, 'node_modules/.bin/org-formation');
}

/** A folder with one organization file, and the commands of org-formation in it. */
export class OrgFormation {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'org-formation-'));

  readonly #command: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(command: string, environment: Readonly<Record<string, string>>) {
    this.#command = command;
    this.#environment = environment;
  }

  get file(): string {
    return path.join(this.#folder, 'organization.yml');
  }

  async run(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }> {
    const result = await runCommand(this.#command, [...args, '--no-color'], {
      cwd: this.#folder,
      env: { ...isolatedEnvironment(), ...this.#environment },
    });
    if (result.status === 'missing') throw new Error(`${this.#command} is missing.`);
    return result;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
