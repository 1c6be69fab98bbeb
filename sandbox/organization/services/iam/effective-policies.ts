import type { NamedPolicy } from '../../authorization/policy-simulation';
import type { Propagating, Role } from '../../organization-state';
import { managedPolicyDocument } from './aws-managed-policies';

/**
 * What a role may do at this moment. What was added counts once it has propagated, what was taken away is gone at once: of the
 * orders in which IAM may let changes arrive, the one that locks out whoever removes before adding.
 */
export function effectivePolicies(role: Role, now: number): readonly NamedPolicy[] {
  const attached = [...role.attached].map(([arn, { effectiveAt }]) => ({
    name: arn,
    document: effectiveAt <= now ? managedPolicyDocument(arn) : null,
  }));
  const inline = [...role.inline].map(([name, policy]) => ({ name, document: effectiveDocument(policy, now) }));
  return [...attached, ...inline].flatMap(({ name, document }) => (document === null ? [] : [{ name, document }]));
}

export function effectiveDocument(policy: Propagating, now: number): string | null {
  return policy.effectiveAt <= now ? policy.document : policy.previous;
}
