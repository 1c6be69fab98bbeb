import {
  CreateAccountAssignmentCommand,
  type CreateAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignmentsForPrincipal,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';

import type {
  AccountAssignments,
  Assignment,
  AssignmentProgress,
  StartedAssignment,
} from '../../ports/identity-center';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isCrowded, wordsOf } from '../base/aws-error';
import { factoryUserAssignments, inManagement } from './factory-user-assignments';
import { findInstance, ssoAdminClient } from './sso-admin-client';

interface AssignmentPlace {
  readonly region: string;
  readonly instanceArn: string | null;
  /** Whether the account is the management account, for which there is a role of its own. Absent: no. */
  readonly ofManagement?: boolean;
}

/**
 * Account assignments of an instance of IAM Identity Center, in its region.
 *
 * @param center its instance is null where none is configured: it is asked for then
 */
export function ssoAdminAccountAssignments(session: AwsSession, center: AssignmentPlace | null): AccountAssignments {
  const client = ssoAdminClient(session, center);
  const management = inManagement(session);
  const ofFactory = management === session ? client : ssoAdminClient(management, center);
  const instance = async (): Promise<string> => center?.instanceArn ?? (await findInstance(client))?.instanceArn ?? '';
  return {
    listOfGroup: (accountId, groupId) =>
      calling(`list the assignments of group ${groupId}`, async () =>
        (await listOfGroup(client, await instance(), groupId, accountId)).map(
          ({ permissionSetArn }) => permissionSetArn,
        ),
      ),
    accountsOfGroup: (groupId) =>
      calling(`list the assignments of group ${groupId}`, async () =>
        (await listOfGroup(client, await instance(), groupId)).map(({ accountId }) => accountId),
      ),
    ofFactoryUser: (accountId, user) => factoryUserAssignments(session, user).inAccount(accountId),
    create: (assignment) =>
      startRequest(`assign ${assignment.permissionSetArn} in account ${assignment.accountId}`, async () => {
        const answer = await client.send(new CreateAccountAssignmentCommand(inputOf(await instance(), assignment)));
        return answer.AccountAssignmentCreationStatus?.RequestId;
      }),
    delete: (assignment) =>
      startRequest(`take ${assignment.permissionSetArn} away in account ${assignment.accountId}`, async () => {
        const by = assignment.principalType === 'USER' ? ofFactory : client;
        const answer = await by.send(new DeleteAccountAssignmentCommand(inputOf(await instance(), assignment)));
        return answer.AccountAssignmentDeletionStatus?.RequestId;
      }),
    describe: (kind, requestId) =>
      calling(`describe the assignment request ${requestId}`, async () =>
        kind === 'creation'
          ? describeCreation(client, await instance(), requestId)
          : describeDeletion(client, await instance(), requestId),
      ),
  };
}

/** @param AccountId absent: in all accounts */
async function listOfGroup(
  client: SSOAdminClient,
  InstanceArn: string,
  PrincipalId: string,
  AccountId?: string,
): Promise<readonly { readonly accountId: string; readonly permissionSetArn: string }[]> {
  const found: { readonly accountId: string; readonly permissionSetArn: string }[] = [];
  const filter = AccountId === undefined ? {} : { Filter: { AccountId } };
  const input = { InstanceArn, PrincipalId, PrincipalType: 'GROUP', ...filter } as const;
  try {
    for await (const { AccountAssignments = [] } of paginateListAccountAssignmentsForPrincipal({ client }, input)) {
      for (const { AccountId: accountId = '', PermissionSetArn: permissionSetArn } of AccountAssignments) {
        if (permissionSetArn !== undefined) found.push({ accountId, permissionSetArn });
      }
    }
  } catch (error) {
    // AWS does not say whether it answers about a group that is gone.
    if (!isAbsent(error)) throw error;
  }
  return found;
}

const inputOf = (
  InstanceArn: string,
  { accountId, groupId, permissionSetArn, principalType }: Assignment,
): CreateAccountAssignmentCommandInput => ({
  InstanceArn,
  TargetId: accountId,
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn: permissionSetArn,
  PrincipalType: principalType ?? 'GROUP',
  PrincipalId: groupId,
});

function startRequest(doing: string, call: () => Promise<string | undefined>): Promise<StartedAssignment> {
  return calling(doing, async () => {
    try {
      const requestId = await call();
      if (requestId === undefined) throw new Error('IAM Identity Center answered without a request id.');
      return { requestId };
    } catch (error) {
      if (isCrowded(error)) return 'busy';
      if (isAbsent(error)) return { absent: wordsOf(error) };
      throw error;
    }
  });
}

const FORGOTTEN: AssignmentProgress = { state: 'UNKNOWN', reason: null };

async function describeCreation(
  client: SSOAdminClient,
  InstanceArn: string,
  AccountAssignmentCreationRequestId: string,
): Promise<AssignmentProgress> {
  const command = new DescribeAccountAssignmentCreationStatusCommand({
    InstanceArn,
    AccountAssignmentCreationRequestId,
  });
  return progress(async () => (await client.send(command)).AccountAssignmentCreationStatus);
}

async function describeDeletion(
  client: SSOAdminClient,
  InstanceArn: string,
  AccountAssignmentDeletionRequestId: string,
): Promise<AssignmentProgress> {
  const command = new DescribeAccountAssignmentDeletionStatusCommand({
    InstanceArn,
    AccountAssignmentDeletionRequestId,
  });
  return progress(async () => (await client.send(command)).AccountAssignmentDeletionStatus);
}

interface Status {
  readonly Status?: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | undefined;
  readonly FailureReason?: string | undefined;
}

async function progress(call: () => Promise<Status | undefined>): Promise<AssignmentProgress> {
  try {
    const status = await call();
    return { state: status?.Status ?? 'IN_PROGRESS', reason: status?.FailureReason ?? null };
  } catch (error) {
    if (isAbsent(error)) return FORGOTTEN;
    throw error;
  }
}
