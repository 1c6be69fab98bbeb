import * as z from 'zod/mini';

/** The status of a tenant's vending. The API, the ledger and its index use these words. */
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
