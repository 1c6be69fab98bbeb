import {
  CreateAccountAssignmentCommand,
  type CreateAccountAssignmentCommandInput,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignmentsForPrincipal,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';

import type { VendingPlan } from '../domain/plan';
import type {
  AccountAssignments,
  Assignment,
  AssignmentProgress,
  StartedAssignment,
} from '../ports/account-assignments';
import { type AwsCaller, managementCredentials } from './assumed-role';
import { calling, isAbsent, isCrowded, wordsOf } from './aws-error';
import { clientSettings } from './aws-settings';
import { PACED, paced } from './paced';

/** Account assignments of an instance of IAM Identity Center, in its region. */
export function ssoAdminAccountAssignments(
  caller: AwsCaller,
  identityStore: Pick<NonNullable<VendingPlan['identityStore']>, 'instanceArn' | 'region'> | null,
): AccountAssignments {
  const client = new SSOAdminClient({
    ...clientSettings(caller.settings, caller.functionName),
    ...(identityStore === null ? {} : { region: identityStore.region }),
    credentials: managementCredentials(caller),
  });
  client.middlewareStack.add(paced('sso', caller), PACED);
  const InstanceArn = identityStore?.instanceArn ?? '';
  return {
    listOfGroup: (accountId, groupId) =>
      calling(`list the assignments of group ${groupId}`, () => listOfGroup(client, InstanceArn, accountId, groupId)),
    create: (assignment) =>
      started(`assign ${assignment.permissionSetArn} in account ${assignment.accountId}`, async () => {
        const answer = await client.send(new CreateAccountAssignmentCommand(inputOf(InstanceArn, assignment)));
        return answer.AccountAssignmentCreationStatus?.RequestId;
      }),
    delete: (assignment) =>
      started(`take ${assignment.permissionSetArn} away in account ${assignment.accountId}`, async () => {
        const answer = await client.send(new DeleteAccountAssignmentCommand(inputOf(InstanceArn, assignment)));
        return answer.AccountAssignmentDeletionStatus?.RequestId;
      }),
    describe: (kind, requestId) =>
      calling(`describe the assignment request ${requestId}`, () =>
        kind === 'creation'
          ? describeCreation(client, InstanceArn, requestId)
          : describeDeletion(client, InstanceArn, requestId),
      ),
  };
}

async function listOfGroup(
  client: SSOAdminClient,
  InstanceArn: string,
  AccountId: string,
  PrincipalId: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  const input = { InstanceArn, PrincipalId, PrincipalType: 'GROUP', Filter: { AccountId } } as const;
  try {
    for await (const page of paginateListAccountAssignmentsForPrincipal({ client }, input)) {
      found.push(...(page.AccountAssignments ?? []).flatMap(({ PermissionSetArn }) => PermissionSetArn ?? []));
    }
  } catch (error) {
    // AWS does not say whether it answers about a group that is gone.
    if (!isAbsent(error)) throw error;
  }
  return found;
}

const inputOf = (
  InstanceArn: string,
  { accountId, groupId, permissionSetArn }: Assignment,
): CreateAccountAssignmentCommandInput => ({
  InstanceArn,
  TargetId: accountId,
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn: permissionSetArn,
  PrincipalType: 'GROUP',
  PrincipalId: groupId,
});

function started(doing: string, call: () => Promise<string | undefined>): Promise<StartedAssignment> {
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
