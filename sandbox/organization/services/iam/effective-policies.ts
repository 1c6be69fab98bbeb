import type { NamedPolicy } from '../../authorization/policy-question';
import type { OrganizationState, Role } from '../../organization-state';
import { effectiveDocument } from './effective-document';
import { managedDocument } from './managed-policy';

/**
 * What a role may do at this moment. Additions count once they have propagated, removals at once: of the orders in
 * which IAM may apply changes, this one locks out a caller that removes before it adds.
 */
export function effectivePolicies(state: OrganizationState, role: Role, now: number): readonly NamedPolicy[] {
  const attached = [...role.attached].map(([arn, { effectiveAt }]) => ({
    name: arn,
    document: effectiveAt <= now ? managedDocument(state, role.accountId, arn, now) : null,
  }));
  const inline = [...role.inline].map(([name, policy]) => ({ name, document: effectiveDocument(policy, now) }));
  return [...attached, ...inline].flatMap(({ name, document }) => (document === null ? [] : [{ name, document }]));
}

/** A boundary whose policy is not known everywhere yet, or grants nothing in this model, leaves nothing. */
export const nothing = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

/**
 * The most that a role may do. A boundary binds at once, and is gone only when its removal has propagated: the same
 * order.
 */
export function effectiveBoundary(state: OrganizationState, role: Role, now: number): NamedPolicy | null {
  const { arn, previous, effectiveAt } = role.boundary;
  const name = arn ?? (effectiveAt > now ? previous : null);
  return name === null ? null : { name, document: managedDocument(state, role.accountId, name, now) ?? nothing };
}
