import { drawDuration, drawLowerCase } from '../../draw';
import type { Seconds } from '../../latencies';
import type { OrganizationState } from '../../organization-state';
import { principalArn } from '../../principal';
import type { CallContext } from '../operation';
import { grantFactoryUser } from '../sso-admin/grant-factory-user';
import { grantControlTower } from '../sso-admin/plant-identity-center';
import { enroll, findEnrollee, findObstacle } from './account-factory';
import type { AccountFactory, Failure, Parameters, ProductRecord, ProvisionedProduct } from './account-factory-state';
import { IN_USE, resourceInUse } from './service-catalog-errors';

/** A request that has passed every check that is made at once. */
export interface AccountOperation {
  readonly type: ProductRecord['type'];
  readonly token: string;
  readonly request: string;
  readonly artifactId: string;
  readonly pathId: string;
  readonly parameters: Parameters;
}

/** Starts an operation of the Account Factory on a provisioned product and gives its record. */
export function startOperation(
  context: CallContext,
  factory: AccountFactory,
  product: ProvisionedProduct,
  operation: AccountOperation,
): ProductRecord {
  const { state, now } = context;
  const record = makeRecord(context, product, operation);
  factory.records.set(record.id, record);
  product.status = 'UNDER_CHANGE';
  product.lastRecordId = record.id;
  if (operation.type !== 'TERMINATE_PROVISIONED_PRODUCT') {
    product.lastProvisioningRecordId = record.id;
    product.idempotencyToken = operation.token;
  }
  plan(state, now, [1, 5], (at) => {
    if (record.status === 'CREATED') {
      update(record, 'IN_PROGRESS', at);
    }
  });
  if (isBusy(factory, state, record)) {
    plan(state, now, [10, 60], (at) => {
      fail(product, record, { code: 'ResourceInUseException', description: IN_USE }, at);
    });
  } else if (operation.type === 'TERMINATE_PROVISIONED_PRODUCT') {
    planTermination(state, factory, product, record, now);
  } else {
    planEnrollment(state, product, record, operation, now);
  }
  return record;
}

/**
 * Five account operations at once are Control Tower's limit. One too many is refused at once or accepted and failed shortly
 * after: callers have met both.
 */
export function checkCapacity(factory: AccountFactory, state: OrganizationState): void {
  if (isBusy(factory, state, null) && state.random() < 0.5) {
    throw resourceInUse();
  }
}

function isBusy(factory: AccountFactory, state: OrganizationState, own: ProductRecord | null): boolean {
  const running = [...factory.records.values()].filter((record) => record !== own && isRunning(record));
  return running.length >= state.limits.concurrentAccountOperations;
}

function isRunning({ status }: ProductRecord): boolean {
  return status === 'CREATED' || status === 'IN_PROGRESS';
}

function planEnrollment(
  state: OrganizationState,
  product: ProvisionedProduct,
  record: ProductRecord,
  { type, parameters }: AccountOperation,
  now: number,
): void {
  const { enrollment, enrollmentUpdate, enrollmentCheck } = state.latencies;
  plan(state, now, enrollmentCheck, (at) => {
    product.physicalId ??= findEnrollee(state, parameters)?.id ?? null;
    const obstacle = isRunning(record) ? findObstacle(state, product, parameters, at) : null;
    if (obstacle !== null) {
      fail(product, record, obstacle, at);
    }
  });
  plan(state, now, type === 'PROVISION_PRODUCT' ? enrollment : enrollmentUpdate, (at) => {
    if (isRunning(record)) {
      finish(state, product, record, parameters, at);
    }
  });
}

function finish(
  state: OrganizationState,
  product: ProvisionedProduct,
  record: ProductRecord,
  parameters: Parameters,
  at: number,
): void {
  const email = parameters['AccountEmail'] ?? '';
  const injected = state.faults?.accountFactory?.({ recordType: record.type, email });
  if (injected !== undefined) {
    // @evidence assumed "failed enrollment": its user may have got in already (decided by: list-account-assignments after a failed one)
    const halfway = state.random() < 0.5 ? findEnrollee(state, parameters) : undefined;
    if (halfway !== undefined) grantFactoryUser(state, parameters, halfway.id);
    fail(product, record, { code: 'AccountFactoryFailure', description: injected }, at);
    return;
  }
  const account = enroll(state, parameters, at);
  grantControlTower(state.identityCenter, state.seed.identityCenter, account.id);
  grantFactoryUser(state, parameters, account.id);
  product.status = 'AVAILABLE';
  product.statusMessage = null;
  product.physicalId = account.id;
  product.unitId = account.parentId;
  product.parameters = parameters;
  product.artifactId = record.artifactId;
  product.lastSuccessfulProvisioningRecordId = record.id;
  record.outputs = [
    ['AccountId', account.id],
    ['AccountEmail', account.email],
    ['SSOUserEmail', parameters['SSOUserEmail'] ?? ''],
  ];
  update(record, 'SUCCEEDED', at);
}

/** The account is no longer managed by Control Tower; it stays open, and where it is. */
function planTermination(
  state: OrganizationState,
  factory: AccountFactory,
  product: ProvisionedProduct,
  record: ProductRecord,
  now: number,
): void {
  plan(state, now, state.latencies.enrollmentTermination, (at) => {
    factory.provisionedProducts.delete(product.id);
    update(record, 'SUCCEEDED', at);
  });
}

/** A product whose last operation failed is stable but not what was asked for: TAINTED. */
function fail(product: ProvisionedProduct, record: ProductRecord, error: Failure, at: number): void {
  record.error = error;
  update(record, 'FAILED', at);
  product.status = 'TAINTED';
  product.statusMessage = error.description;
}

function update(record: ProductRecord, status: ProductRecord['status'], at: number): void {
  record.status = status;
  record.updatedAt = at;
}

function plan(state: OrganizationState, now: number, seconds: Seconds, happen: (at: number) => void): void {
  state.agenda.plan(now + drawDuration(state.random, seconds, state.latencies.scale), happen);
}

function makeRecord(
  { state, now, principal }: CallContext,
  product: ProvisionedProduct,
  operation: AccountOperation,
): ProductRecord {
  const { type, token, request, artifactId, pathId } = operation;
  return {
    ...{ type, token, request, artifactId, pathId },
    id: `rec-${drawLowerCase(state.random, 13)}`,
    provisionedProductId: product.id,
    provisionedProductName: product.name,
    createdAt: now,
    sessionArn: principal.arn,
    roleArn: principalArn(principal),
    updatedAt: now,
    status: 'CREATED',
    error: null,
    outputs: [],
  };
}
