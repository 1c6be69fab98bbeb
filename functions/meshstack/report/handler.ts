import { randomUUID } from 'node:crypto';

import { secretsManagerApiKey } from '../../aws/secrets-manager/secrets-manager-secrets';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Host } from '../../runtime/environment';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { type MeshStackEdges, openedMeshStack } from '../opened-mesh-stack';
import { reportOutcome, type Reported } from './report-outcome';

export interface ReportToMeshStackEdges extends MeshStackEdges {
  readonly newId: () => string;
}

export function compose(
  host: Host,
  { newId, ...edges }: ReportToMeshStackEdges,
): FunctionHandler<{ readonly status: Reported }> {
  const { meshStack, reporter } = openedMeshStack(host, edges);
  const { ledger, now, wait } = host;
  const ports = { platform: meshStack.platformIdentifier, ledger, now, wait, newId, reporter };
  return async (input) => ({ status: await reportOutcome(ports, input) });
}

export const handler = onLambda((host) =>
  compose(host, {
    configuration: bundledConfiguration(),
    apiKey: secretsManagerApiKey(host.aws, host.environment('MESHSTACK_SECRET_ARN')),
    newId: randomUUID,
  }),
);
