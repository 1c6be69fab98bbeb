import type { Propagating } from '../../organization-state';

/** What AWS acts on at this moment: a change counts once it has propagated. */
export function effectiveDocument(policy: Propagating, now: number): string | null {
  return policy.effectiveAt <= now ? policy.document : policy.previous;
}
