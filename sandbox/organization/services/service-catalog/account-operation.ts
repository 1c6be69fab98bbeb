import { drawEnd, drawLowerCase } from '../../draw';
import type { Seconds } from '../../latencies';
import type { OrganizationState } from '../../organization-state';
import { principalArn } from '../../principal';
import type { CallContext } from '../operation';
import { grantFactoryUser } from '../sso-admin/grant-factory-user';
import { grantControlTower } from '../sso-admin/plant-identity-center';
import { isEnrolled } from '../control-tower/governance';
import { leaveControlTower, leaveFailedEnrollment } from './leave-control-tower';
import { enroll, findEnrollee, findObstacle } from './account-factory';
import {
  type AccountFactory,
  type Failure,
  isRunning,
  type Parameters,
  type ProductRecord,
  type ProvisionedProduct,
} from './account-factory-state';
import { conflictWith } from './operation-conflict';
import { tellManagedAccount } from '../../service-events';
import { resourceInUse } from './service-catalog-errors';
import { isFunctional } from '../../account-state';

/** A request that has passed every check that is made at once. */
export interface AccountOperation {
  readonly type: ProductRecord['type'];
  readonly token: string;
  readonly request: string;
  readonly artifactId: string;
  readonly pathId: string;
  readonly parameters: Parameters;
}

/**
 * Starts an operation of the Account Factory on a provisioned product and gives its record.
 *
 * @evidence documented "botocore servicecatalog.RecordDetail Status": CREATED until the operation has started, then
 *   IN_PROGRESS, at last SUCCEEDED or FAILED
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail Status": UNDER_CHANGE meanwhile, which is to
 *   be waited for
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail LastProvisioningRecordId": the last request to
 *   provision, update or terminate it
 */
export function startOperation(
  context: CallContext,
  factory: AccountFactory,
  product: ProvisionedProduct,
  operation: AccountOperation,
): ProductRecord {
  const { state, now } = context;
  const record = makeRecord(context, product, operation);
  const conflict = conflictWith(factory, state, operation.type);
  factory.records.set(record.id, record);
  product.status = 'UNDER_CHANGE';
  product.lastRecordId = record.id;
  product.lastProvisioningRecordId = record.id;
  if (operation.type !== 'TERMINATE_PROVISIONED_PRODUCT') product.idempotencyToken = operation.token;
  plan(state, now, [1, 5], (at) => {
    update(record, 'IN_PROGRESS', at);
  });
  if (conflict !== null) {
    plan(state, now, [10, 60], (at) => {
      fail(product, record, conflict, at);
    });
  } else if (operation.type === 'TERMINATE_PROVISIONED_PRODUCT') {
    planTermination(state, factory, product, record, now);
  } else {
    planEnrollment(state, product, record, operation, now);
  }
  return record;
}

/** One operation too many is refused at once or accepted and failed shortly after: callers have met both. */
export function checkCapacity(
  { state }: Pick<CallContext, 'state'>,
  factory: AccountFactory,
  type: ProductRecord['type'],
): void {
  const conflict = conflictWith(factory, state, type);
  if (conflict !== null && state.random() < 0.5) {
    // @evidence reported "github aws-samples/aws-control-tower-automate-account-creation#9": ResourceInUseException
    //   while another execution is in progress
    throw resourceInUse(conflict.description);
  }
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
    const obstacle = findObstacle(state, product, parameters, at);
    if (obstacle !== null) {
      fail(product, record, obstacle, at);
      tellManagedAccount(state, record, findEnrollee(state, parameters), at);
    }
  });
  plan(state, now, type === 'PROVISION_PRODUCT' ? enrollment : enrollmentUpdate, (at) => {
    if (isRunning(record)) {
      finish(state, product, record, parameters, at);
      tellManagedAccount(state, record, findEnrollee(state, parameters), at);
    }
  });
}

/**
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail Status": AVAILABLE once the operation has
 *   succeeded
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail LastSuccessfulProvisioningRecordId": the last
 *   request that has succeeded
 */
function finish(
  state: OrganizationState,
  product: ProvisionedProduct,
  record: ProductRecord,
  parameters: Parameters,
  at: number,
): void {
  const email = parameters.AccountEmail;
  const injected = state.faults?.accountFactory?.({ recordType: record.type, email });
  if (injected !== undefined) {
    // @evidence assumed "failed enrollment": its user may have got in already (decided by: list-account-assignments
    //   after a failed one)
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
  product.parameters = parameters;
  product.artifactId = record.artifactId;
  product.lastSuccessfulProvisioningRecordId = record.id;
  record.outputs = [
    ['AccountId', account.id],
    ['AccountEmail', account.email],
    ['SSOUserEmail', parameters.SSOUserEmail],
  ];
  update(record, 'SUCCEEDED', at);
}

/**
 * The account is no longer managed by Control Tower; it stays open.
 *
 * @evidence documented controltower/userguide/unmanage-account: an account that is unenrolled stays open
 * @evidence assumed servicecatalog/TerminateProvisionedProduct: any product of an enrolled account takes it out
 *   (decided by: a second product on AWS)
 * @evidence documented controltower/userguide/troubleshooting: of a closed account a product may show that
 *   AWSControlTowerExecution cannot be assumed; that terminating it fails is our reading
 * @evidence documented controltower/userguide/delete-account: such a product can be deleted once the account is gone,
 *   90 days after it was closed
 * @evidence documented controltower/userguide/account-auto-enrollment: a product outlives the governance of its account
 * @evidence documented "botocore servicecatalog.TerminateProvisionedProduct": the records of the product stay
 */
function planTermination(
  state: OrganizationState,
  factory: AccountFactory,
  product: ProvisionedProduct,
  record: ProductRecord,
  now: number,
): void {
  plan(state, now, state.latencies.enrollmentTermination, (at) => {
    const account = findEnrollee(state, product.parameters);
    if (account !== undefined) {
      if (!isFunctional(account.state)) {
        fail(product, record, { code: 'AccountFactoryFailure', description: NO_WAY_IN }, at);
        return;
      }
      if (isEnrolled(state, account.id)) leaveControlTower(state, account);
      else if (product.lastSuccessfulProvisioningRecordId === null) leaveFailedEnrollment(state, account);
    }
    factory.provisionedProducts.delete(product.id);
    update(record, 'SUCCEEDED', at);
  });
}

const NO_WAY_IN = "AWSControlTowerExecution role can't be assumed on the account.";

/**
 * A product whose last operation failed is stable but not what was asked for.
 *
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail Status": TAINTED, ready for any operation
 * @evidence documented "botocore servicecatalog.RecordDetail RecordErrors": the errors that occurred
 */
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
  state.agenda.plan(drawEnd(state, now, seconds), happen);
}

function makeRecord(
  { state, now, principal }: CallContext,
  product: ProvisionedProduct,
  operation: AccountOperation,
): ProductRecord {
  const { type, token, request, artifactId, pathId } = operation;
  return {
    type,
    token,
    request,
    artifactId,
    pathId,
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
