import { randomUUID } from 'node:crypto';

import { secretsManagerApiKey } from '../../aws/secrets-manager/secrets-manager-secrets';
import { onConfiguredLambda } from '../../runtime/stored-configuration';
import type { Runtime } from '../../runtime/environment';
import type { FunctionHandler } from '../../runtime/on-lambda';
import { type MeshStackDeps, openedMeshStack } from '../opened-mesh-stack';
import { reportOutcome, type Reported } from './report-outcome';

export interface ReportToMeshStackDeps extends MeshStackDeps {
  readonly newId: () => string;
}

export function compose(
  runtime: Runtime,
  { newId, ...deps }: ReportToMeshStackDeps,
): FunctionHandler<{ readonly status: Reported }> {
  const { meshStack, reporter } = openedMeshStack(runtime, deps);
  const { ledger, now, wait } = runtime;
  const ports = { platform: meshStack.platformIdentifier, ledger, now, wait, newId, reporter };
  return async (input) => ({ status: await reportOutcome(ports, input) });
}

export const handler = onConfiguredLambda((runtime, configuration) =>
  compose(runtime, {
    configuration,
    apiKey: secretsManagerApiKey(runtime.aws, runtime.environment('MESHSTACK_SECRET_ARN')),
    newId: randomUUID,
  }),
);
