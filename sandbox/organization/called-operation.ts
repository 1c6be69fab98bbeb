import { readCaller } from './caller';
import { ServiceError } from './service-error';
import { serviceCalled } from './services/all-services';
import { decodedCall } from './wire/decoded-call';
import type { WireRequest } from './wire/wire-message';

export interface CalledOperation {
  /** As in the credential scope. */
  readonly service: string;
  readonly operation: string;
  readonly write: boolean;
}

/** Which operation a request asks for, before anything is done about it. What nobody here knows counts as a write. */
export function calledOperation(request: WireRequest): CalledOperation {
  const signingName = readCaller(request)?.service ?? 'unknown';
  const service = serviceCalled(signingName);
  try {
    const operation = service === undefined ? 'unknown' : decodedCall(service.protocol, request).operation;
    return { service: signingName, operation, write: service?.operations.get(operation)?.write ?? true };
  } catch (error) {
    if (error instanceof ServiceError) return { service: signingName, operation: 'unknown', write: true };
    throw error;
  }
}
