import { ConnectionLostError, ServiceError } from './service-error';
import type { Random } from './draw';

/** A call that is about to be answered. */
export interface PendingCall {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly callerFunction: string | null;
  readonly write: boolean;
}

export type Fault =
  /** The service refuses; nothing happens. */
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly status: number;
      readonly message: string;
      /** Further members of the error, such as `Reason`. */
      readonly fields?: Readonly<Record<string, string>>;
    }
  /** The connection breaks before the service has seen the call; nothing happens. */
  | { readonly kind: 'connection-reset' }
  /** The service does it, and the answer never arrives. */
  | { readonly kind: 'lost-answer' };

export interface FaultInjector {
  /** Asked once for every call whose caller is known, before its effect. */
  readonly beforeCall?: (call: PendingCall) => Fault | undefined;
  /** Asked once for every accepted CreateAccount: the CreateAccountFailureReason with which it will end, if any. */
  readonly accountCreation?: (request: { readonly email: string; readonly accountName: string }) => string | undefined;
  /**
   * Asked when an operation of the Account Factory would end well: the description of the error with which it ends
   * instead.
   */
  readonly accountFactory?: (operation: { readonly recordType: string; readonly email: string }) => string | undefined;
  /** Asked when Control Tower follows a move: whether it fails. */
  readonly autoEnrollment?: (accountId: string) => boolean;
  /** Asked when a stack instance would end well: why it does not, and whether it can be mended (`OUTDATED`) or not. */
  readonly stackInstance?: (instance: {
    readonly stackSet: string;
    readonly accountId: string;
    readonly region: string;
  }) => { readonly status: 'OUTDATED' | 'INOPERABLE'; readonly reason: string } | undefined;
  /**
   * Asked when an operation on a stack set has ended well: whether somebody else changes the same instances right
   * afterwards.
   */
  readonly stackSetChange?: (operation: { readonly stackSet: string }) => boolean;
  /** Asked when an account assignment would be made or taken away: the FailureReason with which that ends instead. */
  readonly accountAssignment?: (operation: {
    readonly kind: 'creation' | 'deletion';
    readonly accountId: string;
    readonly permissionSetArn: string;
    readonly principalId: string;
  }) => string | undefined;
}

export interface FaultRates {
  readonly throttle: number;
  readonly serverError: number;
  readonly connectionReset: number;
  readonly lostAnswer: number;
}

/** Faults at the given rates (0 to 1, each call at most one), the same ones for the same `random`. */
export function randomFaults(random: Random, rates: FaultRates): FaultInjector {
  return {
    beforeCall: (call) => {
      const throttle: Fault = { kind: 'error', ...throttleOf(call.service) };
      const serverError: Fault = {
        kind: 'error',
        code: 'InternalFailure',
        status: 500,
        message: 'An internal error occurred.',
      };
      const table: readonly (readonly [number, Fault])[] = [
        [rates.throttle, throttle],
        [rates.serverError, serverError],
        [rates.connectionReset, { kind: 'connection-reset' }],
        [rates.lostAnswer, { kind: 'lost-answer' }],
      ];
      let left = random();
      for (const [rate, fault] of table) {
        if (left < rate) {
          return fault;
        }
        left -= rate;
      }
      return undefined;
    },
  };
}

/**
 * How a service says that a call came too fast.
 *
 * @evidence documented "botocore controltower.ThrottlingException": its HTTP status is 429
 * @evidence documented "botocore lambda.TooManyRequestsException": its HTTP status is 429
 */
export const throttleOf = (
  service: string,
): { readonly code: string; readonly status: number; readonly message: string } => ({
  code: throttleCode(service),
  status: service === 'controltower' || service === 'lambda' ? 429 : 400,
  message: throttleMessage(service),
});

/** Each service's own words for it. */
const throttleMessage = (service: string): string =>
  service === 'organizations'
    ? 'You have sent too many requests in too short a period of time. Try again later.'
    : 'Rate exceeded';

/**
 * Each service's own name for "too fast".
 *
 * @evidence documented "botocore organizations.ListAccounts": TooManyRequestsException
 * @evidence documented "botocore lambda.Invoke": TooManyRequestsException
 * @evidence documented "botocore service-quotas.GetServiceQuota": TooManyRequestsException
 * @evidence documented "botocore sso-admin.CreateAccountAssignment": ThrottlingException
 * @evidence documented "botocore identitystore.CreateGroup": ThrottlingException
 * @evidence documented "botocore controltower.ListBaselines": ThrottlingException
 * @evidence documented "botocore ce.GetCostAndUsage": LimitExceededException for too many calls in a short time
 */
function throttleCode(service: string): string {
  switch (service) {
    case 'organizations':
    case 'lambda':
    case 'servicequotas':
      return 'TooManyRequestsException';
    case 'servicecatalog':
    case 'sso':
    case 'identitystore':
    case 'controltower':
      return 'ThrottlingException';
    case 'ce':
      return 'LimitExceededException';
    default:
      return 'Throttling';
  }
}

/** True where the call is to have its effect and lose its answer. */
export function carriedOutDespite(fault: Fault | undefined): boolean {
  switch (fault?.kind) {
    case undefined:
      return false;
    case 'error':
      throw new ServiceError(fault.code, fault.message, { status: fault.status, fields: fault.fields ?? {} });
    case 'connection-reset':
      throw new ConnectionLostError('The connection was reset.');
    case 'lost-answer':
      return true;
  }
}
