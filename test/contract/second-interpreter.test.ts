import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import { INPUT, WorkflowWorld } from '../sandbox/runtime/embedded/workflow-world';
import { statesOf } from '../statemachines/states';
import { type Answer, WALKED_PATHS, type WalkedPath } from './walked-paths';

/** How an interpreter has gone a path. */
interface Walk {
  readonly status: string;
  readonly error: string | null;
  readonly entered: readonly string[];
  /**
   * The functions that were called, with what they were given: more of them than entries where something was tried
   * again.
   */
  readonly calls: readonly (readonly [string, unknown])[];
}

/** Placeholders as the stack fills them. */
const withArns = (definition: object): unknown =>
  JSON.parse(
    JSON.stringify(definition)
      .replaceAll('${InvokeWithTaskToken}', 'arn:aws:states:::lambda:invoke.waitForTaskToken')
      .replaceAll(/\$\{(\w+)\}/gu, 'arn:aws:lambda:eu-central-1:000000000000:function:$1'),
  );

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

/** In virtual time, so that turns that are lost and all pauses take their time. */
async function walkedHere({ workflow, answers }: WalkedPath): Promise<Walk> {
  const answering = (script: readonly Answer[]) => async (input: Record<string, unknown>, count: number) => {
    const answer = script[Math.min(count, script.length) - 1] ?? { lost: true };
    const { tokens } = world.workflow;
    const token = String(input['taskToken']);
    if ('fails' in answer) throw Object.assign(new Error('as the path says'), { name: answer.fails });
    if ('token' in answer) await tokens.succeed(token, { ...answer.token });
    if ('refused' in answer) await tokens.fail(token, { name: answer.refused, message: 'as the path says' });
    return 'returns' in answer ? answer.returns : {};
  };
  const behaviours = Object.entries(answers).map(([state, script]) => [state, answering(script)] as const);
  const world = new WorkflowWorld(deployedDefinition(workflow), Object.fromEntries(behaviours), { keepsHistory: true });
  try {
    await world.start();
    await world.settle();
    const [execution] = world.workflow.executions;
    return {
      status: execution?.description.status ?? 'none',
      error: execution?.description.error ?? null,
      entered: (execution?.history ?? []).flatMap((event) => (event.type === 'StateEntered' ? [event.state.name] : [])),
      calls: world.entries.map(({ state, input }) => [state, input]),
    };
  } finally {
    world.stop();
  }
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
