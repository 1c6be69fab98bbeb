import * as z from 'zod';
import { ServiceError } from '../../service-error';

export type ResourceType = 'GROUP' | 'GROUP_MEMBERSHIP' | 'IDENTITY_STORE' | 'USER';

export const notFound = (ResourceType: ResourceType): ServiceError =>
  new ServiceError('ResourceNotFoundException', `${ResourceType} not found.`, { fields: { ResourceType } });

/** Something of that name, or that membership, is there already. */
export const notUnique = (message: string): ServiceError =>
  new ServiceError('ConflictException', message, { fields: { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' } });

export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

export function refuseInput(error: z.ZodError): ServiceError {
  return invalid(`${error.issues.length} validation error(s) detected: ${z.prettifyError(error)}`);
}
