import { ServiceError } from '../../service-error';

export const stackSetNotFound = (name: string): ServiceError =>
  new ServiceError('StackSetNotFoundException', `StackSet ${name} not found`, { status: 404 });

export const stackInstanceNotFound = (name: string, accountId: string, region: string): ServiceError =>
  new ServiceError(
    'StackInstanceNotFoundException',
    `Stack instance not found for StackSet ${name}, Account ${accountId}, Region ${region}`,
    { status: 404 },
  );

export const operationInProgress = (name: string): ServiceError =>
  new ServiceError('OperationInProgressException', `Another Operation on StackSet ${name} is in progress`, {
    status: 409,
  });

export const operationIdAlreadyExists = (id: string): ServiceError =>
  new ServiceError('OperationIdAlreadyExistsException', `Operation id ${id} was used by another request`, {
    status: 409,
  });

export const operationNotFound = (id: string): ServiceError =>
  new ServiceError('OperationNotFoundException', `Operation ${id} not found`, { status: 404 });

export const nameAlreadyExists = (name: string): ServiceError =>
  new ServiceError('NameAlreadyExistsException', `StackSet ${name} already exists`, { status: 409 });

/** @evidence documented "botocore cloudformation.DescribeChangeSet": ChangeSetNotFound, with HTTP status 404 */
export const changeSetNotFound = (name: string): ServiceError =>
  new ServiceError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, { status: 404 });

export const changeSetAlreadyExists = (name: string): ServiceError =>
  new ServiceError('AlreadyExistsException', `ChangeSet ${name} already exists`);

/** @evidence documented "botocore cloudformation.ExecuteChangeSet": InvalidChangeSetStatus, with HTTP status 400 */
export const invalidChangeSetStatus = (id: string, status: string): ServiceError =>
  new ServiceError(
    'InvalidChangeSetStatus',
    `ChangeSet [${id}] cannot be executed in its current status of [${status}]`,
  );

export const insufficientCapabilities = (needed: string): ServiceError =>
  new ServiceError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
