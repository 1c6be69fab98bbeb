import {
  defaultMetering,
  type MeteringConfiguration,
} from '../../../functions/domain/configuration/metering-configuration';
import type { UsageDocument } from '../../../functions/metering/domain/usage-document';
import { claimKey, contentKey, desiredStateKey } from '../../../functions/ledger/base/keys';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { readUsage } from '../../../functions/ledger/metering/usage-months';
import type { CollectPorts } from '../../../functions/metering/ask-costs';
import { readDocument } from '../../../functions/metering/usage-documents';
import type { ItemWrite, LedgerStore } from '../../../functions/ports/ledger-store';
import webshop from '../../../sandbox/examples/webshop-dev.json';
import { FakeCostReader } from '../../fakes/fake-cost-reader';
import { RecordingLog, RecordingOutcomes } from '../../fakes/recording-edges';

export const ACCOUNT = '444455556666';
export const OTHER = '555566667777';
export const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';

interface World extends CollectPorts {
  readonly reader: FakeCostReader;
  readonly outcomes: RecordingOutcomes;
  readonly log: RecordingLog;
  readonly commits: ItemWrite[];
  at: string;
}

/** A ledger that can be killed at a write. */
export function world(metering: Partial<MeteringConfiguration> = {}, killedAtCommit = () => false): World {
  const store = memoryLedgerStore();
  const commits: ItemWrite[] = [];
  const ledger: LedgerStore = {
    ...store,
    commit: (writes) => {
      if (killedAtCommit()) return Promise.reject(new Error('killed'));
      commits.push(...writes);
      return store.commit(writes);
    },
  };
  const made: World = {
    reader: new FakeCostReader(),
    ledger,
    outcomes: new RecordingOutcomes(),
    log: new RecordingLog(),
    metering: { ...defaultMetering(), ...metering },
    commits,
    at: '2026-11-02T06:17:00.000Z',
    now: () => new Date(made.at),
  };
  made.reader.costsOf.set('2026-10', [[ACCOUNT, 'AWS Lambda', '10.005']]);
  made.reader.costsOf.set('2026-11', [[ACCOUNT, 'AWS Lambda', '1']]);
  return made;
}

export async function documentOf(ports: World, month = '2026-10'): Promise<UsageDocument> {
  const record = await readUsage(ports.ledger, month);
  if (record === undefined) throw new Error(`${month} was not collected.`);
  return readDocument(ports.ledger, month, record.document);
}

export async function own(ports: World, receivedAt: string, sequence = 1, costCenter = '4711'): Promise<void> {
  const desiredState = {
    ...webshop,
    paymentMethod: {
      metadata: { name: `retail-${costCenter}` },
      spec: { displayName: 'Retail', tags: { costCenter: [costCenter] } },
    },
  };
  const record = {
    replicationSequence: sequence,
    contentHash: 'x',
    receivedAt,
    trigger: 'event',
    runs: 1,
    superseded: null,
  };
  await ports.ledger.commit([
    { key: desiredStateKey(TENANT, sequence), expectedVersion: 0, data: record },
    { key: contentKey(TENANT, sequence), expectedVersion: 0, data: { desiredState } },
    ...(sequence === 1
      ? [{ key: claimKey(`ACCOUNT#${ACCOUNT}`), expectedVersion: 0, data: { tenantUuid: TENANT } }]
      : []),
  ]);
}
