import type { Configuration } from '../domain/configuration/configuration';
import { ConfigurationError } from '../domain/base/errors';
import type { PlatformConfiguration } from '../domain/configuration/platform-configuration';
import type { Runtime } from '../runtime/environment';
import { blockRunReporter } from './api/block-run-reporter';
import type { MeshStackAccess } from './api/send-patiently';
import { type MeshStackSession, meshStackSession } from './api/mesh-stack-session';

export interface MeshStackDeps {
  readonly configuration: Pick<Configuration, 'platform'>;
  /** The text of the secret. */
  readonly apiKey: MeshStackAccess['apiKey'];
  /** Absent: over the network. */
  readonly send?: MeshStackAccess['send'];
}

export interface OpenedMeshStack {
  readonly meshStack: NonNullable<PlatformConfiguration['meshStack']>;
  readonly session: MeshStackSession;
  /** Null where no building block shows how vendings stand. */
  readonly reporter: ReturnType<typeof blockRunReporter> | null;
}

/** The configured meshStack, for reading and for telling. */
export function openedMeshStack(
  { environment, now, wait, log }: Runtime,
  { configuration, apiKey, send }: MeshStackDeps,
): OpenedMeshStack {
  const { meshStack } = configuration.platform;
  if (meshStack === undefined) throw new ConfigurationError('platform.json has no meshStack block. Add it.');
  const session = meshStackSession({
    endpoint: meshStack.endpoint,
    secretArn: environment('MESHSTACK_SECRET_ARN'),
    apiKey,
    now,
    wait,
    log,
    ...(send === undefined ? {} : { send }),
  });
  const runner = meshStack.buildingBlockRunnerUuid;
  return { meshStack, session, reporter: runner === undefined ? null : blockRunReporter(session, runner) };
}
