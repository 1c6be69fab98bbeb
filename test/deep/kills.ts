import type { Ground } from '../../sandbox/simulation/ground';
import { type OneVending, oneVending } from './one-vending';
import type { Continuation, KillPoint } from './single-kill';
import { type Outcome, tell } from './outcome';

const CONTINUATIONS: readonly Continuation[] = ['retry', 'replay'];

interface KillsEnd extends Outcome {
  readonly facts: Readonly<Record<string, readonly string[]>>;
}

/**
 * One vending, again and again, in which a process dies at one write: before it and after it, continued by a retry and by a replay. Each time
 * there is one account, and the same organization as without.
 */
export async function killsOf(ground: Ground, [slice = 0, slices = 1]: readonly number[]): Promise<KillsEnd> {
  const undisturbed = await oneVending(ground);
  const replayed = new Set<string>();
  let failed = problemsOf(undisturbed, undisturbed, null).length;
  let passed = 0;
  for (let index = slice; index < undisturbed.writes; index += slices) {
    for (const when of ['before', 'after'] as const) {
      for (const continuation of CONTINUATIONS) {
        const vending = await oneVending(ground, { index, when }, continuation);
        const problems = problemsOf(vending, undisturbed, { index, when, continuation });
        if (problems.length === 0) passed += 1;
        else failed += 1;
        for (const problem of problems) tell(`    ${problem}`);
        if (vending.replays > 0 && vending.victim !== null) replayed.add(vending.victim.function);
      }
    }
  }
  const mark = failed === 0 ? '✔' : '✘';
  tell(
    `${mark} kills, part ${slice + 1} of ${slices}: ${undisturbed.writes} writes of one vending in all; ${passed} times continued, ${failed} not`,
  );
  return { passed, failed, facts: { 'states that have failed and were replayed': [...replayed] } };
}

type Kill = KillPoint & { readonly continuation: Continuation };

function problemsOf(vending: OneVending, undisturbed: OneVending, kill: Kill | null): readonly string[] {
  const { victim } = vending;
  const where =
    kill === null
      ? 'Undisturbed'
      : `Killed ${kill.when} write ${kill.index} (${victim?.function ?? 'nobody'}: ${victim?.name ?? ''}), then ${kill.continuation}`;
  return [
    ...(kill !== null && victim === null ? ['nobody has died'] : []),
    ...(vending.accounts === 1 ? [] : [`${vending.accounts} accounts`]),
    ...(vending.organization === undisturbed.organization ? [] : ['another organization']),
    ...vending.violations,
  ].map((problem) => `${where}: ${problem}`);
}
