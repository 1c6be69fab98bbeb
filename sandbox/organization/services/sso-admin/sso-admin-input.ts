import * as z from 'zod';
import type { CallContext, Target } from '../operation';
import { identityCenterHere } from './identity-center-here';
import type { IdentityCenter, PermissionSet } from './identity-center';
import { notFound } from './sso-admin-errors';
import { arnIn } from '../../arn';

const INSTANCE = '(?:sso)?ins-[a-zA-Z0-9-.]{16}';
const UUID = '[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}';

export const instanceArn = z.string().regex(new RegExp(`^arn:aws[a-z-]*:sso:::instance/${INSTANCE}$`));
export const permissionSetArn = z
  .string()
  .regex(new RegExp(`^arn:aws[a-z-]*:sso:::permissionSet/${INSTANCE}/ps-[a-zA-Z0-9-./]{16}$`));
export const accountId = z.string().regex(/^\d{12}$/);
export const requestId = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const principal = {
  PrincipalType: z.enum(['USER', 'GROUP']),
  PrincipalId: z.string().regex(new RegExp(`^(?:[0-9a-f]{10}-)?${UUID}$`)),
};

export const page = {
  MaxResults: z.number().int().min(1).max(100).optional(),
  NextToken: z.string().max(2048).optional(),
};

/** @throws ServiceError where this region has no such instance */
export function instanceOf(context: CallContext, input: { readonly InstanceArn: string }): IdentityCenter {
  const center = identityCenterHere(context);
  if (center?.instanceArn !== input.InstanceArn) {
    // @evidence documented "botocore sso-admin.ListPermissionSets": ResourceNotFoundException for an instance that is
    //   not found
    throw notFound('Instance');
  }
  return center;
}

export function permissionSetOf(
  { permissionSets }: IdentityCenter,
  { PermissionSetArn }: { readonly PermissionSetArn: string },
): PermissionSet {
  const found = permissionSets.get(PermissionSetArn);
  if (found === undefined) {
    // @evidence documented "botocore sso-admin.DescribePermissionSet": ResourceNotFoundException for a permission set
    //   that is not found
    throw notFound(`Permission set with id ${PermissionSetArn.replace(/^.*\//u, '')}`);
  }
  return found;
}

/** What IAM asks for: each resource that is named ("Service Authorization Reference", IAM Identity Center). */
export function ssoTargets(
  { state }: CallContext,
  input: { readonly InstanceArn: string; readonly PermissionSetArn?: string; readonly Account?: string },
): readonly Target[] {
  const { InstanceArn, PermissionSetArn, Account } = input;
  const named = [
    InstanceArn,
    PermissionSetArn,
    Account === undefined ? undefined : arnIn(state.seed, `sso:::account/${Account}`),
  ];
  return named.flatMap((resource) => (resource === undefined ? [] : [{ resource }]));
}
