import {
  type Acceptance,
  acceptDesiredState,
  type IncomingDesiredState,
} from '../../../functions/ledger/intake/accept-desired-state';
import { acceptDeletion, type IncomingDeletion } from '../../../functions/ledger/intake/accept-deletion';
import type { Accepted } from '../../../functions/ledger/intake/acceptance';
import { closeRun, type ClosedRun } from '../../../functions/ledger/runs/close-run';
import type { RunEnd } from '../../../functions/ledger/runs/run-end';
import { tenantKey } from '../../../functions/ledger/base/keys';
import { type OpenedRun, openRun } from '../../../functions/ledger/runs/open-run';
import { readRun, readTenant } from '../../../functions/ledger/tenants/tenant-items';
import type { RunRecord, StepError, TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { ItemKey, ItemWrite, LedgerStore } from '../../../functions/ports/ledger-store';
import type { WorkflowStarter } from '../../../functions/ports/workflow';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingWatch } from '../../fakes/recording-edges';
import { NOW, TENANT } from '../../fakes/vending';

/* The ledger's calls for one tenant, with what a test does not care about filled in. */

export const incoming = (
  replicationSequence: number,
  changes: Partial<IncomingDesiredState> = {},
): IncomingDesiredState => ({
  tenantUuid: TENANT,
  replicationSequence,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop-dev',
  contentHash: `hash of ${replicationSequence}`,
  trigger: 'event',
  desiredState: { replicationSequence, people: 'jane@corp.example' },
  force: false,
  ...changes,
});

export const accept = (
  store: LedgerStore,
  sequence: number,
  changes: Partial<IncomingDesiredState> = {},
  now = NOW,
): Promise<Acceptance> => acceptDesiredState(store, incoming(sequence, changes), now);

export const markForDeletion = (
  store: LedgerStore,
  replicationSequence: number,
  changes: Partial<IncomingDeletion> = {},
  now = NOW,
  workflow: WorkflowStarter = new RecordingWorkflow(),
): Promise<Accepted> => {
  const { tenantUuid, workspaceIdentifier, projectIdentifier, trigger, force } = incoming(replicationSequence);
  const contentHash = `hash of deletion ${replicationSequence}`;
  const deletion = {
    tenantUuid,
    replicationSequence,
    workspaceIdentifier,
    projectIdentifier,
    contentHash,
    trigger,
    landingZone: 'aws-dev',
    force,
  };
  return acceptDeletion(
    { ledger: store, workflow, tokens: new FakeTaskTokens(), watch: new RecordingWatch(), now: () => now },
    { ...deletion, ...changes },
  );
};

export const referenceTo = (
  replicationSequence: number,
  run = 1,
  tenantUuid = TENANT,
): { readonly tenantUuid: string; readonly replicationSequence: number; readonly run: number } => ({
  tenantUuid,
  replicationSequence,
  run,
});

export const open = (store: LedgerStore, sequence: number, run = 1, now = NOW): Promise<OpenedRun> =>
  openRun(store, referenceTo(sequence, run), now);

export const vended: RunEnd = { status: 'VENDED' };

export const closed: RunEnd = { status: 'CLOSED', accountGone: false };

export const stepError: StepError = { name: 'RejectedError', message: 'AWS says no.', remedy: 'Ask again.' };

export const failed: RunEnd = { status: 'FAILED', error: stepError };

export const close = (
  store: LedgerStore,
  sequence: number,
  end: RunEnd,
  run = 1,
  now = NOW,
): Promise<ClosedRun | undefined> => closeRun(store, referenceTo(sequence, run), end, now);

export async function tenantIn(store: LedgerStore, tenantUuid = TENANT): Promise<TenantRecord> {
  const record = await readTenant(store, tenantUuid);
  if (record === undefined) throw new Error(`The ledger knows no tenant ${tenantUuid}.`);
  return record;
}

export async function runIn(store: LedgerStore, sequence: number, run = 1): Promise<RunRecord> {
  const record = await readRun(store, referenceTo(sequence, run));
  if (record === undefined) throw new Error(`The ledger knows no run ${run} of sequence ${sequence}.`);
  return record;
}

/** Whatever else has happened to an item; what stands beside its content is what is said here. */
export async function overwrite(
  store: LedgerStore,
  key: ItemKey,
  data: object | null,
  beside: Pick<ItemWrite, 'listing' | 'expiresAt' | 'filters' | 'refiled'> = {},
): Promise<void> {
  const [item] = await store.read([key]);
  await store.commit([{ key, expectedVersion: item?.version ?? 0, data, ...beside }]);
}

export const overwriteTenant = async (store: LedgerStore, changes: Partial<TenantRecord>): Promise<void> =>
  overwrite(store, tenantKey(TENANT), { ...(await tenantIn(store)), ...changes });
