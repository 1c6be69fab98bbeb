import { throttleOf } from '../fault-injector';
import { ServiceError } from '../service-error';

/** Refuses a call that came faster than the service's rate. */
export function throttleError(service: string): ServiceError {
  const fields = service === 'organizations' ? { Type: 'RATE_EXCEEDED' } : {};
  const { code, status, message } = throttleOf(service);
  return new ServiceError(code, message, { status, fields });
}
