import * as z from 'zod';

export const OutcomeSchema = z.object({ passed: z.int(), failed: z.int() });

/** What a part of `npm run test:deep` has found out. */
export type Outcome = Readonly<z.infer<typeof OutcomeSchema>>;

export const sumOf = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
});

export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Does all of this, two at a time unless told otherwise: the tests are reckoned with two cores. The ends come in the
 * order of the tasks.
 */
export async function doAll<End>(tasks: readonly (() => Promise<End>)[], atOnce = 2): Promise<readonly End[]> {
  const waiting = [...tasks.entries()];
  const ends: (readonly [number, End])[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, task] = next;
      ends.push([index, await task()]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ends.toSorted(([one], [other]) => one - other).map(([, end]) => end);
}
