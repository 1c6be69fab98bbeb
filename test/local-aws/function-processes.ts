import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Kills a function of one deployed stage as a failing host would: SIGKILL, in the middle of whatever it does. MiniStack
 * runs each function as a process of its own, whose environment names the function and the MiniStack that it belongs
 * to.
 *
 * @param runtime the endpoint of that MiniStack: others may run on this machine
 * @returns how many processes were killed
 */
export async function killFunction(runtime: string, functionName: string): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['axeww', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 });
  const marks = [`AWS_LAMBDA_FUNCTION_NAME=${functionName}`, `AWS_ENDPOINT_URL=${runtime}`];
  const pids = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => marks.every((mark) => words.includes(mark)))
    .map(([pid]) => Number(pid));
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}
