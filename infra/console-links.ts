import { Aws } from 'aws-cdk-lib';

import { DASHBOARD_NAME, FUNCTIONS_DASHBOARD_NAME } from './names';

/*
 * Where a person looks, in the AWS console. The links are those that the console itself shows; AWS promises no form for them.
 */

const console = (service: string, place: string): string =>
  `https://${Aws.REGION}.console.aws.amazon.com/${service}/home?region=${Aws.REGION}#${place}`;

/** @param executionArn may be a placeholder that EventBridge fills in */
export const executionLink = (executionArn: string): string =>
  console('states', `/v2/executions/details/${executionArn}`);

export const workflowLink = (stateMachineArn: string): string =>
  console('states', `/statemachines/view/${stateMachineArn}`);

export const functionLink = (functionName: string): string =>
  console('lambda', `/functions/${functionName}?tab=monitoring`);

export const queueLink = (queueName: string): string =>
  console('sqs/v3', `/queues/https%3A%2F%2Fsqs.${Aws.REGION}.${Aws.URL_SUFFIX}%2F${Aws.ACCOUNT_ID}%2F${queueName}`);

export const dashboardLink = (): string => console('cloudwatch', `dashboards/dashboard/${DASHBOARD_NAME}`);

export const functionsDashboardLink = (): string =>
  console('cloudwatch', `dashboards/dashboard/${FUNCTIONS_DASHBOARD_NAME}`);
