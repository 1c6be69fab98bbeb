import { accountOf } from '../../account-of';
import { drawEnd } from '../../draw';
import type { Account, Propagating, Role } from '../../organization-state';
import type { CallContext, Target } from '../operation';
import { noSuchEntity, unmodifiable } from './iam-errors';
import { arnIn } from '../../arn';

/** IAM acts on the caller's account. */
export function ownAccount({ state, principal }: CallContext): Account {
  return accountOf(state, principal.accountId);
}

export function findRole(context: CallContext, name: string): Role {
  const role = ownAccount(context).roles.get(name);
  if (role === undefined) {
    // @evidence documented "botocore iam.GetRole": NoSuchEntity for a name that no role has
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

/**
 * The role whose name is taken by this one: a call names a role as it is written, and no two are written alike.
 *
 * @evidence documented "botocore iam.CreateRole": names of roles are not distinguished by case
 */
export const roleCalledLike = ({ roles }: Account, name: string): Role | undefined =>
  [...roles.values()].find((role) => isSameName(role.name, name));

/** IAM does not distinguish names by case. */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Service-linked roles belong to their service, those of permission sets to IAM Identity Center.
 *
 * @evidence documented singlesignon/latest/userguide/troubleshooting: roles AWSReservedSSO_ are only modifiable by AWS
 */
export function findModifiableRole(context: CallContext, name: string): Role {
  const role = findRole(context, name);
  if (['/aws-service-role/', '/aws-reserved/'].some((path) => role.path.startsWith(path))) {
    // @evidence documented "botocore iam.DeleteRole": UnmodifiableEntity for a service-linked role
    throw unmodifiable(
      `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    );
  }
  return role;
}

/** A role that does not exist yet is judged as if it had the path `/`. */
export function roleTarget(context: CallContext, input: { readonly RoleName: string }): readonly Target[] {
  const { id, roles } = ownAccount(context);
  const resource = roles.get(input.RoleName)?.arn ?? arnIn(context.state.seed, `iam::${id}:role/${input.RoleName}`);
  return [{ resource }];
}

/** The target of a call that changes a role's rights: `iam:PermissionsBoundary` is the boundary that the role has. */
export function modificationTarget(context: CallContext, input: { readonly RoleName: string }): readonly Target[] {
  const arn = ownAccount(context).roles.get(input.RoleName)?.boundary.arn ?? null;
  const conditions = arn === null ? {} : { 'iam:PermissionsBoundary': arn };
  return roleTarget(context, input).map((target) => ({ ...target, conditions }));
}

/** When a write made now is acted on. */
export function propagatedAt({ state, now }: CallContext): number {
  return drawEnd(state, now, state.latencies.iamPropagation);
}

/** The same document again changes nothing and needs no propagation. */
export function replaced(context: CallContext, present: Propagating | undefined, document: string): Propagating {
  if (present?.document === document) {
    return present;
  }
  const previous =
    present === undefined || present.effectiveAt > context.now ? (present?.previous ?? null) : present.document;
  return { document, effectiveAt: propagatedAt(context), previous };
}
