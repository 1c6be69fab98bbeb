import type { Vending } from '../src/schemas';

/** A vending as the API tells it, of which only what is given counts. */
export const vending = (given: Partial<Vending>): Vending =>
  ({
    tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001',
    replicationSequence: 17,
    status: 'RUNNING',
    deletion: null,
    rejection: null,
    lastError: null,
    account: null,
    ...given,
  }) as Vending;
