import { deployedDefinition } from '../../sandbox/runtime/embedded/local-definition';
import { WorkflowWorld } from '../sandbox/runtime/embedded/workflow-world';
import type { Answer, WalkedPath } from './walked-paths';

/** How an interpreter has gone a path. */
export interface Walk {
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
export const withArns = (definition: object): unknown =>
  JSON.parse(
    JSON.stringify(definition)
      .replaceAll('${InvokeWithTaskToken}', 'arn:aws:states:::lambda:invoke.waitForTaskToken')
      .replaceAll(/\$\{(\w+)\}/gu, 'arn:aws:lambda:eu-central-1:000000000000:function:$1'),
  );

/** In virtual time, so that turns that are lost and all pauses take their time. */
export async function walkedHere({ workflow, answers }: WalkedPath): Promise<Walk> {
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
