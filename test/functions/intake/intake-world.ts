import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { compose } from '../../../functions/intake/handler';
import type { Runtime } from '../../../functions/runtime/environment';
import { KnownConfigurations } from '../../../sandbox/runtime/embedded/known-configurations';
import { FakeOwnAccount } from '../../fakes/fake-own-account';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingDeadLetters, RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after } from '../../fakes/vending';
import { type Change, changed, configuration, desiredStateJson } from '../domain/examples';

/** What stands around the intake. */
export interface IntakeWorld {
  readonly ledger: RecordingLedgerStore;
  readonly workflow: RecordingWorkflow;
  readonly deadLetters: RecordingDeadLetters;
  readonly log: RecordingLog;
  readonly watch: RecordingWatch;
  readonly now: Date;
  readonly metrics?: RecordingMetrics;
  /** The how-manieth time the messages are given. */
  readonly receives?: number;
  /** What was deployed before. */
  readonly earlier?: readonly Configuration[];
  /** Of the configuration. */
  readonly changes?: readonly Change[];
}

export const intakeWorld = (): IntakeWorld & { readonly metrics: RecordingMetrics } => ({
  ledger: new RecordingLedgerStore(),
  workflow: new RecordingWorkflow(),
  deadLetters: new RecordingDeadLetters(),
  log: new RecordingLog(),
  metrics: new RecordingMetrics(),
  watch: new RecordingWatch(),
  now: after(0),
});

/** Hands over messages, and gives the ids of those that are to come again. */
export async function takeMessages(world: IntakeWorld, ...bodies: readonly string[]): Promise<readonly string[]> {
  const { ledger, workflow, deadLetters, log, watch, now, metrics = new RecordingMetrics(), receives } = world;
  const runtime: Runtime = {
    environment: (name) => (name === 'MOST_RECEIVES' ? '5' : ''),
    now: () => now,
    log,
    ledger,
    metrics,
    wait: () => Promise.resolve(),
    secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
    watch: new RecordingWatch(),
    aws: {},
  };
  const deployed = configuration(...(world.changes ?? []));
  const intake = compose(runtime, {
    configuration: deployed,
    configurationAt: new KnownConfigurations(deployed, ...(world.earlier ?? [])).at,
    workflow,
    turns: new FakeTaskTokens(),
    deadLetters,
    watch,
    ownAccount: new FakeOwnAccount(),
  });
  const attributes = receives === undefined ? {} : { attributes: { ApproximateReceiveCount: String(receives) } };
  const Records = bodies.map((body, index) => ({ messageId: `message-${index}`, body, ...attributes }));
  const { batchItemFailures } = await intake({ Records });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/** As EventBridge puts it into the queue, around a detail that may be any text. */
export const eventAround = (detail: string): string =>
  `{"version":"0","source":"meshstack.replicator","detail-type":"meshTenant Desired State","detail":${detail}}`;

export const eventOf = (...changes: readonly Change[]): string =>
  eventAround(JSON.stringify(changed(desiredStateJson, ...changes)));
