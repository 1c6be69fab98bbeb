import { setTimeout } from 'node:timers/promises';

import type { AwsSession } from '../aws/base/aws-session';
import { costExplorerCostReader, costPermissions } from './aws/cost-explorer-cost-reader';
import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import type { Configuration } from '../domain/configuration/configuration';
import { RejectedError } from '../domain/base/errors';
import { defaultMetering } from '../domain/configuration/metering-configuration';
import { lackOf, partitionOfArn } from '../domain/places/partitions';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import type { Runtime } from '../runtime/environment';
import type { FunctionHandler } from '../runtime/on-lambda';
import { collectCosts, type Collection } from './collect-costs';

export interface CollectCostsDeps {
  readonly configuration: Configuration;
  readonly outcomes: OutcomePublisher;
  readonly pause: (seconds: number) => Promise<void>;
}

export const compose =
  (runtime: Runtime, { configuration, outcomes, pause }: CollectCostsDeps): FunctionHandler<Collection> =>
  async (input) => {
    checkPlace(configuration);
    return collectCosts(
      {
        ledger: runtime.ledger,
        log: runtime.log,
        now: runtime.now,
        outcomes,
        // One session for each invocation: it may not outlive it by more than AWS lets it.
        reader: costExplorerCostReader(callerOn(runtime), pause),
        metering: configuration.platform.metering ?? defaultMetering(),
      },
      input,
    );
  };

/**
 * @throws RejectedError where AWS has no costs to tell; a configuration that asks for metering there is refused, and
 * this is called by hand
 */
function checkPlace({ platform: { accessConfig, region } }: Configuration): void {
  const partition = partitionOfArn(accessConfig.organizationRootAccountRole);
  const lack = lackOf('costExplorer', partition, region);
  if (partition === undefined || lack === undefined) return;
  throw new RejectedError(
    `${partition.title} has no Cost Explorer (${lack.page}).`,
    'Collect its costs in the commercial organization, to whose accounts they are billed.',
  );
}

/** Its role in the management account is the one that reads costs, and no other. */
const callerOn = (runtime: Runtime): AwsSession => ({
  settings: runtime.aws,
  functionName: 'CollectCosts',
  sessionName: `CollectCosts-${runtime.now().toISOString().slice(0, 10)}`,
  managementRoleArn: () => runtime.environment('COST_EXPLORER_ROLE_ARN'),
  memberEntryRoleArn: () => {
    throw new Error('CollectCosts has nothing to do in member accounts.');
  },
  automationRoleArn: () => {
    throw new Error('CollectCosts has nothing to do in the automation account.');
  },
  secrets: runtime.secrets,
  permissions: costPermissions,
});

export const handler = onConfiguredLambda((runtime, configuration) =>
  compose(runtime, {
    configuration,
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    pause: async (seconds) => {
      await setTimeout(seconds * 1000);
    },
  }),
);
