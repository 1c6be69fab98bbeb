import { createHash } from 'node:crypto';

import * as z from 'zod';

import { examination } from '../deep/examination';
import { sumOf } from '../deep/outcome';
import { part, type Part } from '../deep/part';
import { inProcessOfItsOwn } from '../deep/process-of-its-own';
import failedOnce from './failed-once.json';
import { type Seed, SeedSchema } from './seed';
import { SeedsEndSchema, seedsOutcome } from './seeds-end';

/** Seeds that nobody has chosen: the same for the same commit. */
const freshSeeds = (commit: string, count: number, from = 0): readonly Seed[] =>
  Array.from({ length: count }, (_, index) => ({
    seed: createHash('sha256')
      .update(`${commit} ${from + index}`)
      .digest()
      .readUInt32BE(),
  }));

/** Simulations of all that can go wrong, in each a process of its own. */
const seedsPart = (name: string, seeds: readonly Seed[]): Part =>
  part(name, () =>
    examination(
      seeds.map((seed) => () => inProcessOfItsOwn('test/seeds/worker.ts', [JSON.stringify(seed)], SeedsEndSchema)),
      (ends) => seedsOutcome(ends, 'every state'),
      sumOf,
    ),
  );

/** What four fresh seeds and all that have ever failed come to. */
export const coreSeeds = (commit: string): Part =>
  seedsPart('seeds', [...z.array(SeedSchema).parse(failedOnce), ...freshSeeds(commit, 4)]);

/** Twelve more, for the share. */
export const moreSeeds = (commit: string): Part => seedsPart('more-seeds', freshSeeds(commit, 12, 4));
