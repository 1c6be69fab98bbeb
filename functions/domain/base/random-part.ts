import { createHash } from 'node:crypto';

/** 36^50 is the first power of 36 beyond 2^256. */
const CHARACTERS = 50;

/**
 * The value of `#{rand}`: SHA-256 of the tenant's uuid in base 36. Nothing has to be stored, and every run, today's or
 * next year's, agrees. meshStack promises up to 100 characters; a hash has 50, all of them always there (leading
 * zeros are kept), so that a pattern's length does not depend on the tenant.
 */
export function randomPart(tenantUuid: string): string {
  const hash = createHash('sha256').update(tenantUuid).digest('hex');
  return BigInt(`0x${hash}`).toString(36).padStart(CHARACTERS, '0');
}
