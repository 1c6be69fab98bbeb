import * as z from 'zod';
import type { OrganizationState } from '../organization-state';

/** An action that a role has and nobody has used. */
export interface UnusedAction {
  readonly role: string;
  readonly action: string;
}

const GrantsSchema = z.object({
  Statement: z.array(z.object({ Effect: z.string(), Action: z.union([z.string(), z.array(z.string())]).optional() })),
});

/** A role with the texts of its policies; AWS managed policies aside, which are for AWS to word. */
interface ServiceRole {
  readonly accountId: string;
  readonly name: string;
  readonly documents: readonly string[];
}

/** The roles of the accounts that vend, as they are. */
export function serviceRolesIn({ seed, accounts }: OrganizationState): readonly ServiceRole[] {
  return [seed.managementAccountId, seed.automationAccountId, seed.meshcloudAccountId].flatMap((id) => {
    const account = accounts.get(id);
    return [...(account?.roles.values() ?? [])].map(({ accountId, name, inline, attached }) => {
      const own = [...attached.keys()].flatMap((arn) => account?.policies.get(arn)?.inForce ?? []);
      return { accountId, name, documents: [...inline.values(), ...own].map(({ document }) => document) };
    });
  });
}

/** What these documents allow, as spelt there. */
function grantedActions(documents: readonly string[]): readonly string[] {
  const statements = documents.flatMap((document) => GrantsSchema.parse(JSON.parse(document)).Statement);
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action = [] }) => Action);
  return [...new Set(allowed)];
}

/**
 * @param used by role name, in lower case, since IAM compares actions so
 * @param isJudged whether the organization would ever be asked about this action: what functions do on the runtime
 * plane (their table, their logs) is not for it to see
 */
export function unusedActions(
  roles: readonly ServiceRole[],
  used: ReadonlyMap<string, ReadonlySet<string>>,
  isJudged: (role: ServiceRole, action: string) => boolean,
): readonly UnusedAction[] {
  return roles.flatMap((role) =>
    grantedActions(role.documents)
      .filter((action) => isJudged(role, action) && used.get(role.name)?.has(action.toLowerCase()) !== true)
      .map((action) => ({ role: role.name, action })),
  );
}
