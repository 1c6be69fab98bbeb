import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';

/** What a command left behind. */
export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A block of commands that takes longer hangs. */
const MAX_SECONDS = 600;

/**
 * A terminal of somebody who has just cloned the project: nothing of this process's environment but where programs are,
 * and what one block of commands exports is there for the next one. `npm start` runs on in a terminal of its own, until
 * the session ends.
 */
export class ShellSession {
  readonly #folder: string;
  readonly #path: string;
  readonly #started: ChildProcess[] = [];

  private constructor(folder: string, programs: string) {
    this.#folder = folder;
    this.#path = programs;
  }

  /** @param bin a folder of programs that are found before all others */
  static async open(bin: string): Promise<ShellSession> {
    // Without the programs of the project: npm brings those, and the Node that npm itself runs on is the person's own.
    const own = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
    const folder = await mkdtemp(path.join(tmpdir(), 'account-vending-shell-'));
    return new ShellSession(folder, [bin, ...own].join(path.delimiter));
  }

  /** Runs a block of commands; the first one that fails ends it. */
  async run(commands: string): Promise<Ran> {
    const exported = path.join(this.#folder, 'exported');
    const before = existsSync(exported) ? `source ${exported}` : '';
    const child = this.#bash(`set -euo pipefail\n${before}\n${commands}\nexport -p > ${exported}`);
    const deadline = setTimeout(() => {
      endGroup(child, 'SIGKILL');
    }, MAX_SECONDS * 1000);
    try {
      return await outcomeOf(child);
    } finally {
      clearTimeout(deadline);
    }
  }

  /**
   * Runs a command that stays up, until it has printed `ready`.
   *
   * @throws Error when it ends before that
   */
  async start(command: string, ready: string): Promise<void> {
    const child = this.#bash(`exec ${command}`);
    this.#started.push(child);
    const isReady = new Promise<'ready'>((resolve) => {
      const printed: string[] = [];
      child.stdout?.on('data', (chunk: Buffer) => {
        printed.push(chunk.toString());
        if (printed.join('').includes(ready)) resolve('ready');
      });
    });
    const first = await Promise.race([isReady, outcomeOf(child)]);
    if (first !== 'ready') throw new Error(`"${command}" has ended: ${first.stderr}`);
  }

  /** Ctrl-C in every terminal where something stays up; comes back when all that was started there has ended. */
  async endStarted(): Promise<void> {
    for (const child of this.#started.splice(0)) {
      // Its output is closed when the last process that writes to it is gone.
      const closed = once(child, 'close');
      if (child.exitCode !== null || child.signalCode !== null) continue;
      endGroup(child, 'SIGINT');
      await closed;
    }
  }

  async close(): Promise<void> {
    await this.endStarted();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #bash(script: string): ChildProcess {
    return spawn('bash', ['-c', script], {
      cwd: projectRoot,
      // No profile of the person who runs the tests.
      env: {
        PATH: this.#path,
        HOME: this.#folder,
        LANG: 'C.UTF-8',
        npm_config_update_notifier: 'false',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  }
}

async function outcomeOf(child: ChildProcess): Promise<Ran> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      output[name] += chunk.toString();
    });
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, ...output };
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

/** The AWS CLI in an environment of its own. @returns the folder of its program */
export async function awsCommandLine(): Promise<string> {
  const { python } = await ensurePythonEnvironment({
    root: path.join(projectRoot, '.cache/aws-cli'),
    requirementsFile: path.join(__dirname, 'requirements.txt'),
  });
  return path.dirname(python);
}
