import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import errorsOfOperations from '../functions/aws/base/errors-of-operations.json';
import { calledOperations } from './called-operations';

describe('test/functions/aws/base/errors-of-operations.json', () => {
  it('holds what botocore lists of every operation that the functions call', async () => {
    // To take what is new: print it with test/contract/errors_of_operations.py, and sort the names in
    // functions/aws/base/aws-error-sorts.ts.
    expect(errorsOfOperations).toEqual(await errorsInBotocore());
  });
});

async function errorsInBotocore(): Promise<unknown> {
  const { python } = await ensurePythonEnvironment();
  const child = spawn(python, [path.join(projectRoot, 'test/contract/errors_of_operations.py')], {
    env: isolatedEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(calledOperations()));
  return JSON.parse(await text(child.stdout));
}
