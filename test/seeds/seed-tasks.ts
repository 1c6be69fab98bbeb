import { inProcessOfItsOwn } from '../deep/process-of-its-own';
import { type SeedsEnd, SeedsEndSchema } from './seeds-end';

/**
 * Simulations of these seeds in so many processes, each of which makes its ground once. Those of even number take
 * longer: neighbours share a process.
 */
export function seedTasks(seeds: readonly number[], processes: number): readonly (() => Promise<SeedsEnd>)[] {
  const size = Math.ceil(seeds.length / processes);
  const parts = Array.from({ length: processes }, (_, part) => seeds.slice(part * size, (part + 1) * size));
  return parts.map((part) => () => inProcessOfItsOwn('test/seeds/worker.ts', part.map(String), SeedsEndSchema));
}
