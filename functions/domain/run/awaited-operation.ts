import * as z from 'zod/mini';

import { AnyText, TextOrNull } from '../base/plain-schemas';
import type { TenantRecord } from '../records/ledger-records';
import { removalKey } from '../stack-sets/stack-set-removal';

/** What a run waits for: its account, its enrollment, an operation of the stack set, or the end of its account. */
export const AwaitedSchema = z.union([
  z.object({ operation: z.enum(['account', 'enrollment', 'closure']) }),
  z.object({ operation: z.enum(['stackSet', 'removal']), stackSet: AnyText }),
]);

export type Awaited = Readonly<z.infer<typeof AwaitedSchema>>;

/**
 * `token`: of the state that waited last for the end of this operation, perhaps no longer. `toldAt`: when its end was
 * told and nobody waited.
 */
export const OperationWaitSchema = z.object({ token: TextOrNull, toldAt: TextOrNull });

export type OperationWait = Readonly<z.infer<typeof OperationWaitSchema>>;

type Operations = Pick<TenantRecord, 'creation' | 'account' | 'enrollment' | 'stackInstances' | 'closure'>;

/**
 * By which an event of AWS names the operation that a run waits for. Undefined where no event ends the wait: nothing is
 * at work in AWS (a pause after a failure), its answer was lost, or it is known to be over and only a list is behind.
 */
export function awaitedOperation(tenant: Operations, awaited: Awaited): string | undefined {
  switch (awaited.operation) {
    case 'account':
      return awaitedRequest(tenant);
    case 'enrollment':
      return awaitedAccount(tenant);
    case 'stackSet':
      return awaitedDeployment(tenant, awaited.stackSet);
    case 'removal':
      return awaitedRemoval(tenant, awaited.stackSet);
    case 'closure':
      return awaitedClosure(tenant);
  }
}

function awaitedRequest({ account, creation }: Operations): string | undefined {
  if (account !== null || creation?.phase !== 'requested' || creation.requestId === null) return undefined;
  return creation.madeAccountId === null && creation.failure === null ? requestKey(creation.requestId) : undefined;
}

const awaitedAccount = ({ account, enrollment }: Operations): string | undefined =>
  account === null || enrollment?.phase !== 'asked' ? undefined : enrollmentKey(account.id);

function awaitedDeployment({ stackInstances }: Operations, stackSet: string): string | undefined {
  const accepted = stackInstances.find((one) => one.stackSet === stackSet && one.phase === 'accepted');
  return accepted === undefined ? undefined : deploymentKey(accepted.operationId);
}

function awaitedRemoval({ stackInstances }: Operations, removal: string): string | undefined {
  const accepted = stackInstances.find(
    ({ stackSet: name, homeRegion, phase }) =>
      phase === 'removalAccepted' && homeRegion !== null && removalKey({ name, homeRegion }) === removal,
  );
  return accepted === undefined ? undefined : deploymentKey(accepted.operationId);
}

const awaitedClosure = ({ account, closure }: Operations): string | undefined =>
  account === null || closure?.phase !== 'accepted' ? undefined : closureKey(account.id);

const requestKey = (requestId: string): string => `account-request/${requestId}`;
const enrollmentKey = (accountId: string): string => `enrollment/${accountId}`;
const deploymentKey = (operationId: string): string => `stack-set-operation/${operationId}`;

const closureKey = (accountId: string): string => `closure/${accountId}`;

const VIA_CLOUDTRAIL = z.literal('AWS Service Event via CloudTrail');

/**
 * @evidence example organizations/userguide/orgs_cloudtrail-integration: CreateAccountResult has createAccountStatus
 *   with the id of the request, whether it has succeeded or failed
 */
const CreationEndSchema = z.object({
  source: z.literal('aws.organizations'),
  'detail-type': VIA_CLOUDTRAIL,
  detail: z.object({
    eventName: z.literal('CreateAccountResult'),
    serviceEventDetails: z.object({ createAccountStatus: z.object({ id: AnyText }) }),
  }),
});

/**
 * @evidence example organizations/userguide/orgs_cloudtrail-integration: CloseAccountResult has closeAccountStatus with
 *   the id of the account and a state
 */
const ClosureEndSchema = z.object({
  source: z.literal('aws.organizations'),
  'detail-type': VIA_CLOUDTRAIL,
  detail: z.object({
    eventName: z.literal('CloseAccountResult'),
    serviceEventDetails: z.object({ closeAccountStatus: z.object({ accountId: AnyText }) }),
  }),
});

/**
 * Of an account that Control Tower knows, a further try ends as an update. Baselines name their target by its ARN.
 *
 * @evidence documented controltower/userguide/lifecycle-events: a retry ends with UpdateManagedAccount; automation has
 *   to look for both
 */
const ManagedAccountSchema = z.object({ account: z.object({ accountId: AnyText }) });
const BaselineSchema = z.object({ enabledBaselineDetails: z.object({ targetIdentifier: AnyText }) });

const LifecycleEventSchema = z.object({
  source: z.literal('aws.controltower'),
  'detail-type': VIA_CLOUDTRAIL,
  detail: z.object({ serviceEventDetails: z.record(AnyText, z.union([ManagedAccountSchema, BaselineSchema])) }),
});

/**
 * @evidence example AWSCloudFormation/UserGuide/event-detail-stackset-operation-status-change: stack-set-operation-id,
 *   and a status among RUNNING, SUCCEEDED, FAILED, STOPPING, STOPPED, QUEUED
 */
const DeploymentEndSchema = z.object({
  source: z.literal('aws.cloudformation'),
  'detail-type': z.literal('CloudFormation StackSet Operation Status Change'),
  detail: z.object({
    'stack-set-operation-id': AnyText,
    'status-details': z.object({ status: z.enum(['SUCCEEDED', 'FAILED', 'STOPPED']) }),
  }),
});

/**
 * Of which operation an event of EventBridge tells the end; undefined: of none. Whether it went well does not matter:
 * who waited for it reads from AWS what has become of it.
 */
export function endedOperation(event: unknown): string | undefined {
  const creation = z.safeParse(CreationEndSchema, event).data;
  if (creation !== undefined) return requestKey(creation.detail.serviceEventDetails.createAccountStatus.id);
  const closure = z.safeParse(ClosureEndSchema, event).data;
  if (closure !== undefined) return closureKey(closure.detail.serviceEventDetails.closeAccountStatus.accountId);
  const deployment = z.safeParse(DeploymentEndSchema, event).data;
  if (deployment !== undefined) return deploymentKey(deployment.detail['stack-set-operation-id']);
  const details = z.safeParse(LifecycleEventSchema, event).data?.detail.serviceEventDetails ?? {};
  const accountId = Object.values(details).map(accountIn).at(0);
  return accountId === undefined ? undefined : enrollmentKey(accountId);
}

type LifecycleDetails = z.infer<typeof ManagedAccountSchema> | z.infer<typeof BaselineSchema>;

/** The last part of an ARN is the id of an account or of a unit. */
const accountIn = (details: LifecycleDetails): string =>
  'account' in details
    ? details.account.accountId
    : (details.enabledBaselineDetails.targetIdentifier.split('/').at(-1) ?? '');
