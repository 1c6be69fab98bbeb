import { paginateListInstances, type SSOAdminClient } from '@aws-sdk/client-sso-admin';

export interface IdentityCenterInstance {
  readonly instanceArn: string;
  readonly identityStoreId: string;
}

/** An organization has one instance of IAM Identity Center; undefined where it is not in the client's region. */
export async function findInstance(client: SSOAdminClient): Promise<IdentityCenterInstance | undefined> {
  for await (const { Instances = [] } of paginateListInstances({ client }, {})) {
    for (const { InstanceArn: instanceArn, IdentityStoreId: identityStoreId } of Instances) {
      if (instanceArn !== undefined && identityStoreId !== undefined) return { instanceArn, identityStoreId };
    }
  }
  return undefined;
}
