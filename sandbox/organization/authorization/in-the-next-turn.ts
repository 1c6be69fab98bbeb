import * as timers from 'node:timers/promises';

// Taken before any clock is installed: fake-timers replaces the functions of this module, too.
const { setImmediate: realTurn } = timers;

/**
 * Neither sooner nor later for a verdict that is known already: in which order concurrent calls have their effects must
 * not depend on what this process was asked before.
 */
export async function inTheNextTurn<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
  const turn = realTurn();
  try {
    return await answer();
  } finally {
    await turn;
  }
}
