import type { Shadow } from '../../functions/api/shadow-responses';

/** How a tenant stands, for people. */
export const SHADOW_WORDS: Readonly<Record<Shadow['verdict'], string>> = {
  SAME: 'same',
  CHANGE: 'would change',
  CREATE: 'would be created',
  REFUSED: 'would be refused',
};

/** What a run would change, and why it would be refused: one on a line. */
export function shadowLines({ changes, changesLeftOut, refusal }: Shadow): readonly string[] {
  return [
    ...(changes ?? []).map(
      ({ state, what, from, to }) => `  ${state}: ${what}: ${from ?? 'nothing'} -> ${to ?? 'nothing'}`,
    ),
    ...(changesLeftOut === 0 ? [] : [`  and ${changesLeftOut} more (GET /vendings/{tenantUuid} has them)`]),
    ...(refusal === null ? [] : [`  refused by ${refusal.state}: ${refusal.message}`]),
    ...(refusal?.remedy == null ? [] : [`  remedy: ${refusal.remedy}`]),
  ];
}
