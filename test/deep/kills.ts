import type { SimulationFixture } from '../../sandbox/simulation/simulation-fixture';
import type { KillsEnd } from './kills-end';
import { type OneStory, oneStory } from './one-story';
import { tell } from './outcome';
import type { Continuation, KillPoint } from './single-kill';
import type { Story } from './stories';

const CONTINUATIONS: readonly Continuation[] = ['retry', 'replay'];

/**
 * One story, again and again, in which a process dies at one write: before it and after it, continued by a retry and by
 * a replay. Each time there is one account, and the same organization as without. Every so-many-th write is one
 * slice's.
 */
export async function killsOf(
  story: Story,
  fixture: SimulationFixture,
  slice: number,
  slices: number,
): Promise<KillsEnd> {
  const undisturbed = await oneStory(story, fixture);
  const disturbed = problemsOf(undisturbed, undisturbed, null);
  if (disturbed.length > 0) throw new Error(disturbed.join('\n'));
  const { writes } = undisturbed;
  const replayed = new Set<string>();
  let failed = 0;
  let passed = 0;
  for (const kill of killsIn(writes, slice, slices)) {
    const played = await oneStory(story, fixture, kill, kill.continuation);
    const problems = problemsOf(played, undisturbed, kill);
    if (problems.length === 0) passed += 1;
    else failed += 1;
    for (const problem of problems) tell(`    ${problem}`);
    if (played.replays > 0 && played.victim !== null) replayed.add(played.victim.function);
  }
  const mark = failed === 0 ? '✔' : '✘';
  tell(`${mark} kills in one ${story}, part ${slice + 1} of ${slices}: ${passed} times continued, ${failed} not`);
  return { story, passed, failed, writes, replayed: [...replayed] };
}

type Kill = KillPoint & { readonly continuation: Continuation };

function killsIn(writes: number, slice: number, slices: number): readonly Kill[] {
  const indexes = Array.from({ length: writes }, (_, index) => index).filter((index) => index % slices === slice);
  return indexes.flatMap((index) =>
    (['before', 'after'] as const).flatMap((when) =>
      CONTINUATIONS.map((continuation) => ({ index, when, continuation })),
    ),
  );
}

function problemsOf(played: OneStory, undisturbed: OneStory, kill: Kill | null): readonly string[] {
  const { victim } = played;
  const where =
    kill === null
      ? 'Undisturbed'
      : `Killed ${kill.when} write ${kill.index} (${victim?.function ?? 'nobody'}: ${victim?.name ?? ''}), then ${kill.continuation}`;
  return [
    ...(kill !== null && victim === null ? ['nobody has died'] : []),
    ...(played.accounts === 1 ? [] : [`${played.accounts} accounts`]),
    ...(played.organization === undisturbed.organization ? [] : ['another organization']),
    ...played.violations,
  ].map((problem) => `${where}: ${problem}`);
}
