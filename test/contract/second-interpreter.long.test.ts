import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import { INPUT } from '../sandbox/runtime/embedded/workflow-world';
import { statesOf } from '../statemachines/states';
import { type Walk, walkedHere, withArns } from './walked-here';
import { WALKED_PATHS, type WalkedPath } from './walked-paths';

async function walkedByMoto(paths: readonly WalkedPath[]): Promise<readonly Walk[]> {
  const { python } = await ensurePythonEnvironment();
  const child = spawn(python, [path.join(projectRoot, 'test/contract/walk_with_moto.py')], {
    env: isolatedEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const asked = paths.map(({ workflow, answers }) => {
    const definition = withArns(deployedDefinition(workflow));
    return { definition, input: INPUT, answers };
  });
  child.stdin.end(JSON.stringify(asked));
  return JSON.parse(await text(child.stdout)) as readonly Walk[];
}

/** Tokens are each interpreter's own. */
const masked = (walk: Walk | undefined): unknown =>
  JSON.parse(JSON.stringify(walk ?? null, (key, value: unknown) => (key === 'taskToken' ? 'token' : value)));

const retriesIn = ({ entered, calls }: Walk): number => {
  const called = new Set(calls.map(([state]) => state));
  return calls.length - entered.filter((state) => called.has(state)).length;
};

describe('a second interpreter of the state machines', () => {
  let ours: readonly Walk[];
  let theirs: readonly Walk[];

  beforeAll(async () => {
    theirs = await walkedByMoto(WALKED_PATHS);
    const walks: Walk[] = [];
    for (const one of WALKED_PATHS) walks.push(await walkedHere(one));
    ours = walks;
    const retries = ours.map(retriesIn).reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      `moto and the embedded interpreter walked ${ours.length} paths; ${ours.flatMap(({ entered }) => entered).length} states entered, ${retries} retries\n`,
    );
  });

  it.each(WALKED_PATHS.map(({ name }, index) => ({ name, index })))(
    'enters the same states, calls the same functions as often with the same input, and ends alike: $name',
    ({ index }) => {
      expect(theirs[index]?.calls.length).toBeGreaterThan(0);
      expect(masked(theirs[index])).toEqual(masked(ours[index]));
    },
  );

  it('comes to every state of both machines, to good ends and to bad ones', () => {
    for (const workflow of ['vend-account', 'close-account'] as const) {
      const states = statesOf(deployedDefinition(workflow) as Parameters<typeof statesOf>[0]).map(([name]) => name);
      const entered = new Set(
        theirs.flatMap((walk, index) => (WALKED_PATHS[index]?.workflow === workflow ? walk.entered : [])),
      );
      expect(states.filter((state) => !entered.has(state))).toEqual([]);
    }
    expect(new Set(theirs.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED', 'FAILED']));
  });

  it('waits for a turn more often than any fault is tried again', () => {
    const [walk] = theirs.filter((_, index) => WALKED_PATHS[index]?.name.includes('tokens are lost'));
    expect(walk).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(walk?.calls.filter(([state]) => state === 'AwaitStackSetTurn')).toHaveLength(21);
  });

  it.each([
    ['RejectedError', 0],
    ['InvalidRequestError', 0],
    ['TypeError', 3],
    ['TransientError', 10],
    ['Lambda.TooManyRequestsException', 10],
    ['Lambda.ServiceException', 10],
    ['Lambda.AWSLambdaException', 10],
    ['Lambda.SdkClientException', 10],
    ['Lambda.ClientExecutionTimeoutException', 10],
  ])('gives up %s after %d more tries', (error, retries) => {
    const failed = theirs.filter((walk) => walk.error === error);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.map(retriesIn)).toEqual(failed.map(() => retries));
  });
});
