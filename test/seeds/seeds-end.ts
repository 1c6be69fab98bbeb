import * as z from 'zod';

import { type Outcome, tell } from '../deep/outcome';

/** What the simulations of some seeds have come to. */
export const SeedsEndSchema = z.object({
  passed: z.int(),
  failed: z.int(),
  kills: z.int(),
  calls: z.int(),
  /** States of the workflow in which a process has died. */
  killedStates: z.array(z.string()),
  /** All states in which one can. */
  states: z.array(z.string()),
});

export type SeedsEnd = z.infer<typeof SeedsEndSchema>;

function togetherOf(ends: readonly SeedsEnd[]): SeedsEnd {
  const sum = (of: (end: SeedsEnd) => number): number => ends.reduce((all, end) => all + of(end), 0);
  const union = (of: (end: SeedsEnd) => readonly string[]): string[] => [...new Set(ends.flatMap(of))].toSorted();
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    kills: sum(({ kills }) => kills),
    calls: sum(({ calls }) => calls),
    killedStates: union(({ killedStates }) => killedStates),
    states: union(({ states }) => states),
  };
}

/**
 * No simulated tenant brings an account along, and none waits for another vending machine; all landing zones act, and
 * none has customizations. Each of these states has a story of its own in `test/simulation`, in which it is killed.
 */
const OUT_OF_REACH: readonly string[] = [
  'ImportAccount',
  'CheckExternalAvm',
  'CompleteShadow',
  'CustomizeAccount',
  'CheckCustomizations',
];

/** @param diesIn whether a process has to have died in every state that a simulation reaches */
export function seedsOutcome(ends: readonly SeedsEnd[], diesIn: 'every state' | 'some states'): Outcome {
  const { passed, failed, kills, calls, killedStates, states } = togetherOf(ends);
  const within = states.filter((state) => !OUT_OF_REACH.includes(state) || killedStates.includes(state));
  const missing = diesIn === 'every state' ? within.filter((state) => !killedStates.includes(state)) : [];
  tell(
    `${failed === 0 && missing.length === 0 ? '✔' : '✘'} ${passed} of ${passed + failed} seeds hold, ${calls} calls, ${kills} kills in ` +
      `${killedStates.length} of ${within.length} states: ${killedStates.join(', ')}`,
  );
  for (const state of missing) tell(`✘ no process has died in ${state}`);
  return { passed, failed: failed + missing.length };
}
