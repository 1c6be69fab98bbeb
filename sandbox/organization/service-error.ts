/**
 * What an AWS service answers when it refuses: the wire's error code and HTTP status, and the shape's further fields.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  /** True where the same call will be allowed later with nothing changed (something has not propagated yet). */
  readonly notYet: boolean;
  /** The action that the caller may not perform, where that is why. */
  readonly deniedAction: string | null;

  constructor(code: string, message: string, options: ServiceErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? {};
    this.notYet = options.notYet ?? false;
    this.deniedAction = options.deniedAction ?? null;
  }
}

interface ServiceErrorOptions {
  readonly status?: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly notYet?: boolean;
  readonly deniedAction?: string;
}

/** @throws what was thrown, where it is no answer of a service */
export function refusalIn(thrown: unknown): ServiceError {
  if (!(thrown instanceof ServiceError)) throw thrown;
  return thrown;
}

/** The caller sees a broken connection instead of an answer; whether the call had its effect, only AWS knows. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}
