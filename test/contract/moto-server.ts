import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isolatedEnvironment } from '../../sandbox/environment';
import { choosePort } from '../../sandbox/runtime/ministack/choose-port';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';

export interface MotoServer {
  readonly endpoint: string;
  /** Forgets everything, as if just started. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * moto, another and independent model of AWS, as a server on a free port. It knows AWS managed policies only when told
 * to: it takes some seconds to load them after every reset.
 */
export async function startMoto({ managedPolicies = false } = {}): Promise<MotoServer> {
  const environment = await ensurePythonEnvironment();
  const port = await choosePort();
  const child = spawn(environment.bin('moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    env: { ...isolatedEnvironment(), MOTO_IAM_LOAD_MANAGED_POLICIES: String(managedPolicies) },
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(child, endpoint);
  return {
    endpoint,
    reset: async () => {
      await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function untilReady(child: ChildProcess, endpoint: string): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(`moto_server ended with exit code ${child.exitCode} before it answered.`);
    }
    try {
      await fetch(`${endpoint}/moto-api/data.json`);
      return;
    } catch {
      await pause(50);
    }
  }
  child.kill();
  throw new Error(`moto_server did not answer on ${endpoint} within 180 seconds.`);
}
