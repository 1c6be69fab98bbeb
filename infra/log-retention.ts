import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Of all log groups: as long as Step Functions keeps the history of an execution, which its logs explain. */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;
