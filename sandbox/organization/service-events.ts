import { partitionNamed } from '../../functions/domain/places/partitions';
import type { ServiceEvent } from './event-listener';
import type { OrganizationSeed } from './organization-seed';
import type { Account, BaselineOperation, Creation, OrganizationState } from './organization-state';
import type { ProductRecord } from './services/service-catalog/account-factory-state';
import type { StackSet, StackSetOperation } from './services/cloudformation/stack-set-state';

type Told = Pick<OrganizationState, 'events' | 'seed'>;

type Place = Pick<
  OrganizationSeed,
  'partition' | 'managementAccountId' | 'organizationId' | 'controlTower' | 'accountFactory'
>;

/**
 * The end of a request for an account, good or bad.
 *
 * @evidence example organizations/userguide/orgs_cloudtrail-integration: CreateAccountResult is an AwsServiceEvent of
 *   the management account with id, state, accountId or failureReason; names are masked
 * @evidence documented organizations/userguide/orgs_cloudtrail-integration: events of Organizations are seen in US East
 *   (N. Virginia) alone
 *
 * Where they come in other partitions is told nowhere: the model has them in the region of Organizations itself.
 */
export function tellCreation({ events, seed }: Told, creation: Creation, at: number): void {
  events.tell(() => createAccountResult(seed, creation, at));
}

function createAccountResult(place: Place, creation: Creation, at: number): ServiceEvent {
  const { id, state, accountId, failureReason, requestedAt, completedAt } = creation;
  return viaCloudTrail(place, 'organizations', globalRegionOf(place), at, {
    eventName: 'CreateAccountResult',
    serviceEventDetails: {
      createAccountStatus: {
        id,
        state,
        accountName: '****',
        ...(accountId === null ? { failureReason } : { accountId }),
        requestedTimestamp: new Date(requestedAt).toUTCString(),
        completedTimestamp: new Date(completedAt ?? at).toUTCString(),
      },
    },
  });
}

/**
 * The end of a closing.
 *
 * @evidence example organizations/userguide/orgs_cloudtrail-integration: CloseAccountResult is an AwsServiceEvent of
 *   the management account with accountId and state
 * @evidence documented "botocore organizations.CloseAccount": it is published after the account was closed
 */
export function tellClosure({ events, seed }: Told, account: Account, at: number): void {
  events.tell(() => closeAccountResult(seed, account, at));
}

function closeAccountResult(place: Place, { id, closedAt }: Account, at: number): ServiceEvent {
  return viaCloudTrail(place, 'organizations', globalRegionOf(place), at, {
    eventName: 'CloseAccountResult',
    serviceEventDetails: {
      closeAccountStatus: {
        accountId: id,
        state: 'SUCCEEDED',
        requestedTimestamp: new Date(closedAt ?? at).toUTCString(),
        completedTimestamp: new Date(at).toUTCString(),
      },
    },
  });
}

/** How Control Tower has ended what it was at. */
interface LifecycleEnd {
  readonly account: Pick<Account, 'id' | 'name' | 'parentId'>;
  readonly hasSucceeded: boolean;
  readonly at: number;
}

/**
 * Nothing is told of an account that it has not got to know. What it has tried before, it updates.
 *
 * @evidence documented controltower/userguide/lifecycle-events: if any sub-step did not complete, the state of the
 *   event is Failed
 * @evidence example controltower/userguide/lifecycle-events: CreateManagedAccount and UpdateManagedAccount have
 *   accountId and state
 * @evidence documented controltower/userguide/lifecycle-events: a retry, or an update of the product, ends with
 *   UpdateManagedAccount, since the account is there
 * @evidence documented controltower/userguide/lifecycle-events: an active trail of CloudTrail is needed
 */
export function tellManagedAccount(
  { events, seed, accountFactory }: Told & Pick<OrganizationState, 'accountFactory'>,
  { status, provisionedProductId }: ProductRecord,
  account: Account | undefined,
  at: number,
): void {
  if (account === undefined) return;
  const records = [...(accountFactory?.records.values() ?? [])];
  const isFirst = records.filter((one) => one.provisionedProductId === provisionedProductId).length === 1;
  const ended = { account, hasSucceeded: status === 'SUCCEEDED', at };
  events.tell(() => managedAccount(seed, isFirst ? 'create' : 'update', ended));
}

function managedAccount(
  place: Place,
  kind: 'create' | 'update',
  { account, hasSucceeded, at }: LifecycleEnd,
): ServiceEvent {
  const eventName = kind === 'create' ? 'CreateManagedAccount' : 'UpdateManagedAccount';
  const state = hasSucceeded ? 'SUCCEEDED' : 'FAILED';
  return viaCloudTrail(place, 'controltower', homeRegionOf(place), at, {
    eventName,
    serviceEventDetails: {
      [`${kind}ManagedAccountStatus`]: {
        organizationalUnit: { organizationalUnitId: account.parentId },
        account: { accountName: account.name, accountId: account.id },
        state,
        message: `AWS Control Tower has ended: ${state}.`,
      },
    },
  });
}

/**
 * @evidence example controltower/userguide/lifecycle-events: ResetEnabledBaseline and UpdateEnabledBaseline name a
 *   member account by targetIdentifier, an ARN of Organizations
 */
export function tellEnabledBaseline(
  { events, seed, inheritedBaselines }: Told & Pick<OrganizationState, 'inheritedBaselines'>,
  type: BaselineOperation['type'],
  account: Account,
  at: number,
): void {
  const ended = { account, hasSucceeded: inheritedBaselines.get(account.id)?.status === 'SUCCEEDED', at };
  events.tell(() => enabledBaseline(seed, type === 'RESET_ENABLED_BASELINE' ? 'reset' : 'update', ended));
}

function enabledBaseline(
  place: Place,
  kind: 'reset' | 'update',
  { account, hasSucceeded, at }: LifecycleEnd,
): ServiceEvent {
  const { partition = 'aws', managementAccountId, organizationId } = place;
  return viaCloudTrail(place, 'controltower', homeRegionOf(place), at, {
    eventName: kind === 'reset' ? 'ResetEnabledBaseline' : 'UpdateEnabledBaseline',
    serviceEventDetails: {
      [`${kind}EnabledBaselineStatus`]: {
        enabledBaselineDetails: {
          targetIdentifier: `arn:${partition}:organizations::${managementAccountId}:account/${organizationId}/${account.id}`,
          statusSummary: { status: hasSucceeded ? 'SUCCEEDED' : 'FAILED' },
        },
      },
    },
  });
}

/**
 * @evidence example AWSCloudFormation/UserGuide/event-detail-stackset-operation-status-change: the event of an
 *   operation has stack-set-arn, stack-set-operation-id and status-details
 */
export function tellOperationStatus(
  { events }: Told,
  stackSet: StackSet,
  operation: Pick<StackSetOperation, 'id' | 'status'>,
  at: number,
): void {
  events.tell(() => operationStatusChange(stackSet, operation, at));
}

function operationStatusChange(
  { arnPrefix, id, accountId, region }: StackSet,
  operation: Pick<StackSetOperation, 'id' | 'status'>,
  at: number,
): ServiceEvent {
  const arn = `${arnPrefix}${id}`;
  return {
    version: '0',
    source: 'aws.cloudformation',
    account: accountId,
    region,
    time: timeOf(at),
    resources: [arn],
    'detail-type': 'CloudFormation StackSet Operation Status Change',
    detail: {
      'stack-set-arn': arn,
      'stack-set-operation-id': operation.id,
      'status-details': { status: operation.status },
    },
  };
}

function viaCloudTrail(
  { managementAccountId: account }: Place,
  service: 'organizations' | 'controltower',
  region: string,
  at: number,
  detail: { readonly eventName: string; readonly serviceEventDetails: object },
): ServiceEvent {
  const time = timeOf(at);
  return {
    version: '0',
    source: `aws.${service}`,
    account,
    region,
    time,
    resources: [],
    'detail-type': 'AWS Service Event via CloudTrail',
    detail: {
      eventTime: time,
      eventSource: `${service}.amazonaws.com`,
      awsRegion: region,
      eventType: 'AwsServiceEvent',
      userIdentity: { accountId: account, invokedBy: 'AWS Internal' },
      readOnly: false,
      ...detail,
    },
  };
}

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** Of the one endpoint of Organizations. */
export const globalRegionOf = ({ partition = 'aws' }: Place): string => partitionNamed(partition)?.globalRegion ?? '';

/** Of Control Tower; empty where it is not set up. */
export const homeRegionOf = ({ controlTower, accountFactory }: Place): string =>
  controlTower?.homeRegion ?? accountFactory?.homeRegion ?? '';
