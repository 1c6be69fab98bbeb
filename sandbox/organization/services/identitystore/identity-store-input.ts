import * as z from 'zod';
import { identityCenterHere } from '../sso-admin/identity-center-here';
import type { IdentityCenter } from '../sso-admin/identity-center';
import type { CallContext, Target } from '../operation';
import { invalid, notFound } from './identity-store-errors';
import { arnIn } from '../../arn';

const UUID = '[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}';

export const storeId = z
  .string()
  .max(36)
  .regex(new RegExp(`^(?:d-[0-9a-f]{10}|${UUID})$`));
export const resourceId = z
  .string()
  .max(47)
  .regex(new RegExp(`^(?:[0-9a-f]{10}-)?${UUID}$`));
export const text = z.string().min(1).max(1024);
export const displayName = text.regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+$/u);
export const userName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u);
export const memberId = z.object({ UserId: resourceId });

/**
 * The only unique attributes are a group's displayName, and a user's userName and emails.value; ids of identity
 * providers are not modelled.
 */
export const alternateIdentifier = z.object({
  UniqueAttribute: z.object({ AttributePath: z.string().min(1).max(255), AttributeValue: z.string().min(1) }),
});

export const page = {
  MaxResults: z.number().int().min(1).max(100).optional(),
  NextToken: z.string().min(1).max(65535).optional(),
};

/** @throws ServiceError where this region has no such store */
export function storeOf(context: CallContext, input: { readonly IdentityStoreId: string }): IdentityCenter {
  const center = identityCenterHere(context);
  if (center?.identityStoreId !== input.IdentityStoreId) {
    // @evidence documented "botocore identitystore.ListGroups": ResourceNotFoundException, of the ResourceType
    //   IDENTITY_STORE
    throw notFound('IDENTITY_STORE');
  }
  return center;
}

const RESERVED = new Set(['administrator', 'awsadministrators']);

/** @throws ServiceError for a name that neither a user nor a group may have */
export function checkNotReserved(name: string): void {
  if (!RESERVED.has(name.toLowerCase())) return;
  // @evidence documented "botocore identitystore.CreateGroup DisplayName, identitystore.CreateUser UserName":
  //   Administrator and AWSAdministrators are reserved; ValidationException is the error of both operations for a
  //   request with a syntax error
  throw invalid(`${name} is a reserved name.`);
}

/**
 * What IAM asks for: the store, and each kind of resource that the operation names ("Service Authorization Reference",
 * Identity Store).
 */
export function storeTargets(
  { state }: CallContext,
  input: { readonly IdentityStoreId: string },
  ...resources: readonly string[]
): readonly Target[] {
  const store = `:${state.seed.managementAccountId}:identitystore/${input.IdentityStoreId}`;
  return [store, ...resources.map((one) => `::${one}`)].map((one) => ({
    resource: arnIn(state.seed, `identitystore:${one}`),
  }));
}
