import * as z from 'zod/mini';

/** Where a tenant's vending is. The API, the ledger and its index use these words. */
export const VendingStatusSchema = z.enum([
  'ACCEPTED',
  'QUEUED',
  'RUNNING',
  'AWAITING_APPROVAL',
  'VENDED',
  'FAILED',
  'REJECTED',
  'SUPERSEDED',
  'CLOSED',
]);

export type VendingStatus = z.infer<typeof VendingStatusSchema>;
