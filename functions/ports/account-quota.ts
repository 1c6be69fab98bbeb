/** How many accounts the organization has, and may have. */
export interface AccountQuota {
  /** Closed ones count until AWS removes them, 90 days later. */
  count(): Promise<number>;
  limit(): Promise<number>;
}
