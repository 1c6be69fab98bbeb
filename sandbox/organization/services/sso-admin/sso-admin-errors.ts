import type * as z from 'zod';
import { ServiceError } from '../../service-error';

export const notFound = (what: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `${what} not found.`);

export const conflict = (message: string): ServiceError => new ServiceError('ConflictException', message);

export function refuseInput(error: z.ZodError): ServiceError {
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return new ServiceError('ValidationException', `${faults.length} validation error(s) detected: ${faults.join('; ')}`);
}
