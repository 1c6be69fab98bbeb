import { randomUUID } from 'node:crypto';

import { eventbridgeDesiredStatePublisher } from '../aws/eventbridge-desired-state-publisher';
import { secretsManagerApiKey } from '../../aws/secrets-manager/secrets-manager-secrets';
import type { DesiredStatePublisher } from '../ports/mesh-stack';
import { onConfiguredLambda } from '../../runtime/stored-configuration';
import type { Runtime } from '../../runtime/environment';
import type { FunctionHandler } from '../../runtime/on-lambda';
import { meshStackReader } from '../api/mesh-stack-reader';
import { type MeshStackDeps, openedMeshStack } from '../opened-mesh-stack';
import { pollMeshStack, type PollStatus } from './poll-mesh-stack';

export interface PollMeshStackDeps extends MeshStackDeps {
  readonly publisher: DesiredStatePublisher;
  readonly newId: () => string;
}

/** Part of the function's five minutes: a tenant that was begun has the rest. */
const WORK_MILLISECONDS = 200_000;

export function compose(
  runtime: Runtime,
  { publisher, newId, ...deps }: PollMeshStackDeps,
): FunctionHandler<{ readonly status: PollStatus }> {
  const { meshStack, session, reporter } = openedMeshStack(runtime, deps);
  const { ledger, log, now, metrics } = runtime;
  const ports = {
    configuration: meshStack,
    ledger,
    log,
    now,
    metrics,
    publisher,
    newId,
    reporter,
    reader: meshStackReader(session, meshStack.platformIdentifier),
  };
  return async () => {
    const endsAt = new Date(now().getTime() + WORK_MILLISECONDS);
    return { status: await pollMeshStack({ ...ports, endsAt }) };
  };
}

export const handler = onConfiguredLambda((runtime, configuration) =>
  compose(runtime, {
    configuration,
    publisher: eventbridgeDesiredStatePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    apiKey: secretsManagerApiKey(runtime.aws, runtime.environment('MESHSTACK_SECRET_ARN')),
    newId: randomUUID,
  }),
);
