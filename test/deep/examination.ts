import { type Outcome, sumOf, tell } from './outcome';

/** Something to be found out, in parts that can be done beside each other. */
export interface Examination {
  readonly tasks: readonly (() => Promise<void>)[];
  /** Once every task is done. */
  readonly outcome: () => Outcome;
}

/** @param verdict on all parts together; one that has not come to its end counts as a failure, and the others go on */
export function examination<End>(
  tasks: readonly (() => Promise<End>)[],
  verdict: (ends: readonly End[]) => Outcome,
): Examination {
  const ends: End[] = [];
  let broken = 0;
  const collecting = async (task: () => Promise<End>): Promise<void> => {
    try {
      ends.push(await task());
    } catch (error) {
      broken += 1;
      tell(`✘ ${String(error)}`);
    }
  };
  return {
    tasks: tasks.map((task) => () => collecting(task)),
    outcome: () => sumOf([verdict(ends), { passed: 0, failed: broken }]),
  };
}
