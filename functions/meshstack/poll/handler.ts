import { randomUUID } from 'node:crypto';

import { eventbridgeDesiredStatePublisher } from '../../aws/eventbridge-desired-state-publisher';
import { secretsManagerApiKey } from '../../aws/secrets-manager-secrets';
import { ConfigurationError } from '../../domain/errors';
import type { Configuration } from '../../domain/configuration';
import type { DesiredStatePublisher } from '../../ports/desired-state-publisher';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { blockRunReporter } from '../api/block-run-reporter';
import type { MeshStackAccess } from '../api/mesh-stack-access';
import { meshStackReader } from '../api/mesh-stack-reader';
import { meshStackSession } from '../api/mesh-stack-session';
import { pollMeshStack, type PollStatus } from './poll-mesh-stack';

export interface PollMeshStackEdges {
  readonly configuration: Pick<Configuration, 'platform'>;
  readonly publisher: DesiredStatePublisher;
  readonly newId: () => string;
  /** The text of the secret. */
  readonly apiKey: MeshStackAccess['apiKey'];
  /** Absent: over the network. */
  readonly send?: MeshStackAccess['send'];
}

/** Of the function's five minutes: a tenant that was begun has the rest. */
const WORK_MILLISECONDS = 200_000;

export function compose(
  host: Host,
  { configuration: { platform }, apiKey, send, ...edges }: PollMeshStackEdges,
): FunctionHandler<{ readonly status: PollStatus }> {
  const configuration = platform.meshStack;
  if (configuration === undefined) throw new ConfigurationError('platform.json has no meshStack block. Add it.');
  const secretArn = host.environment('MESHSTACK_SECRET_ARN');
  const session = meshStackSession({
    endpoint: configuration.endpoint,
    secretArn,
    apiKey,
    ...{ now: host.now, wait: host.wait, log: host.log },
    ...(send === undefined ? {} : { send }),
  });
  const runner = configuration.buildingBlockRunnerUuid;
  const ports = {
    ...{ configuration, ledger: host.ledger, log: host.log, now: host.now, metrics: host.metrics, ...edges },
    reader: meshStackReader(session, configuration.platformIdentifier),
    reporter: runner === undefined ? null : blockRunReporter(session, runner),
  };
  return async () => {
    const endsAt = new Date(host.now().getTime() + WORK_MILLISECONDS);
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
