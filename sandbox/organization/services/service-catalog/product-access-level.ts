import { principalArn } from '../../principal';
import type { CallContext } from '../operation';

interface Owned {
  readonly roleArn: string;
  readonly sessionArn: string;
}

/**
 * What an access level shows the caller: everything in the account, what its role made, or what its very session made.
 *
 * @evidence documented "botocore servicecatalog.AccessLevelFilter": results by Account, Role or User
 */
export function isVisible(
  { principal }: CallContext,
  level: { readonly Key: 'Account' | 'Role' | 'User' } | undefined,
  byDefault: 'Account' | 'User',
  owned: Owned,
): boolean {
  switch (level?.Key ?? byDefault) {
    case 'Account':
      return true;
    case 'Role':
      return owned.roleArn === principalArn(principal);
    case 'User':
      return owned.sessionArn === principal.arn;
  }
}

/** The condition key with which the end-user policies let a session act on its own products only. */
export function levelConditions(
  { principal }: CallContext,
  owned: Owned | undefined,
): Readonly<Record<string, string>> {
  if (owned === undefined) {
    return {};
  }
  const isOwn = owned.sessionArn === principal.arn;
  const isOwnRole = owned.roleArn === principalArn(principal);
  return {
    'servicecatalog:accountLevel': 'self',
    ...(isOwnRole ? { 'servicecatalog:roleLevel': 'self' } : {}),
    ...(isOwn ? { 'servicecatalog:userLevel': 'self' } : {}),
  };
}
