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
