import { SFNClient, type SFNClientConfig } from '@aws-sdk/client-sfn';

import type { WorkflowName } from '../../../functions/domain/base/workflow-facts';
import { deployedDefinition } from '../../../sandbox/runtime/embedded/local-definition';
import { walkedHere, withArns } from '../../contract/walked-here';
import type { WalkedPath } from '../../contract/walked-paths';
import { type JudgedWalk, judgedWalk, MachineSchema } from './judged-walk';
import { stateTester } from './state-tester';

/** What TestState says of a path. */
export interface Judgement {
  readonly path: string;
  /** Undefined where both agree. */
  readonly difference: { readonly here: JudgedWalk; readonly there: JudgedWalk } | undefined;
}

/**
 * Goes each path by TestState and by the embedded interpreter.
 *
 * @param onJudged is told each judgement as soon as there is one
 */
export async function judge(
  config: SFNClientConfig,
  paths: readonly WalkedPath[],
  onJudged: (judgement: Judgement) => void = () => undefined,
): Promise<{ readonly judgements: readonly Judgement[]; readonly calls: number }> {
  const sfn = new SFNClient(config);
  const testers = new Map<WorkflowName, ReturnType<typeof testerFor>>();
  const judgements: Judgement[] = [];
  for (const path of paths) {
    const { machine, test } = testers.get(path.workflow) ?? testerFor(sfn, path.workflow);
    testers.set(path.workflow, { machine, test });
    const { status, error, entered } = await walkedHere(path);
    const here = { status, error, entered };
    const there = await judgedWalk(path, machine, test);
    const isSame = JSON.stringify(here) === JSON.stringify(there);
    const judgement = { path: path.name, difference: isSame ? undefined : { here, there } };
    judgements.push(judgement);
    onJudged(judgement);
  }
  const calls = [...testers.values()].reduce((sum, { test }) => sum + test.asked(), 0);
  return { judgements, calls };
}

function testerFor(sfn: SFNClient, workflow: WorkflowName) {
  const definition = withArns(deployedDefinition(workflow));
  return { machine: MachineSchema.parse(definition), test: stateTester(sfn, JSON.stringify(definition)) };
}
