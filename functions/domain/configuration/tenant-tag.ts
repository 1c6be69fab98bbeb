/**
 * The key of the tag whose value is the tenant's uuid, on every account from its creation on: by it, and by it alone,
 * an account is recognized as a tenant's. It is outside every namespace prefix and never removed.
 */
export const TENANT_TAG_KEY = 'account-vending:tenant-uuid';

/**
 * The tags by which an external account vending machine says that it has finished with an account. Source: meshcloud's
 * documentation of `waitForExternalAvm`.
 */
export const EXTERNAL_AVM_TAGS = ['ProductName', 'Stage'] as const;
