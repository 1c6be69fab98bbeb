import { Aws } from 'aws-cdk-lib';

import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { partitionIn } from '../functions/domain/configuration/platform-place-faults';

/*
 * Where a person looks, in the AWS console. The links are those that the console itself shows; AWS promises no form for
 * them.
 */

export interface ConsoleLinks {
  /** @param executionArn may be a placeholder that EventBridge fills in */
  execution(executionArn: string): string;
  workflow(stateMachineArn: string): string;
  function(functionName: string): string;
  queue(queueName: string): string;
  dashboard(name?: string): string;
}

/** In the console of the partition that the configuration names; of one that is not known, in AWS's own. */
export function consoleLinks(
  platform: Pick<PlatformConfiguration, 'accessConfig'>,
  mainDashboard: string,
): ConsoleLinks {
  const domain = partitionIn(platform)?.consoleDomain ?? 'console.aws.amazon.com';
  const link = (service: string, place: string): string =>
    `https://${Aws.REGION}.${domain}/${service}/home?region=${Aws.REGION}#${place}`;
  const queues = `https%3A%2F%2Fsqs.${Aws.REGION}.${Aws.URL_SUFFIX}%2F${Aws.ACCOUNT_ID}`;
  return {
    execution: (executionArn: string) => link('states', `/v2/executions/details/${executionArn}`),
    workflow: (stateMachineArn: string) => link('states', `/statemachines/view/${stateMachineArn}`),
    function: (functionName: string) => link('lambda', `/functions/${functionName}?tab=monitoring`),
    queue: (queueName: string) => link('sqs/v3', `/queues/${queues}%2F${queueName}`),
    dashboard: (name = mainDashboard) => link('cloudwatch', `dashboards/dashboard/${name}`),
  };
}
