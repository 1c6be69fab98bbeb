import { randomUUID } from 'node:crypto';

import { eventbridgeDesiredStatePublisher } from '../aws/eventbridge-desired-state-publisher';
import { secretsManagerApiKey } from '../../aws/secrets-manager/secrets-manager-secrets';
import type { DesiredStatePublisher } from '../ports/mesh-stack';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Host } from '../../runtime/environment';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { meshStackReader } from '../api/mesh-stack-reader';
import { type MeshStackEdges, openedMeshStack } from '../opened-mesh-stack';
import { pollMeshStack, type PollStatus } from './poll-mesh-stack';

export interface PollMeshStackEdges extends MeshStackEdges {
  readonly publisher: DesiredStatePublisher;
  readonly newId: () => string;
}

/** Part of the function's five minutes: a tenant that was begun has the rest. */
const WORK_MILLISECONDS = 200_000;

export function compose(
  host: Host,
  { publisher, newId, ...edges }: PollMeshStackEdges,
): FunctionHandler<{ readonly status: PollStatus }> {
  const { meshStack, session, reporter } = openedMeshStack(host, edges);
  const { ledger, log, now, metrics } = host;
  const ports = {
    ...{ configuration: meshStack, ledger, log, now, metrics, publisher, newId, reporter },
    reader: meshStackReader(session, meshStack.platformIdentifier),
  };
  return async () => {
    const endsAt = new Date(now().getTime() + WORK_MILLISECONDS);
    return { status: await pollMeshStack({ ...ports, endsAt }) };
  };
}

export const handler = onLambda((host) =>
  compose(host, {
    configuration: bundledConfiguration(),
    publisher: eventbridgeDesiredStatePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
    apiKey: secretsManagerApiKey(host.aws, host.environment('MESHSTACK_SECRET_ARN')),
    newId: randomUUID,
  }),
);
