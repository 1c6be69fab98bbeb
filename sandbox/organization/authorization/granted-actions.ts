import * as z from 'zod';
import type { ServiceRoleSeed } from '../organization-seed';

/** An action that a role has and nobody has used. */
export interface UnusedAction {
  readonly role: string;
  readonly action: string;
}

const GrantsSchema = z.object({
  Statement: z.array(z.object({ Effect: z.string(), Action: z.union([z.string(), z.array(z.string())]).optional() })),
});

/** What the policies of a role itself allow, as spelt there; AWS managed policies aside, which are for AWS to word. */
export function grantedActions({ inlinePolicies = {} }: ServiceRoleSeed): readonly string[] {
  const statements = Object.values(inlinePolicies).flatMap((document) => GrantsSchema.parse(document).Statement);
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action = [] }) => Action);
  return [...new Set(allowed)];
}

/**
 * @param used by role name, in lower case, since IAM compares actions so
 * @param isJudged whether the organization would ever be asked about this action: what functions do on the runtime plane (their table,
 * their logs) is not for it to see
 */
export function unusedActions(
  roles: readonly ServiceRoleSeed[],
  used: ReadonlyMap<string, ReadonlySet<string>>,
  isJudged: (role: ServiceRoleSeed, action: string) => boolean,
): readonly UnusedAction[] {
  return roles.flatMap((role) =>
    grantedActions(role)
      .filter((action) => isJudged(role, action) && used.get(role.name)?.has(action.toLowerCase()) !== true)
      .map((action) => ({ role: role.name, action })),
  );
}
