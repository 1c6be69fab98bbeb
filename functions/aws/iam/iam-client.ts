import { IAMClient } from '@aws-sdk/client-iam';

import { TransientError } from '../../domain/base/errors';
import type { MemberEntry } from '../../ports/iam';
import { memberCredentials, partitionOf, globalRegion } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { isAbsent } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';

/** IAM of member accounts, entered with their access roles; one client, and so one session, for each. */
export function memberIamClients(session: AwsSession): (entry: MemberEntry) => IAMClient {
  const clients = new Map<string, IAMClient>();
  return (entry) => {
    const client = clients.get(entry.accountId) ?? newClient(session, entry);
    clients.set(entry.accountId, client);
    return client;
  };
}

function newClient(session: AwsSession, entry: MemberEntry): IAMClient {
  return new IAMClient({
    ...clientSettings(session.settings, session.functionName),
    ...globalRegion(session),
    credentials: memberCredentials(session, entry),
  });
}

/** The policy by which the roles that we make in this account are bounded; undefined: none. */
export function memberBoundary(session: AwsSession, { accountId }: MemberEntry): string | undefined {
  const { memberPermissionsBoundary: given } = session.settings;
  return given === undefined || given.startsWith('arn:')
    ? given
    : `arn:${partitionOf(session)}:iam::${accountId}:policy/${given}`;
}

/**
 * A write of a role whose boundary may not be there yet: what puts it into new accounts is not ours, and may be behind.
 *
 * @throws TransientError while there is no such policy
 */
export async function bounded<Answer>(boundary: string | undefined, write: () => Promise<Answer>): Promise<Answer> {
  try {
    return await write();
  } catch (error) {
    if (boundary === undefined || !isAbsent(error)) throw error;
    throw new TransientError(
      `There is no policy ${boundary} yet, which is to be the boundary of the roles there (memberPermissionsBoundary). A stack set with automatic deployment on the root puts it ` +
        'into every new account (docs/deployment.md, "Boundaries in member accounts").',
      { cause: error, nothingDone: true },
    );
  }
}
