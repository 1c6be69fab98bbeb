import { setTimeout } from 'node:timers/promises';

import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { config } from 'zod/v4/core';
import { en } from 'zod/v4/locales';

import { dynamodbLedgerStore } from '../aws/ledger/dynamodb-ledger-store';
import { secretsManagerSecrets } from '../aws/secrets-manager/secrets-manager-secrets';
import { sqsRunWatch } from '../aws/messaging/sqs-queues';
import {
  controlTowerEndpoint,
  environment,
  memberPermissionsBoundary,
  ownFunctionsEndpoint,
  ownRegion,
  runsOnLambda,
  stepDurations,
} from './environment';
import type { Host } from './host';
import { embeddedMetrics, log, logger } from './telemetry';

// zod/mini tells what is wrong with an item in no language of its own.
config(en());

/** A function of ours: one input, one answer. */
export type FunctionHandler<Answer = unknown> = (input: unknown) => Promise<Answer>;

/**
 * Makes the Lambda handler of a composed function. On Lambda it is composed while the process starts, so that a missing
 * environment variable or configuration stops the start; elsewhere (a simulation imports the module for its `compose`)
 * not before a call.
 */
export function onLambda<Answer>(
  compose: (host: Host) => FunctionHandler<Answer>,
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

function lambdaHost(): Host {
  const settings = {
    region: ownRegion(),
    controlTowerEndpoint: controlTowerEndpoint(),
    ownFunctionsEndpoint: ownFunctionsEndpoint(),
    memberPermissionsBoundary: memberPermissionsBoundary(),
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
