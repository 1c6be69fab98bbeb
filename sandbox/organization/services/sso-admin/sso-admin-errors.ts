import * as z from 'zod';
import { ServiceError } from '../../service-error';

export const notFound = (what: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `${what} not found.`);

export const conflict = (message: string): ServiceError => new ServiceError('ConflictException', message);

export function refuseInput(error: z.ZodError): ServiceError {
  return new ServiceError(
    'ValidationException',
    `${error.issues.length} validation error(s) detected: ${z.prettifyError(error)}`,
  );
}
