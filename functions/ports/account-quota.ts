/** How many accounts the organization has, and may have. */
export interface AccountQuota {
  /** All of them, wherever they are. */
  accounts(): Promise<readonly ListedAccount[]>;
  /** Closed ones count until AWS removes them, 90 days later. */
  count(): Promise<number>;
  limit(): Promise<number>;
}

export interface ListedAccount {
  readonly id: string;
  /** AWS's `State`; null where AWS does not say. */
  readonly state: string | null;
  /** Null where AWS does not say. */
  readonly joinedAt: Date | null;
  /** The unit or root right above it; null where AWS does not say. */
  readonly parentId: string | null;
}
