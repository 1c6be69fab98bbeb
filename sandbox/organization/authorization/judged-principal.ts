import * as z from 'zod';
import type { OrganizationState, Role } from '../organization-state';
import type { Principal } from '../principal';
import { administratorAccess } from '../services/iam/aws-managed-policies';
import { effectiveBoundary, effectivePolicies } from '../services/iam/effective-policies';
import type { CallContext } from '../services/operation';
import type { NamedPolicy } from './policy-question';

/**
 * Administrators never are; the roles of the service accounts where the organization is given them as they are
 * deployed.
 */
export function isJudged({ principal, state }: CallContext): boolean {
  return principal.kind !== 'administrator' && (state.judgesEveryCall || !isServiceAccount(state, principal.accountId));
}

/** One of those that vend, as opposed to one that was vended. */
export function isServiceAccount({ seed }: OrganizationState, accountId: string): boolean {
  return [seed.managementAccountId, seed.automationAccountId, seed.meshcloudAccountId].includes(accountId);
}

/** The policies of the caller's role at this moment; a role that is not there has none. */
export function identityPoliciesOf(context: CallContext): readonly NamedPolicy[] {
  const role = roleOf(context);
  return role === undefined ? [] : effectivePolicies(context.state, role, context.now);
}

/** What a role is judged by. Service roles that are not judged may do everything. */
export function judgedPoliciesOf(
  { state, now }: Pick<CallContext, 'state' | 'now'>,
  role: Role,
): readonly NamedPolicy[] {
  return state.judgesEveryCall || !isServiceAccount(state, role.accountId)
    ? effectivePolicies(state, role, now)
    : [{ name: 'AdministratorAccess', document: administratorAccess.document }];
}

/** The permissions boundary of the caller's role at this moment, if it has one. */
export function boundaryOf(context: CallContext): { readonly boundary?: NamedPolicy } {
  const role = roleOf(context);
  const boundary = role === undefined ? null : effectiveBoundary(context.state, role, context.now);
  return boundary === null ? {} : { boundary };
}

function roleOf({ principal, state }: CallContext): Role | undefined {
  return principal.kind === 'administrator'
    ? undefined
    : state.accounts.get(principal.accountId)?.roles.get(principal.roleName);
}

const DocumentSchema = z.object({ Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]) });

/** The policies that a session was opened with, inline and managed ones, as one: it may do what any of them allows. */
export function sessionPolicyOf(principal: Principal): { readonly sessionPolicy?: string } {
  const [first, ...others] = principal.kind === 'session' ? principal.session.policies : [];
  if (first === undefined || others.length === 0) {
    return first === undefined ? {} : { sessionPolicy: first };
  }
  const Statement = [first, ...others].flatMap((document) => DocumentSchema.parse(JSON.parse(document)).Statement);
  return { sessionPolicy: JSON.stringify({ Version: '2012-10-17', Statement }) };
}

/** Keeps that a role has used an action. */
export function noteUse(context: CallContext, action: string): void {
  const { principal, state } = context;
  if (principal.kind === 'administrator' || !isServiceAccount(state, principal.accountId)) {
    return;
  }
  noteUseOf(state, principal.roleName, action);
}

/** @returns true */
export function noteUseOf({ usedActions }: OrganizationState, roleName: string, action: string): true {
  usedActions.set(roleName, (usedActions.get(roleName) ?? new Set<string>()).add(action.toLowerCase()));
  return true;
}
