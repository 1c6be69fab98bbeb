import {
  type OrganizationsClient,
  paginateListTagsForResource,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';

import type { AccountTags } from '../../ports/organizations';
import type { AwsCaller } from '../base/assumed-role';
import { calling } from '../base/aws-error';
import { organizationsClient } from './organizations-client';

/** Reads and writes the tags of accounts. */
export function organizationsTags(caller: AwsCaller): AccountTags {
  const client = organizationsClient(caller);
  return {
    list: (accountId) => listAccountTags(client, accountId),
    put: (accountId, tags) =>
      calling(`tag account ${accountId}`, async () => {
        const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
        await client.send(new TagResourceCommand({ ResourceId: accountId, Tags }));
      }),
    remove: (accountId, keys) =>
      calling(`untag account ${accountId}`, async () => {
        await client.send(new UntagResourceCommand({ ResourceId: accountId, TagKeys: [...keys] }));
      }),
  };
}

export function listAccountTags(
  client: OrganizationsClient,
  accountId: string,
): Promise<Readonly<Record<string, string>>> {
  return calling(`list the tags of account ${accountId}`, async () => {
    const tags: Record<string, string> = {};
    for await (const page of paginateListTagsForResource({ client }, { ResourceId: accountId })) {
      for (const { Key = '', Value = '' } of page.Tags ?? []) tags[Key] = Value;
    }
    return tags;
  });
}
