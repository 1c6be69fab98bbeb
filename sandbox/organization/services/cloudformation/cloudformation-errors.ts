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
