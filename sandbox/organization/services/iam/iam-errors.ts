import { ServiceError } from '../../service-error';

export const noSuchEntity = (message: string): ServiceError =>
  new ServiceError('NoSuchEntity', message, { status: 404 });

export const entityAlreadyExists = (message: string): ServiceError =>
  new ServiceError('EntityAlreadyExists', message, { status: 409 });

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError('LimitExceeded', message, { status: 409 });

export const deleteConflict = (message: string): ServiceError =>
  new ServiceError('DeleteConflict', message, { status: 409 });

export const malformedDocument = (message: string): ServiceError =>
  new ServiceError('MalformedPolicyDocument', message);

export const invalidInput = (message: string): ServiceError => new ServiceError('InvalidInput', message);

export const unmodifiable = (message: string): ServiceError => new ServiceError('UnmodifiableEntity', message);
