import * as z from 'zod';

import { costPermissions } from '../../../functions/metering/aws/cost-explorer-cost-reader';
import { previewPermissions, preflightPermissions } from '../../../functions/aws/permissions/reading-permissions';
import { type StepPermissions } from '../../../functions/aws/permissions/step-permissions';
import { REACH_OF_STATE } from '../../../functions/domain/base/workflow-facts';
import type { ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';

type Column = keyof StepPermissions;

/**
 * What the sessions of each function in member accounts are narrowed to. In the other accounts it has the rights of its
 * role.
 */
const rows: Readonly<Record<string, Pick<StepPermissions, 'member'>>> = {
  ...REACH_OF_STATE,
  CollectCosts: costPermissions,
  PreviewChanges: previewPermissions,
  RunPreflight: preflightPermissions,
};

/**
 * An action in one place where it is granted: a statement of a role, a policy of AWS on a role, or a function's row.
 */
export type Permission = { readonly action: string } & (
  | { readonly kind: 'statement'; readonly role: string; readonly policy: string; readonly statement: number }
  | { readonly kind: 'attached'; readonly role: string }
  | { readonly kind: 'row'; readonly state: string; readonly column: Column }
);

export function nameOf(permission: Permission): string {
  const { kind, action } = permission;
  switch (kind) {
    case 'statement':
      return `${permission.role}, statement ${permission.statement + 1} of ${permission.policy}: ${action}`;
    case 'attached':
      return `${permission.role}: ${action}`;
    case 'row':
      return `${permission.state} in the ${permission.column} account: ${action}`;
  }
}

const DocumentSchema = z.looseObject({
  Statement: z.array(
    z.looseObject({ Effect: z.string(), Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]) }),
  ),
});

/**
 * Everything that the deployed roles and the functions' rows grant, as far as the organization is asked: functions on
 * the runtime plane are not.
 */
export function permissionsIn(
  roles: readonly ServiceRoleSeed[],
  isJudged: (role: ServiceRoleSeed, action: string) => boolean,
): readonly Permission[] {
  const statements = roles.flatMap((role) =>
    Object.entries(role.inlinePolicies ?? {}).flatMap(([policy, document]) =>
      DocumentSchema.parse(document).Statement.flatMap(({ Effect, Action }, statement) =>
        Effect === 'Allow'
          ? Action.filter((action) => isJudged(role, action)).map(
              (action) => ({ kind: 'statement', role: role.name, policy, statement, action }) as const,
            )
          : [],
      ),
    ),
  );
  const attached = roles.flatMap((role) =>
    (role.attachedPolicyArns ?? [])
      .filter((arn) => isJudged(role, arn))
      .map((action) => ({ kind: 'attached', role: role.name, action }) as const),
  );
  const ofSessions = Object.entries(rows).flatMap(([state, row]) =>
    (row.member ?? []).map((action) => ({ kind: 'row', state, column: 'member', action }) as const),
  );
  return [...statements, ...attached, ...ofSessions];
}

const NOTHING = 'none:Nothing';

/** Does something without this permission. */
export async function without<Result>(
  permission: Permission,
  roles: readonly ServiceRoleSeed[],
  work: (roles: readonly ServiceRoleSeed[]) => Promise<Result>,
): Promise<Result> {
  if (permission.kind !== 'row') return work(roles.map((role) => stripped(role, permission)));
  const { state, column, action } = permission;
  const row: Partial<Record<Column, readonly string[]>> = rows[state] ?? {};
  const listed = row[column] ?? [];
  row[column] = listed.filter((one) => one !== action);
  try {
    return await work(roles);
  } finally {
    row[column] = listed;
  }
}

function stripped(role: ServiceRoleSeed, permission: Exclude<Permission, { kind: 'row' }>): ServiceRoleSeed {
  if (role.name !== permission.role) return role;
  if (permission.kind === 'attached') {
    return { ...role, attachedPolicyArns: (role.attachedPolicyArns ?? []).filter((arn) => arn !== permission.action) };
  }
  const document = DocumentSchema.parse(role.inlinePolicies?.[permission.policy]);
  const Statement = document.Statement.map((statement, index) =>
    index === permission.statement
      ? { ...statement, Action: statement.Action.map((action) => (action === permission.action ? NOTHING : action)) }
      : statement,
  );
  return { ...role, inlinePolicies: { ...role.inlinePolicies, [permission.policy]: { ...document, Statement } } };
}
