import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Of all log groups: longer than the 90 days that Step Functions keeps an execution's history would explain nothing more. */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;
