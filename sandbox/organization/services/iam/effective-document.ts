import type { Propagating } from '../../organization-state';

/** What AWS acts on at this moment: a change counts once it has propagated. */
export function effectiveDocument(policy: Propagating, now: number): string | null {
  // Stryker disable next-line ConditionalExpression,EqualityOperator: AWS does not say how long a change propagates
  return policy.effectiveAt <= now ? policy.document : policy.previous;
}
