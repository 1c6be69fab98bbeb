import { type Outcome, sumOf, tell } from './outcome';

/** Something to be found out, in parts that can be done beside each other. */
export interface Examination {
  readonly tasks: readonly (() => Promise<void>)[];
  /** Of the tasks that are done by now. */
  readonly outcome: () => Outcome;
}

/**
 * @param verdict on all parts together; one that has not come to its end counts as a failure, and the others go on
 * @param verdictOnSome where time is up before every part has begun, and the verdict would miss them
 */
export function examination<End>(
  tasks: readonly (() => Promise<End>)[],
  verdict: (ends: readonly End[]) => Outcome,
  verdictOnSome = verdict,
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
    outcome: () => {
      const isWhole = ends.length + broken === tasks.length;
      return sumOf([(isWhole ? verdict : verdictOnSome)(ends), { passed: 0, failed: broken }]);
    },
  };
}
