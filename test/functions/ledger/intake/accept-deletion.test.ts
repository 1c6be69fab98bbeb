import * as z from 'zod';

import { DesiredStateRecordSchema } from '../../../../functions/domain/records/ledger-records';
import { ledgerTenantRepository } from '../../../../functions/ledger/tenants/tenant-repository';
import { claimKey, groupClaim } from '../../../../functions/ledger/base/keys';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { recordStep } from '../../../../functions/ledger/runs/record-step';
import { replayRun } from '../../../../functions/ledger/runs/replay-run';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, creation, group, NOW, plan, TENANT } from '../../../fakes/vending';
import { expectRejected } from '../../../fakes/expect-rejected';
import {
  accept,
  close,
  closed,
  failed,
  markForDeletion,
  open,
  referenceTo,
  runIn,
  tenantIn,
  vended,
} from '../ledger-calls';

const EMAIL = 'EMAIL#aws+retail.webshop-dev.42@corp.example';

describe('acceptDeletion', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const passes = async (state: string): Promise<void> => {
    const { runItem } = await open(store, 17);
    const at = NOW.toISOString();
    await recordStep(store, runItem, { state, startedAt: at, finishedAt: at, remark: null, error: null, changes: [] });
  };

  it('remembers the deletion of a tenant that nobody has heard of: nothing is there', async () => {
    expect(await markForDeletion(store, 17)).toMatchObject({ verdict: 'accepted', tenant: { status: 'CLOSED' } });
    expect(await tenantIn(store)).toMatchObject({
      status: 'CLOSED',
      latestSequence: 17,
      activeRun: null,
      deletion: { replicationSequence: 17, at: NOW.toISOString() },
    });
  });

  it('leaves more names to others than a transaction takes', async () => {
    const names = Array.from({ length: 120 }, (_, number) => `mst-${number}`);
    for (const [sequence, groups] of [[17, names.slice(0, 60)] as const, [18, names.slice(60)] as const]) {
      await accept(store, sequence);
      await open(store, sequence);
      await pinPlan(store, referenceTo(sequence), plan({ groups: groups.map(group) }));
      await close(store, sequence, failed);
    }
    expect(await markForDeletion(store, 19)).toMatchObject({ verdict: 'accepted', tenant: { claims: [] } });
    expect(await tenantIn(store)).toMatchObject({ status: 'CLOSED', claims: [] });
    const items = await Promise.all(names.map((name) => store.read([claimKey(groupClaim(name))])));
    expect(items.flat().filter((item) => item !== undefined)).toEqual([]);
  });

  it('begins to take the account out of use, with the landing zone that says how', async () => {
    await accept(store, 17);
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    await close(store, 17, vended);
    await markForDeletion(store, 18, {}, after(60));
    expect(await tenantIn(store)).toMatchObject({
      status: 'ACCEPTED',
      account: { id: account.id },
      activeRun: { replicationSequence: 18, run: 1 },
      deletion: { replicationSequence: 18, landingZone: 'aws-dev' },
    });
    expect(await runIn(store, 18)).toMatchObject({ workflow: 'close-account', status: 'ACCEPTED' });
    expect(await runIn(store, 17)).toMatchObject({ workflow: 'vend-account' });
  });

  it('changes nothing when it comes again, and refuses other content under its sequence', async () => {
    await markForDeletion(store, 17);
    const written = store.writes.length;
    expect(await markForDeletion(store, 17)).toMatchObject({ verdict: 'unchanged' });
    expect(await markForDeletion(store, 17, { contentHash: 'another' })).toEqual({ verdict: 'content-differs' });
    expect(await accept(store, 17)).toEqual({ verdict: 'content-differs' });
    expect(store.writes).toHaveLength(written);
  });

  it.each([
    { trigger: 'api', supersededBy: undefined },
    { trigger: 'event', supersededBy: 18 },
  ] as const)('does not go back behind a newer desired state ($trigger)', async ({ trigger, supersededBy }) => {
    await accept(store, 18);
    expect(await markForDeletion(store, 17, { trigger })).toEqual({ verdict: 'older', latestSequence: 18 });
    expect(await tenantIn(store)).toMatchObject({ deletion: null, latestSequence: 18 });
    const record = z.optional(DesiredStateRecordSchema).parse(store.lastWriteOf('DESIRED#0000000000000017')?.data);
    expect(record?.superseded?.by).toBe(supersededBy);
  });

  it('does not come back by an echo once a person has gone back behind it', async () => {
    await accept(store, 17);
    await markForDeletion(store, 18);
    await accept(store, 17, { force: true });
    expect(await markForDeletion(store, 18)).toEqual({ verdict: 'overruled', latestSequence: 17 });
    expect(await tenantIn(store)).toMatchObject({ deletion: null, latestSequence: 17 });
    expect(await markForDeletion(store, 18, { force: true })).toMatchObject({ verdict: 'accepted' });
  });

  it('takes the place of what waits, which never runs', async () => {
    await accept(store, 17);
    await passes('CheckAccount');
    await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
    await accept(store, 18);
    await markForDeletion(store, 19);
    expect(store.lastWriteOf('DESIRED#0000000000000018')).toMatchObject({
      data: { superseded: { by: 19 } },
      listing: { label: 'SUPERSEDED' },
    });
    expect(await close(store, 17, vended)).toMatchObject({ next: { replicationSequence: 19, run: 1 } });
    expect(await runIn(store, 19)).toMatchObject({ workflow: 'close-account' });
  });

  describe.each<{ when: string; act: () => Promise<void> }>([
    { when: 'has not begun', act: () => Promise.resolve() },
    { when: 'has a plan', act: () => passes('PlanVending') },
    { when: 'waits for its turn', act: () => passes('AwaitCreationTurn') },
    {
      when: 'is told by AWS to wait',
      act: async () => {
        await passes('CreateAccount');
        const delayed = creation({
          phase: 'cleared',
          requestId: null,
          attempt: 0,
          notBefore: after(300).toISOString(),
        });
        await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: delayed });
      },
    },
  ])('of a tenant without an account whose run $when', ({ act }) => {
    beforeEach(async () => {
      await accept(store, 17);
      await open(store, 17);
      await act();
      await pinPlan(store, referenceTo(17), plan());
    });

    it('ends that run, closes the tenant, and leaves its names to others', async () => {
      const acceptance = await markForDeletion(store, 18, {}, after(60));
      expect(acceptance).toMatchObject({ verdict: 'accepted', tenant: { status: 'CLOSED', activeRun: null } });
      expect(await runIn(store, 17)).toMatchObject({
        status: 'SUPERSEDED',
        supersededBy: 18,
        finishedAt: after(60).toISOString(),
      });
      expect(store.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({
        data: { superseded: { by: 18, at: after(60).toISOString() } },
        listing: { label: 'SUPERSEDED' },
      });
      expect((await tenantIn(store)).claims).toEqual([]);
      expect(await store.read([{ partition: EMAIL, sort: 'CLAIM' }])).toEqual([undefined]);
      await expectRejected(open(store, 17), 'superseded by sequence 18', 'marked for deletion');
    });

    it('keeps it out at the fence, too, when it is killed before the run is ended', async () => {
      const commit = store.commit.bind(store);
      const killed = jest
        .spyOn(store, 'commit')
        .mockImplementationOnce(commit)
        .mockRejectedValueOnce(new Error('killed'));
      await expect(markForDeletion(store, 18)).rejects.toThrow('killed');
      killed.mockRestore();
      await expectRejected(open(store, 17), 'superseded by sequence 18', 'marked for deletion');
      expect(await markForDeletion(store, 18)).toMatchObject({
        verdict: 'unchanged',
        tenant: { status: 'CLOSED' },
      });
    });

    it('lets nothing be asked of AWS by a step that had passed the fence before', async () => {
      const before = (await tenantIn(store)).creation;
      await markForDeletion(store, 18);
      await expect(
        ledgerTenantRepository(store, TENANT).update('creation', { before, after: creation() }),
      ).rejects.toMatchObject({
        name: 'TransientError',
      });
    });
  });

  it.each<{ when: string; act: () => Promise<void> }>([
    {
      when: 'AWS may be making its account',
      act: () =>
        ledgerTenantRepository(store, TENANT).update('creation', {
          before: null,
          after: creation({ phase: 'intended', requestId: null }),
        }),
    },
    {
      when: 'AWS is making its account',
      act: () => ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() }),
    },
    {
      when: 'its account is being provisioned',
      act: async () => {
        await ledgerTenantRepository(store, TENANT).recordAccount(account);
        await passes('CheckAccess');
      },
    },
  ])('lets a run go to its end when $when, and closes then', async ({ act }) => {
    await accept(store, 17);
    await passes('PlanVending');
    await act();
    expect(await markForDeletion(store, 18)).toMatchObject({
      tenant: { status: 'RUNNING', activeRun: { replicationSequence: 17 } },
    });
    await open(store, 17);
    expect(await close(store, 17, vended)).toMatchObject({
      run: { status: 'VENDED' },
      next: { replicationSequence: 18, run: 1 },
    });
    expect(await runIn(store, 18)).toMatchObject({ workflow: 'close-account' });
  });

  it('closes the account of a tenant whose run fails meanwhile, and one that AWS may still make', async () => {
    await accept(store, 17);
    await open(store, 17);
    await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
    await markForDeletion(store, 18);
    expect(await close(store, 17, failed)).toMatchObject({ next: { replicationSequence: 18, run: 1 } });
  });

  it('closes a tenant at once whose run fails meanwhile without an account', async () => {
    await accept(store, 17);
    await open(store, 17);
    await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
    await markForDeletion(store, 18);
    await ledgerTenantRepository(store, TENANT).update('creation', { before: creation(), after: null });
    expect(await close(store, 17, failed)).toMatchObject({ next: null, tenant: { status: 'CLOSED', claims: [] } });
  });

  describe('of a tenant with an account', () => {
    const groupOf = (name: string) => ({ identityStoreId: 'd-1234567890', name, groupId: 'g-1' });
    const group = { name: 'mst-retail', awsRole: 'admin', projectRoles: [], permissionSetArns: [], members: [] };

    beforeEach(async () => {
      await accept(store, 17);
      await open(store, 17);
      await pinPlan(store, referenceTo(17), plan({ groups: [group] }));
      await ledgerTenantRepository(store, TENANT).recordAccount(account);
      await close(store, 17, vended);
      await markForDeletion(store, 18);
      await open(store, 18);
    });

    it('ends as closed, keeps e-mail, alias and account, and leaves the names of its groups to others', async () => {
      const { claims } = await tenantIn(store);
      expect(claims.some((claim) => claim.startsWith('GROUP#'))).toBe(true);
      expect(await close(store, 18, closed)).toMatchObject({ run: { status: 'CLOSED' }, next: null });
      const after = await tenantIn(store);
      expect(after).toMatchObject({ status: 'CLOSED', account: { id: account.id }, activeRun: null });
      expect(after.claims).toEqual(claims.filter((claim) => !claim.startsWith('GROUP#')));
      await expectRejected(open(store, 18), 'has closed its tenant already', 'Nothing has to be done');
    });

    it('keeps the names of groups that stay', async () => {
      const { claims } = await tenantIn(store);
      const [staying = ''] = claims.filter((claim) => claim.startsWith('GROUP#'));
      await ledgerTenantRepository(store, TENANT).update('groups', {
        before: [],
        after: [groupOf(staying.slice('GROUP#'.length))],
      });
      await close(store, 18, closed);
      expect((await tenantIn(store)).claims.filter((claim) => claim.startsWith('GROUP#'))).toEqual([staying]);
    });

    it('is kept out at the fence once it is taken back, and the newer desired state follows', async () => {
      await accept(store, 19);
      await expectRejected(open(store, 18), 'superseded by sequence 19', 'look at the newest run');
      expect(await close(store, 18, { status: 'SUPERSEDED', by: 19 })).toMatchObject({
        next: { replicationSequence: 19 },
      });
      expect(await runIn(store, 19)).toMatchObject({ workflow: 'vend-account' });
    });

    it('can be redriven after it has failed, and replayed', async () => {
      await close(store, 18, failed);
      expect(await open(store, 18)).toMatchObject({ run: { status: 'RUNNING' }, tenant: { status: 'RUNNING' } });
      await close(store, 18, failed);
      expect(await replayRun(store, TENANT, after(60))).toMatchObject({
        verdict: 'restarted',
        run: { workflow: 'close-account', replicationSequence: 18, run: 2 },
      });
    });
  });

  it('ends a run of a known account that waits for its turn, and closes then', async () => {
    await accept(store, 17);
    await ledgerTenantRepository(store, TENANT).recordAccount(account);
    await passes('PlanVending');
    await passes('AwaitReconciliationTurn');
    await markForDeletion(store, 18);
    expect(await runIn(store, 17)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 18 });
    expect(await tenantIn(store)).toMatchObject({
      status: 'ACCEPTED',
      account: { id: account.id },
      activeRun: { replicationSequence: 18 },
    });
    expect((await tenantIn(store)).claims).toEqual([`ACCOUNT#${account.id}`]);
  });

  it('keeps a failed run from being redriven', async () => {
    await accept(store, 17);
    await open(store, 17);
    await close(store, 17, failed);
    await markForDeletion(store, 18);
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'marked for deletion');
    expect(await runIn(store, 17)).toMatchObject({ status: 'FAILED' });
  });

  it('frees the names of a tenant whose run has failed before there was an account', async () => {
    await accept(store, 17);
    await open(store, 17);
    await pinPlan(store, referenceTo(17), plan());
    await close(store, 17, failed);
    await markForDeletion(store, 18);
    expect(await tenantIn(store)).toMatchObject({ status: 'CLOSED', claims: [] });
    expect(await store.read([{ partition: EMAIL, sort: 'CLAIM' }])).toEqual([undefined]);
  });

  it('is taken back by a newer desired state that says ACTIVE', async () => {
    await accept(store, 17);
    await markForDeletion(store, 18);
    expect(await accept(store, 19)).toMatchObject({ verdict: 'accepted', run: { replicationSequence: 19 } });
    expect(await tenantIn(store)).toMatchObject({ deletion: null, status: 'ACCEPTED' });
    await open(store, 19);
  });

  it('is taken back while a run goes to its end: the newer desired state waits for that', async () => {
    await accept(store, 17);
    await open(store, 17);
    await ledgerTenantRepository(store, TENANT).update('creation', { before: null, after: creation() });
    await markForDeletion(store, 18);
    expect(await accept(store, 19)).toMatchObject({ verdict: 'accepted', run: null });
    expect(await close(store, 17, vended)).toMatchObject({ next: { replicationSequence: 19 } });
  });
});
