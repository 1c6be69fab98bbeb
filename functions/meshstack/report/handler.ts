import { randomUUID } from 'node:crypto';

import type { Configuration } from '../../domain/configuration';
import { secretsManagerApiKey } from '../../aws/secrets-manager-secrets';
import { ConfigurationError } from '../../domain/errors';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { blockRunReporter } from '../api/block-run-reporter';
import type { MeshStackAccess } from '../api/mesh-stack-access';
import { meshStackSession } from '../api/mesh-stack-session';
import { reportOutcome, type Reported } from './report-outcome';

export interface ReportToMeshStackEdges {
  readonly configuration: Pick<Configuration, 'platform'>;
  readonly newId: () => string;
  /** The text of the secret. */
  readonly apiKey: MeshStackAccess['apiKey'];
  /** Absent: over the network. */
  readonly send?: MeshStackAccess['send'];
}

export function compose(
  host: Host,
  { configuration: { platform }, apiKey, newId, send }: ReportToMeshStackEdges,
): FunctionHandler<{ readonly status: Reported }> {
  const { meshStack } = platform;
  if (meshStack === undefined) throw new ConfigurationError('platform.json has no meshStack block. Add it.');
  const secretArn = host.environment('MESHSTACK_SECRET_ARN');
  const session = meshStackSession({
    endpoint: meshStack.endpoint,
    secretArn,
    apiKey,
    ...{ now: host.now, wait: host.wait, log: host.log },
    ...(send === undefined ? {} : { send }),
  });
  const runner = meshStack.buildingBlockRunnerUuid;
  const ports = {
    ...{ platform: meshStack.platformIdentifier, ledger: host.ledger, now: host.now, wait: host.wait, newId },
    reporter: runner === undefined ? null : blockRunReporter(session, runner),
  };
  return async (input) => ({ status: await reportOutcome(ports, input) });
}

export const handler = onLambda((host) =>
  compose(host, {
    configuration: bundledConfiguration(),
    apiKey: secretsManagerApiKey(host.aws, host.environment('MESHSTACK_SECRET_ARN')),
    newId: randomUUID,
  }),
);
