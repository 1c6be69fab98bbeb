import type { Fault, Problem, Vending } from './schemas';

/** The API has refused a request. `message` says why, `faults` which fields are wrong. */
export class VendingApiError extends Error {
  override readonly name: string = 'VendingApiError';
  /** The status of HTTP. */
  readonly status: number;
  /** A URN, such as `urn:account-vending:problem:conflict`. */
  readonly type: string;
  readonly title: string;
  /** Every fault; empty where there are no separate ones. */
  readonly faults: readonly Fault[];

  constructor({ status, type, title, detail, errors }: Problem) {
    super([detail, ...errors.map(({ field, message }) => `  ${field}: ${message}`)].join('\n'));
    this.status = status;
    this.type = type;
    this.title = title;
    this.faults = errors;
  }
}

/** The vending has ended, and not with what was ordered: it failed, was rejected, or was superseded. */
export class VendingEndedError extends Error {
  override readonly name: string = 'VendingEndedError';
  /** As the API told it last: `status` and `lastError` say how it ended. */
  readonly vending: Vending;

  constructor(message: string, vending: Vending) {
    super(message);
    this.vending = vending;
  }
}

/** Nothing is wrong as far as is known: it took longer than `timeoutSeconds`. Call `waitFor` again to go on. */
export class VendingTimeoutError extends Error {
  override readonly name: string = 'VendingTimeoutError';
  /** As the API told it last; null if it has never known the tenant. */
  readonly vending: Vending | null;

  constructor(message: string, vending: Vending | null) {
    super(message);
    this.vending = vending;
  }
}
