import middy from '@middy/core';
import { setTimeout } from 'node:timers/promises';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Context } from 'aws-lambda';
import { config } from 'zod/v4/core';
import { en } from 'zod/v4/locales';
import { MetricUnit, Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';

import { dynamodbLedgerStore } from '../aws/ledger/dynamodb-ledger-store';
import { secretsManagerSecrets } from '../aws/secrets-manager/secrets-manager-secrets';
import { sqsRunWatch } from '../aws/messaging/sqs-queues';
import {
  codeBuildEndpoint,
  controlTowerEndpoint,
  environment,
  identityCenterRole,
  managementAccessRole,
  memberPermissionsBoundary,
  ownFunctionsEndpoint,
  ownRegion,
  runsOnLambda,
  stepDurations,
  storageEndpoint,
  type Runtime,
  METRICS_NAMESPACE,
  METRICS_SERVICE,
  metricOf,
} from './environment';
import type { Metrics } from '../ports/log';
import type { Measurement, StepDurations } from '../domain/run/measurement';
import { log, logger } from './logger';

// zod/mini tells what is wrong with an item in no language of its own.
config(en());

/** One of our functions: one input, one answer. */
export type FunctionHandler<Answer = unknown> = (input: unknown) => Promise<Answer>;

/**
 * Makes the Lambda handler of a composed function. On Lambda it is composed while the process starts, so that a missing
 * environment variable or configuration stops the start; elsewhere (a simulation imports the module for its `compose`)
 * not before a call.
 */
export function onLambda<Answer>(
  compose: (runtime: Runtime) => FunctionHandler<Answer>,
): (event: unknown, context: Context) => Promise<unknown> {
  let composed = runsOnLambda() ? compose(lambdaHost()) : undefined;
  return middy((event: unknown) => {
    composed ??= compose(lambdaHost());
    return composed(event);
  }).use(injectLambdaContext(logger, { resetKeys: true }));
}

async function wait(milliseconds: number): Promise<void> {
  await setTimeout(milliseconds);
}

function lambdaHost(): Runtime {
  const settings = {
    region: ownRegion(),
    controlTowerEndpoint: controlTowerEndpoint(),
    codeBuildEndpoint: codeBuildEndpoint(),
    ownFunctionsEndpoint: ownFunctionsEndpoint(),
    storageEndpoint: storageEndpoint(),
    memberPermissionsBoundary: memberPermissionsBoundary(),
    identityCenterRoleArn: identityCenterRole(),
    managementAccessRoleArn: managementAccessRole(),
  };
  return {
    environment,
    now: () => new Date(),
    wait,
    log,
    metrics: embeddedMetrics(stepDurations()),
    ledger: dynamodbLedgerStore({}, environment('LEDGER_TABLE_NAME'), { wait, random: Math.random }),
    secrets: secretsManagerSecrets({}, () => environment('EXTERNAL_ID_SECRET_ARN')),
    // Steps need it when their run is resumed, which is seldom: no client is made before.
    watch: { watch: (run) => sqsRunWatch({}, environment('RUN_WATCH_QUEUE_URL')).watch(run) },
    aws: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
  };
}

const UNITS: Readonly<Record<Measurement['unit'], (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  Count: MetricUnit.Count,
  Seconds: MetricUnit.Seconds,
};

/**
 * Lines of the log in CloudWatch's embedded metric format, which CloudWatch makes metrics of: no call, no waiting.
 *
 * @public
 */
export function embeddedMetrics(stepDurations: StepDurations): Metrics {
  const metrics = new PowertoolsMetrics({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  return {
    record: (measurements) => {
      for (const measurement of measurements) {
        const { name, unit, value, dimensions } = metricOf(measurement, stepDurations);
        // One line each: the dimensions of a line count for all of its metrics.
        const single = metrics.singleMetric();
        if (Object.keys(dimensions).length > 0) single.addDimensions({ ...dimensions });
        // These keys are dimensions of no metric, and still in the line: Logs Insights finds them.
        for (const [key, text] of Object.entries(measurement.dimensions)) {
          if (!(key in dimensions)) single.addMetadata(key, text);
        }
        single.addMetric(name, UNITS[unit], value);
      }
    },
  };
}

/** What SQS expects of a function: the messages that are to be delivered again. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}
