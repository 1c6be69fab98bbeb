import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';

export interface Seen {
  readonly answer?: unknown;
  /** Where all pages were asked for. */
  readonly pages?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: string;
  readonly status?: number;
}

/** Makes the calls through botocore, in its own process. */
export async function readWithBotocore(endpoint: string, calls: readonly object[]): Promise<readonly Seen[]> {
  const { python } = await ensurePythonEnvironment();
  const child = spawn(python, [path.join(projectRoot, 'test/contract/read_with_botocore.py')], {
    env: isolatedEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ endpoint, calls }));
  return JSON.parse(await text(child.stdout)) as readonly Seen[];
}
