import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { coreSeeds, moreSeeds } from '../seeds/seeds';
import { consoleInBrowser } from './console-in-browser';
import { examination } from './examination';
import { killTasks } from './kill-tasks';
import { killsOutcome } from './kills-end';
import { longTest, longTestFiles } from './long-tests';
import { readMutations } from './mutation';
import { allMutations } from './mutations';
import { OutcomeSchema, sumOf } from './outcome';
import { onePart, part, type Part } from './part';
import { removalsOutcome, removalTasks } from './permission-removals';
import { inProcessOfItsOwn } from './process-of-its-own';
import { protocol } from './protocol';
import { recipe } from './recipe';
import { C_COMPILER, CHROMIUM, PYTHON, SPIN } from './tools';

/** What every run does: all kills of one vending and one closing, and simulations of fresh seeds. */
export const coreParts = (commit: string): readonly Part[] => [
  part('kills', () => examination(killTasks(), killsOutcome, sumOf)),
  coreSeeds(commit),
];

/** What runs in turn, or where it is related to a change. */
export const otherParts = async (commit: string): Promise<readonly Part[]> => [
  ...(await longTestFiles()).map(longTest),
  part('permission-removals', () => examination(removalTasks(), (ends) => removalsOutcome(ends.flat()))),
  part('protocol', protocol, { needs: [SPIN, C_COMPILER] }),
  part('recipe', recipe),
  onePart('console', consoleInBrowser, { needs: [CHROMIUM, PYTHON], waits: true }),
  onePart('thousand', () => inProcessOfItsOwn('test/deep/thousand-worker.ts', [], OutcomeSchema)),
  moreSeeds(commit),
];

const MUTATIONS = 'mutations';

const known = (): ReturnType<typeof readMutations> => readMutations(path.join(projectRoot, 'test', 'mutations'));

/** Each of them is called `mutations/NAME`. */
export const mutationNames = (): readonly string[] => known().map(({ name }) => `${MUTATIONS}/${name}`);

/** Those of the mutations that are chosen: together one part, since they share copies of the project. */
export function mutations(chosen: readonly string[]): readonly Part[] {
  const wanted = known().filter(({ name }) => chosen.includes(`${MUTATIONS}/${name}`));
  return wanted.length === 0 ? [] : [part(MUTATIONS, () => allMutations(wanted))];
}
