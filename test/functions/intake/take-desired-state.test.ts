import { tenantKey } from '../../../functions/ledger/base/keys';
import { ledgerApprovals } from '../../../functions/ledger/runs/approvals';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { refusalOf, type Taken, takeDesiredState } from '../../../functions/intake/take-desired-state';
import type { RunWatch } from '../../../functions/ports/queues';
import { FakeOwnAccount } from '../../fakes/fake-own-account';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, after, tenant, TENANT } from '../../fakes/vending';
import { type Change, changed, configuration, desiredStateJson } from '../domain/examples';
import { close, failed, referenceTo, runIn, tenantIn, vended } from '../ledger/ledger-calls';

describe('a desired state that is taken', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let turns: FakeTaskTokens;
  let watch: RunWatch;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    turns = new FakeTaskTokens();
    watch = new RecordingWatch();
  });

  const take = (sequence: number, ...changes: readonly Change[]): Promise<Taken> =>
    takeDesiredState(
      {
        ledger,
        workflow,
        turns,
        watch,
        ownAccount: new FakeOwnAccount(),
        configuration: configuration(),
        now: () => after(0),
      },
      changed(desiredStateJson, ['replicationSequence', sequence], ...changes),
      { trigger: 'api', force: false, requestedBy: null },
    );

  const LEAVES: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];
  const key = (replicationSequence: number) => ({ tenantUuid: TENANT, replicationSequence });
  const arnOf = (name: string, machine = 'vend-account'): string =>
    `arn:aws:states:eu-central-1:111111111111:execution:${machine}:${TENANT}-${name}`;

  const stores = async (changes: Partial<TenantRecord>): Promise<void> => {
    const { version = 0 } = (await ledger.read([tenantKey(TENANT)]))[0] ?? {};
    await ledger.commit([{ key: tenantKey(TENANT), expectedVersion: version, data: tenant(changes) }]);
  };

  it('names the execution of its own run alone', async () => {
    expect(await take(17)).toEqual({ kind: 'accepted', ...key(17), executionArn: arnOf('17') });
    expect(await take(17)).toEqual({ kind: 'unchanged', ...key(17), executionArn: arnOf('17') });
    expect(await take(18)).toEqual({ kind: 'accepted', ...key(18), executionArn: null });
  });

  it('names the landing zone by which its tenant is found, also where it is to be deleted', async () => {
    await take(17);
    expect(await tenantIn(ledger)).toMatchObject({ landingZone: 'aws-dev' });
    await stores({ account, activeRun: null, landingZone: 'aws-old' });
    await take(18, LEAVES, ['tenant.spec.landingZoneRef.name', 'aws-gone']);
    expect((await tenantIn(ledger)).deletion).toMatchObject({ replicationSequence: 18, landingZone: 'aws-gone' });
  });

  describe.each([
    { what: 'that stays', changes: [] },
    { what: 'whose tenant is to be deleted', changes: [['tenant.status.lifecycle.state', 'DELETED'] as const] },
  ])('$what', ({ changes }) => {
    it('is written down only once somebody is to look at it later', async () => {
      const written: number[] = [];
      watch = {
        watch: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          written.push(ledger.writes.length);
        },
      };
      await take(17, ...changes);
      expect(written).toEqual([0]);
    });

    it('is not written down where nobody would look at it', async () => {
      watch = { watch: () => Promise.reject(new Error('no queue')) };
      await expect(take(17, ...changes)).rejects.toThrow('no queue');
      expect(ledger.writes).toEqual([]);
    });
  });

  it('is refused, with the reason, where AWS was asked to close the account of its tenant', async () => {
    await take(17);
    await close(ledger, 17, vended);
    const before = await tenantIn(ledger);
    await stores({
      ...before,
      account,
      closure: { phase: 'asked', askedAt: after(0).toISOString(), failures: 0 },
    });
    expect(await take(18)).toEqual({
      kind: 'refused',
      ...key(18),
      faults: [expect.objectContaining({ field: 'tenant.status.lifecycle.state', value: 'ACTIVE' })],
    });
    expect(await tenantIn(ledger)).toMatchObject({ latestSequence: 17 });
  });

  describe('where its tenant is to be deleted', () => {
    it.each([
      {
        what: 'older than what is known',
        sequence: 16,
        changes: [LEAVES],
        taken: { kind: 'older', latestSequence: 17 },
      },
      { what: 'another content of what is known', sequence: 17, changes: [LEAVES], taken: { kind: 'content-differs' } },
    ])('changes nothing where it is $what', async ({ sequence, changes, taken }) => {
      await take(17);
      const before = await tenantIn(ledger);
      expect(await take(sequence, ...changes)).toEqual({ ...key(sequence), ...taken });
      expect(await tenantIn(ledger)).toEqual(before);
    });

    it('names no execution where the run that is active belongs to an earlier desired state', async () => {
      await take(17);
      await stores({ ...(await tenantIn(ledger)), account });
      const { runItem } = await openRun(ledger, referenceTo(17), after(1));
      const pass = { state: 'MoveAccount', startedAt: '', finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(ledger, runItem, pass);
      expect(await take(18, LEAVES)).toMatchObject({
        kind: 'deletion',
        isKnown: false,
        ...key(18),
        executionArn: null,
      });
      expect(await take(18, LEAVES)).toMatchObject({ kind: 'deletion', isKnown: true, executionArn: null });
      expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    });

    it('names the execution that takes the account out of use', async () => {
      await take(17);
      await close(ledger, 17, failed);
      await stores({ ...(await tenantIn(ledger)), account });
      const executionArn = arnOf('18', 'close-account');
      expect(await take(18, LEAVES)).toMatchObject({ kind: 'deletion', isKnown: false, executionArn });
      expect(await take(18, LEAVES)).toMatchObject({ kind: 'deletion', isKnown: true, executionArn });
      expect(workflow.calls).toEqual([`${TENANT}-17`, `${TENANT}-18`]);
    });
  });

  describe('while a run of its tenant waits for an approval', () => {
    const waits = async (): Promise<void> => {
      await take(17);
      const { runItem } = await openRun(ledger, referenceTo(17), after(1));
      await ledgerApprovals({ ledger, tokens: turns, now: () => after(2) }, referenceTo(17), 'token').ask(14);
      const pass = { state: 'AwaitApproval', startedAt: '', finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(ledger, runItem, pass);
    };

    it('takes the place of that run, which nobody is asked about any more', async () => {
      await waits();
      await take(18);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 18 });
      expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 18, run: 1 } });
      expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`, `${TENANT}-18`]);
    });
  });

  it('cannot be read, and is not refused under a name, where it says no tenant or no sequence', () => {
    const faults = [{ field: 'tenant', message: 'is missing' }];
    const nameless = changed(desiredStateJson, ['tenant.metadata.uuid', undefined]);
    expect(refusalOf(nameless, faults)).toEqual({ kind: 'unreadable', faults });
    expect(refusalOf(desiredStateJson, faults)).toEqual({ kind: 'refused', ...key(17), faults });
  });
});
