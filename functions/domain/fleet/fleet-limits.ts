/** New enrollments of Control Tower in any seven days. */
// @evidence documented controltower/userguide/region-stackset-limitations: up to 1,000 new accounts may be enrolled
//   each week
export const ENROLLMENTS_A_WEEK = 1000;

/** Accounts that Control Tower manages, times the regions that it governs. */
// @evidence documented controltower/userguide/region-stackset-limitations: managed accounts x governed Regions is at
//   most about 150,000
export const MANAGED_ACCOUNTS_TIMES_REGIONS = 150_000;

/** Accounts of services that serve all accounts of an organization. */
// @evidence documented controltower/userguide/limits: Control Tower supports up to 10,000 accounts in the organization
export const CONTROL_TOWER_ACCOUNTS = 10_000;
// @evidence documented singlesignon/userguide/limits: 7,000 accounts by default, and a higher quota can be asked for
export const IDENTITY_CENTER_ACCOUNTS = 7000;
// @evidence documented organizations/userguide/orgs_reference_limits: Service Catalog has a limit of 15,000 accounts,
//   which cannot be raised
export const SERVICE_CATALOG_ACCOUNTS = 15_000;

/**
 * Accounts directly in a unit that is registered. AWS gives ranges: what it says of 22 regions stands for all numbers
 * beyond 15.
 *
 * @evidence documented controltower/userguide/region-stackset-limitations: 1,000 with up to 15 governed Regions, 600 to
 *   1,000 with 16 to 21, 680 with 22
 */
export const accountsInUnit = (governedRegions: number): number => (governedRegions <= 15 ? 1000 : 680);

/** Less than a tenth is little, and so are fewer than five: AWS takes days to raise a quota. */
export const isLittle = (left: number, most: number): boolean => left < Math.max(5, most / 10);
