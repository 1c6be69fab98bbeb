import { type Account, paginateListAccounts, paginateListDelegatedAdministrators } from '@aws-sdk/client-organizations';

import type { OrganizationInventory, PlacedAccount } from '../../ports/organizations';
import type { AwsSession } from '../base/aws-session';
import { calling } from '../base/aws-error';
import { organizationsClient } from './organizations-account-directory';

/** 20 accounts a page, which is the most. */
const MAX_RESULTS = 20;

/** The accounts with their places, as Organizations lists them. */
export function organizationsInventory(session: AwsSession): OrganizationInventory {
  const client = organizationsClient(session);
  return {
    accounts: () =>
      calling('list the accounts of the organization', async () => {
        const accounts: PlacedAccount[] = [];
        for await (const { Accounts = [] } of paginateListAccounts({ client }, { MaxResults: MAX_RESULTS })) {
          accounts.push(...Accounts.map(placedAccount));
        }
        return accounts;
      }),
    delegatedAdministrators: (service) =>
      calling('list the delegated administrators of the organization', async () => {
        const ids: string[] = [];
        const input = { MaxResults: MAX_RESULTS, ...(service === undefined ? {} : { ServicePrincipal: service }) };
        const pages = paginateListDelegatedAdministrators({ client }, input);
        for await (const { DelegatedAdministrators = [] } of pages) {
          ids.push(...DelegatedAdministrators.flatMap(({ Id }) => Id ?? []));
        }
        return ids;
      }),
  };
}

/**
 * @evidence documented "botocore organizations.Account": Paths has one path, from the organization over root and units
 *   to the account
 */
function placedAccount({ Id = '', Arn = '', Name = '', Email = '', State, Paths }: Account): PlacedAccount {
  const path = (Paths?.[0] ?? '').split('/').filter((part) => part.startsWith('r-') || part.startsWith('ou-'));
  return { id: Id, arn: Arn, name: Name, email: Email, state: State ?? null, unitsAbove: path.toReversed() };
}
