import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isolatedEnvironment } from '../../environment';
import { choosePort } from './choose-port';
import { ensurePythonEnvironment } from './python-environment';
import { readLines } from '../../../operator/run-command';
import { SandboxError } from './sandbox-error';

export interface MiniStackOptions {
  /** Any free one if absent. */
  readonly port?: number;
  readonly region: string;
  /**
   * Factor on Wait states and retry pauses: 1 is real time, 0.01 makes a minute 0.6 s, 0 skips them. Not on time-outs.
   */
  readonly waitScale: number;
  /**
   * The endpoints for the SDK of the Lambdas, by the SDK's own key: `{ ORGANIZATIONS: 'http://127.0.0.1:4567', STS: …
   * }`.
   */
  readonly endpoints: Readonly<Record<string, string>>;
  /**
   * MiniStack's own log with all that Lambdas print; without it only warnings are produced, and kept for error
   * messages.
   */
  readonly log?: (line: string) => void;
}

export interface RunningMiniStack {
  readonly endpoint: string;
  readonly region: string;
  /** The account that the application is deployed to, and the access key that its Lambdas use. */
  readonly accountId: string;
  /** Ends MiniStack and every Lambda process, and removes its files. A second call does nothing. */
  stop(): Promise<void>;
}

const accountId = '000000000000';
const startBudgetMilliseconds = 180_000;
const pollMilliseconds = 50;
const keptLines = 20;

/** Another process may take a free port before MiniStack does. */
const TRIES = 5;

/**
 * Starts MiniStack on 127.0.0.1 and comes back when it answers. It ends with this process, however that ends
 * (`run_ministack.py`). Its Lambdas see the account id as access key and the given endpoints.
 *
 * @throws SandboxError when Python or the port cannot be had, or MiniStack does not come up.
 */
export const startMiniStack = async (options: MiniStackOptions, choose = choosePort): Promise<RunningMiniStack> => {
  // A port that is asked for is judged before Python's packages are installed.
  if (options.port !== undefined) await choose(options.port);
  const { python } = await ensurePythonEnvironment(options.log && { log: options.log });
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(await choose(options.port), python, options);
    } catch (error) {
      if (options.port !== undefined || tries === TRIES || !isOfTakenPort(error)) throw error;
    }
  }
};

const isOfTakenPort = (error: unknown): boolean =>
  error instanceof SandboxError && /already in use/u.test(error.message);

const startOn = async (port: number, python: string, options: MiniStackOptions): Promise<RunningMiniStack> => {
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'account-vending-ministack-'));
  // MiniStack repeats this word in its health answer, so that a stranger on the port is not taken for ours.
  const runId = randomUUID();
  const child = spawn(python, [path.join(import.meta.dirname, 'run_ministack.py'), folder], {
    cwd: folder,
    env: miniStackEnvironment({ ...options, port, endpoint, folder, runId }),
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own: it and its Lambdas are ended together.
    detached: true,
  });
  const lines = keepLastLines(child, options.log);
  const stop = async (): Promise<void> => {
    await endGroup(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilHealthy({ child, endpoint, runId, lines });
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, region: options.region, accountId, stop };
};

interface Launch extends MiniStackOptions {
  readonly port: number;
  readonly endpoint: string;
  readonly folder: string;
  readonly runId: string;
}

const SCALED_WAITS = path.join(import.meta.dirname, 'scaled-waits.cjs');

const miniStackEnvironment = (launch: Launch): Record<string, string> => ({
  ...isolatedEnvironment(),
  BIND_HOST: '127.0.0.1',
  GATEWAY_PORT: String(launch.port),
  // In queue URLs: `localhost` may mean ::1, where nobody listens.
  MINISTACK_HOST: '127.0.0.1',
  MINISTACK_REGION: launch.region,
  MINISTACK_EDITION: launch.runId,
  SFN_WAIT_SCALE: String(launch.waitScale),
  // Two listeners on fixed ports that nothing here uses.
  IOT_MTLS_ENABLED: '0',
  SFTP_ENABLED: '0',
  TMPDIR: launch.folder,
  STATE_DIR: path.join(launch.folder, 'state'),
  // No __pycache__ beside our own files; pip has compiled the packages.
  PYTHONDONTWRITEBYTECODE: '1',
  LOG_LEVEL: launch.log === undefined ? 'WARNING' : 'INFO',
  // From here on for the Lambdas, which inherit it all.
  AWS_ENDPOINT_URL: launch.endpoint,
  ...Object.fromEntries(Object.entries(launch.endpoints).map(([key, url]) => [`AWS_ENDPOINT_URL_${key}`, url])),
  // MiniStack's worker calls url.parse: a warning on every start of a Lambda that is not the Lambda's.
  NODE_OPTIONS: `--disable-warning=DEP0169 --require ${JSON.stringify(SCALED_WAITS)}`,
});

/** Reads everything that the child prints (a full pipe would stop it) and keeps the end of it for error messages. */
const keepLastLines = (child: ChildProcess, log?: (line: string) => void): readonly string[] => {
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
    log?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, keep);
  return lines;
};

interface Start {
  readonly child: ChildProcess;
  readonly endpoint: string;
  readonly runId: string;
  readonly lines: readonly string[];
}

const untilHealthy = async ({ child, endpoint, runId, lines }: Start): Promise<void> => {
  const deadline = Date.now() + startBudgetMilliseconds;
  while (!(await answersAs(runId, endpoint))) {
    if (hasEnded(child)) throw new SandboxError(`MiniStack ended at its start: ${lines.join('\n')}`);
    if (Date.now() > deadline) {
      throw new SandboxError(
        `MiniStack did not answer at ${endpoint} within ${startBudgetMilliseconds / 1000} s. Run the command again when the machine is less busy.`,
      );
    }
    await pause(pollMilliseconds);
  }
};

const answersAs = async (runId: string, endpoint: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(10_000) });
    return (await answer.text()).includes(runId);
  } catch {
    // Nobody listens yet.
    return false;
  }
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const endGroup = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, 'exit');
  // Nothing is worth saving: the whole state goes with the folder.
  process.kill(-child.pid, 'SIGKILL');
  await ended;
};
