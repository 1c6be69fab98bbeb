import { inProcessOfItsOwn } from './process-of-its-own';
import { type KillsEnd, KillsEndSchema } from './kills-end';

const SLICES = 7;

/** All points at which a process can die, in parts of a process each. */
export function killTasks(): readonly (() => Promise<KillsEnd>)[] {
  const slices = Array.from({ length: SLICES }, (_, slice) => slice);
  const argsOf = (slice: number): readonly string[] => [String(slice), String(SLICES)];
  return slices.map((slice) => () => inProcessOfItsOwn('test/deep/kills-worker.ts', argsOf(slice), KillsEndSchema));
}
