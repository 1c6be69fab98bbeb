/** What a part of `npm run test:deep` has found out. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

export const sumOf = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
});

export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Does all of this, two at a time: the tests are reckoned with two cores. */
export async function twoAtATime(tasks: readonly (() => Promise<Outcome>)[]): Promise<readonly Outcome[]> {
  const waiting = [...tasks];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) outcomes.push(await task());
  };
  await Promise.all([work(), work()]);
  return outcomes;
}
