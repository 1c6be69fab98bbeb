import { inProcessOfItsOwn } from '../deep/process-of-its-own';
import { type SeedsEnd, SeedsEndSchema } from './seeds-end';

/** Simulations of these seeds in so many processes, each of which makes its ground once. */
export function seedTasks(seeds: readonly number[], processes: number): readonly (() => Promise<SeedsEnd>)[] {
  const parts = Array.from({ length: processes }, (_, part) => seeds.filter((_, index) => index % processes === part));
  return parts.map((part) => () => inProcessOfItsOwn('test/seeds/worker.ts', part.map(String), SeedsEndSchema));
}
