import {
  type Account,
  CreateAccountState,
  type CreateAccountStatus,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  ListAccountsCommand,
  ListCreateAccountStatusCommand,
  OrganizationsClient,
  paginateListTagsForResource,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-organizations';

import type { AccountDirectory, AccountTags, CreationRequest, DirectoryAccount, Page } from '../../ports/organizations';
import { globalRegion, managementCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isTokenExpired } from '../base/aws-error';
import { clientSettings, PACED, paced } from '../base/aws-settings';

/** AWS Organizations as seen by the function's role in the management account: for all adapters of this folder. */
export function organizationsClient(session: AwsSession): OrganizationsClient {
  const client = new OrganizationsClient({
    ...clientSettings(session.settings, session.functionName),
    ...globalRegion(session),
    credentials: managementCredentials(session),
  });
  client.middlewareStack.add(paced('organizations', session), PACED);
  return client;
}

/** Looks for accounts and requests in AWS Organizations. */
export function organizationsAccountDirectory(session: AwsSession): AccountDirectory {
  const client = organizationsClient(session);
  return {
    describeRequest: (requestId) =>
      orUndefined(`describe the account request ${requestId}`, async () => {
        const answer = await client.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId }));
        return requestOf(answer.CreateAccountStatus);
      }),
    listRequests: (pageToken) =>
      calling('list account requests', () => unlessExpired(pageToken, (token) => requestsPage(client, token))),
    listAccounts: (pageToken) =>
      calling('list accounts', () => unlessExpired(pageToken, (token) => accountsPage(client, token))),
    describeAccount: (accountId) =>
      orUndefined(`describe account ${accountId}`, async () => {
        const answer = await client.send(new DescribeAccountCommand({ AccountId: accountId }));
        return accountOf(answer.Account);
      }),
    listTags: (accountId) => listAccountTags(client, accountId),
  };
}

async function orUndefined<Answer>(doing: string, call: () => Promise<Answer>): Promise<Answer | undefined> {
  return calling(doing, async () => {
    try {
      return await call();
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
}

const PAGE_SIZE = 20;

async function requestsPage(client: OrganizationsClient, NextToken?: string): Promise<Page<CreationRequest>> {
  const States = [CreateAccountState.IN_PROGRESS, CreateAccountState.SUCCEEDED];
  const page = await client.send(
    new ListCreateAccountStatusCommand({
      States,
      MaxResults: PAGE_SIZE,
      ...(NextToken === undefined ? {} : { NextToken }),
    }),
  );
  return { items: (page.CreateAccountStatuses ?? []).map(requestOf), nextToken: page.NextToken ?? null };
}

async function accountsPage(client: OrganizationsClient, NextToken?: string): Promise<Page<DirectoryAccount>> {
  const page = await client.send(
    new ListAccountsCommand({ MaxResults: PAGE_SIZE, ...(NextToken === undefined ? {} : { NextToken }) }),
  );
  return { items: (page.Accounts ?? []).map(accountOf), nextToken: page.NextToken ?? null };
}

/** A token may have been kept for minutes, in the ledger. */
async function unlessExpired<Item>(
  pageToken: string | null,
  list: (pageToken?: string) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  try {
    return await list(pageToken ?? undefined);
  } catch (error) {
    if (pageToken !== null && isTokenExpired(error)) return 'expired';
    throw error;
  }
}

function accountOf(account: Account | undefined): DirectoryAccount {
  const { Id = '', Arn = '', Name = '', Email = '', State } = account ?? {};
  return { id: Id, arn: Arn, name: Name, email: Email, state: State ?? null };
}

/** Reads and writes the tags of accounts. */
export function organizationsTags(session: AwsSession): AccountTags {
  const client = organizationsClient(session);
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

function listAccountTags(client: OrganizationsClient, accountId: string): Promise<Readonly<Record<string, string>>> {
  return calling(`list the tags of account ${accountId}`, async () => {
    const tags: Record<string, string> = {};
    for await (const page of paginateListTagsForResource({ client }, { ResourceId: accountId })) {
      for (const { Key = '', Value = '' } of page.Tags ?? []) tags[Key] = Value;
    }
    return tags;
  });
}

/** AWS's CreateAccountStatus in our words. It carries no e-mail. A state we do not know counts as still in progress. */
export function requestOf(status: CreateAccountStatus | undefined): CreationRequest {
  if (status?.Id === undefined) throw new Error('AWS Organizations answered without a CreateAccountStatus id.');
  return {
    id: status.Id,
    state: status.State === 'SUCCEEDED' || status.State === 'FAILED' ? status.State : 'IN_PROGRESS',
    accountName: status.AccountName ?? null,
    accountId: status.AccountId ?? null,
    requestedAt: status.RequestedTimestamp ?? null,
    failureReason: status.FailureReason ?? null,
  };
}
