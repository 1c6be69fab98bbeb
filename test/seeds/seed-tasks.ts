import { inProcessOfItsOwn } from '../deep/process-of-its-own';
import { type SeedsEnd, SeedsEndSchema } from './seeds-end';

export interface SeedRuns {
  readonly seeds: readonly number[];
  /** In each simulation. */
  readonly tenants: number;
  readonly processes: number;
}

/**
 * Simulations of these seeds in so many processes, each of which makes its ground once. Those of even number take
 * longer: neighbours share a process.
 */
export function seedTasks({ seeds, tenants, processes }: SeedRuns): readonly (() => Promise<SeedsEnd>)[] {
  const size = Math.ceil(seeds.length / processes);
  const parts = Array.from({ length: processes }, (_, part) => seeds.slice(part * size, (part + 1) * size));
  return parts.map((part) => {
    const args = [tenants, ...part].map(String);
    return () => inProcessOfItsOwn('test/seeds/worker.ts', args, SeedsEndSchema);
  });
}
