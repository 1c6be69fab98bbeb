import type { SFNClient, TestStateCommandInput, TestStateCommandOutput } from '@aws-sdk/client-sfn';
import { TestStateCommand } from '@aws-sdk/client-sfn';

/** One state of a machine, and what it is tested with. */
export type TestedState = Pick<
  TestStateCommandInput,
  'stateName' | 'input' | 'mock' | 'context' | 'stateConfiguration'
>;

export type StateTester = (tested: TestedState) => Promise<TestStateCommandOutput>;

/**
 * Asks TestState about the states of one definition, without a role: nothing is made, and no function is called. Paths
 * that have begun alike ask the same, which is asked once.
 */
export function stateTester(sfn: SFNClient, definition: string): StateTester & { readonly asked: () => number } {
  const answers = new Map<string, Promise<TestStateCommandOutput>>();
  const test: StateTester = (tested) => {
    const key = JSON.stringify(tested);
    const answer =
      answers.get(key) ?? sfn.send(new TestStateCommand({ definition, inspectionLevel: 'DEBUG', ...tested }));
    answers.set(key, answer);
    return answer;
  };
  return Object.assign(test, { asked: () => answers.size });
}
