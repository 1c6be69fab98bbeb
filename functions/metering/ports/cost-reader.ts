import type { CostFilter } from '../../domain/configuration/metering-configuration';

/**
 * Asks AWS what the organization has cost. Each page that AWS answers is charged ($0.01 each), so nothing is asked
 * twice, and what is answered is handed on as it came.
 */
export interface CostReader {
  /** Amortized costs by month, account and service, of the whole organization. */
  costs(period: DayPeriod, filter: CostFilter): Promise<readonly unknown[]>;

  /** Reservations of one of RESERVABLE_SERVICES, one by one; none where AWS has no data. */
  reservations(period: DayPeriod, service: string): Promise<readonly unknown[]>;

  /** Savings Plans, one by one; none where AWS has no data. */
  savingsPlans(period: DayPeriod): Promise<readonly unknown[]>;

  /** How many pages AWS has answered so far, those among them that were read once more or that nothing came of. */
  answeredPages(): number;
}

/** Days in UTC: `2026-01-01`; the end is exclusive. */
export interface DayPeriod {
  readonly start: string;
  readonly end: string;
}

/**
 * The services of which Cost Explorer tells reservations, in the words of its filter SERVICE. It does not tell of which
 * of them an organization has any: each is asked for, and DataUnavailableException is none.
 *
 * @evidence documented "botocore ce.GetReservationUtilization Filter": the supported values of SERVICE, one at a time
 * @evidence documented "botocore ce.GetDimensionValues Context": the ten dimensions of RESERVATIONS, without SERVICE
 */
export const RESERVABLE_SERVICES = [
  'Amazon Elastic Compute Cloud - Compute',
  'Amazon Relational Database Service',
  'Amazon ElastiCache',
  'Amazon Redshift',
  // OpenSearch, too: Cost Explorer kept the old name in this filter.
  'Amazon Elasticsearch Service',
] as const;
