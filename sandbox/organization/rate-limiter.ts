import type { Rate } from './organization-limits';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * One token bucket for each account and operation, or service where its operations share one, filled in the clock's
 * time divided by `scale`.
 */
export class RateLimiter {
  readonly #rates: Readonly<Record<string, Rate>>;
  readonly #scale: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rates: Readonly<Record<string, Rate>>, scale: number) {
    this.#rates = rates;
    this.#scale = scale;
  }

  /** Takes a token if there is one. An operation without a rate is always allowed. */
  passes(operation: string, accountId: string, now: number): boolean {
    const shared = `${operation.split(':')[0] ?? ''}:*`;
    const name = this.#rates[operation] === undefined ? shared : operation;
    const rate = this.#rates[name];
    if (rate === undefined) {
      return true;
    }
    const [perSecond, burst] = rate;
    const key = `${accountId}:${name}`;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filledAt: now };
    const gained = ((now - bucket.filledAt) / 1000 / this.#scale) * perSecond;
    const tokens = Math.min(burst, bucket.tokens + gained);
    // A whole token may be a rounding error short of 1 after waiting exactly long enough.
    const passes = tokens >= 1 - 1e-9;
    this.#buckets.set(key, { tokens: passes ? tokens - 1 : tokens, filledAt: now });
    return passes;
  }
}
