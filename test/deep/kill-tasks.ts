import { inProcessOfItsOwn } from './process-of-its-own';
import { type KillsEnd, KillsEndSchema, StorySchema } from './kills-end';
import type { Story } from './stories';

/** In how many processes each is played. */
const SLICES: Readonly<Record<Story, number>> = {
  vending: 5,
  closing: 2,
  'approved vending': 1,
  'approved closing': 1,
};

/** All points at which a process can die, in parts of a process each. */
export const killTasks = (): readonly (() => Promise<KillsEnd>)[] => StorySchema.options.flatMap(tasksOf);

function tasksOf(story: Story): readonly (() => Promise<KillsEnd>)[] {
  const slices = Array.from({ length: SLICES[story] }, (_, slice) => slice);
  const argsOf = (slice: number): readonly string[] => [story, String(slice), String(SLICES[story])];
  return slices.map((slice) => () => inProcessOfItsOwn('test/deep/kills-worker.ts', argsOf(slice), KillsEndSchema));
}
