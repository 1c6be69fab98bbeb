import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import { runKey, tenantKey } from '../../../../functions/ledger/base/keys';
import {
  type ApprovalDecision,
  decideApproval,
  deliverDecision,
  ledgerApprovals,
} from '../../../../functions/ledger/runs/approvals';
import { rememberStop } from '../../../../functions/ledger/runs/run-stop';
import { replayRun } from '../../../../functions/ledger/runs/replay-run';
import { recordStep } from '../../../../functions/ledger/runs/record-step';
import { expectRejected } from '../../../fakes/expect-rejected';
import { FakeTaskTokens } from '../../../fakes/fake-task-tokens';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, TENANT } from '../../../fakes/vending';
import { accept, close, failed, open, overwrite, referenceTo, runIn, tenantIn } from '../ledger-calls';

const DAY = 24 * 60 * 60;
const APPROVE: ApprovalDecision = { decision: 'approve', decidedBy: 'jane', reason: 'as agreed' };
const REJECT: ApprovalDecision = { decision: 'reject', decidedBy: 'joe', reason: 'too dear' };

describe('the approval of a run', () => {
  let store: RecordingLedgerStore;
  let tokens: FakeTaskTokens;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    tokens = new FakeTaskTokens();
    await accept(store, 17);
    await open(store, 17);
  });

  const ask = (seconds: number, token = 'first', run = 1) =>
    ledgerApprovals({ ledger: store, tokens, now: () => after(seconds) }, referenceTo(17, run), token).ask(14);

  const reaches = async (state: string): Promise<void> => {
    const { runItem } = await open(store, 17);
    const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, error: null, changes: [] };
    await recordStep(store, runItem, { ...pass, state });
  };

  const waits = async (): Promise<void> => {
    await ask(1);
    await reaches('AwaitApproval');
  };

  const decide = (decision: ApprovalDecision, seconds = 60) => decideApproval(store, TENANT, decision, after(seconds));

  describe('is asked for', () => {
    it('with the days that there are, and is shown at the tenant', async () => {
      const approval = {
        askedAt: after(1).toISOString(),
        expiresAt: after(1 + 14 * DAY).toISOString(),
        token: 'first',
        decision: null,
        decidedBy: null,
        decidedAt: null,
        reason: null,
      };
      expect(await ask(1)).toEqual(approval);
      expect(await runIn(store, 17)).toMatchObject({ approval });
      expect(await tenantIn(store)).toMatchObject({
        status: 'AWAITING_APPROVAL',
        statusChangedAt: after(1).toISOString(),
        activeRun: { replicationSequence: 17, run: 1 },
      });
    });

    it('once: the state that is entered again goes on with its own token, and with the time that is left', async () => {
      const first = await ask(1);
      expect(await ask(9, 'second')).toEqual({ ...first, token: 'second' });
      expect(await tenantIn(store)).toMatchObject({ statusChangedAt: after(1).toISOString() });
    });

    it('once, too, where that was at the moment at which the run began', async () => {
      const first = await ask(0);
      expect(await ask(9, 'second')).toEqual({ ...first, token: 'second' });
    });

    it.each([
      ['run', runKey(TENANT, 17, 1)],
      ['tenant', tenantKey(TENANT)],
    ])('by nobody whose %s is not there any more, and what is decided then is refused', async (_, key) => {
      await waits();
      await overwrite(store, key, null);
      await expect(ask(9)).rejects.toThrow(
        new TransientError(`The run of tenant ${TENANT} has ended while it asked for an approval.`),
      );
      const written = store.writes.length;
      expect((await decide(APPROVE)).verdict).toMatch(/refused|unknown-tenant/);
      expect(store.writes).toHaveLength(written);
    });

    it('no more, and says what to do, where it makes no sense to ask', async () => {
      await waits();
      await decide(REJECT);
      await close(store, 17, failed, 1, after(70));
      await open(store, 17, 1, after(100));
      await expectRejected(ask(101), 'was not approved', 'POST /vendings/{tenantUuid}/replay');
      await accept(store, 18);
      await expectRejected(ask(102), 'Sequence 18 has come before', 'look at the newest run of this tenant');
    });

    it('no second time after somebody has decided, and the tenant is not shown as waiting again', async () => {
      await waits();
      await decide(APPROVE);
      expect(await ask(90, 'second')).toMatchObject({ decision: 'approve', token: 'second' });
      expect(await tenantIn(store)).toMatchObject({ status: 'RUNNING' });
    });

    it('again, with all its days, by a run that was resumed before anybody has decided', async () => {
      await waits();
      await close(store, 17, failed, 1, after(50));
      await open(store, 17, 1, after(100));
      expect(await ask(101, 'second')).toMatchObject({
        askedAt: after(101).toISOString(),
        expiresAt: after(101 + 14 * DAY).toISOString(),
        token: 'second',
        decision: null,
      });
    });

    it('by no run that was resumed after it was rejected: it has given its names back', async () => {
      await waits();
      await decide(REJECT);
      await close(store, 17, failed, 1, after(70));
      await open(store, 17, 1, after(100));
      await expect(ask(101)).rejects.toThrow(RejectedError);
    });

    it('by no run that was resumed after its time was up, and by one that was resumed before', async () => {
      await waits();
      await close(store, 17, failed, 1, after(50));
      await open(store, 17, 1, after(100));
      await expect(ask(1 + 14 * DAY)).rejects.toThrow(RejectedError);
      expect(await ask(14 * DAY)).toMatchObject({ askedAt: after(14 * DAY).toISOString() });
    });

    it('by no run in whose place a newer desired state waits', async () => {
      await accept(store, 18);
      await expect(ask(1)).rejects.toThrow('Sequence 18 has come before');
      expect(await tenantIn(store)).toMatchObject({ status: 'RUNNING' });
    });

    it('by no run that has ended, or was never there', async () => {
      await expect(ask(1, 'token', 2)).rejects.toThrow(TransientError);
      await close(store, 17, failed);
      await expect(ask(1)).rejects.toThrow(TransientError);
      expect((await runIn(store, 17)).approval).toBeUndefined();
    });
  });

  describe('is decided', () => {
    it('by the first who says so, and the run goes on', async () => {
      await waits();
      const decided = { ...APPROVE, decidedAt: after(60).toISOString() };
      expect(await decide(APPROVE)).toMatchObject({ verdict: 'decided', run: { run: 1 }, approval: decided });
      expect(await runIn(store, 17)).toMatchObject({ approval: { ...decided, token: 'first' } });
      expect(await tenantIn(store)).toMatchObject({ status: 'RUNNING', statusChangedAt: after(60).toISOString() });
      const written = store.writes.length;
      expect(await decide({ ...APPROVE, decidedBy: 'joe' }, 70)).toMatchObject({
        verdict: 'decided',
        approval: decided,
      });
      expect(await decide(REJECT)).toMatchObject({ verdict: 'refused', run: { run: 1 } });
      expect(store.writes).toHaveLength(written);
    });

    it.each([
      { what: 'a second before its time is up', seconds: 14 * DAY, verdict: 'decided' },
      { what: 'never at the moment at which its time is up', seconds: 1 + 14 * DAY, verdict: 'refused' },
    ])('$what', async ({ seconds, verdict }) => {
      await waits();
      expect(await decide(APPROVE, seconds)).toMatchObject({ verdict });
    });

    it('for no run that was stopped', async () => {
      await waits();
      await rememberStop(store, referenceTo(17), after(30), 60);
      expect(await decide(APPROVE)).toMatchObject({ verdict: 'refused' });
    });

    it('for none that has not come to it yet, has come further, or waits for none', async () => {
      expect(await decide(APPROVE)).toMatchObject({ verdict: 'refused', tenant: { tenantUuid: TENANT } });
      await ask(1);
      expect(await decide(APPROVE)).toMatchObject({ verdict: 'refused' });
      await reaches('AwaitApproval');
      await reaches('CreateAccount');
      expect(await decide(APPROVE)).toMatchObject({ verdict: 'refused' });
    });

    it('for the run that is active: a second one of its sequence, and while a newer sequence waits', async () => {
      await waits();
      await decide(REJECT);
      await close(store, 17, failed, 1, after(70));
      expect(await replayRun(store, TENANT, after(80))).toMatchObject({ verdict: 'restarted', run: { run: 2 } });
      const { runItem } = await open(store, 17, 2, after(90));
      await ask(100, 'second', 2);
      const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(store, runItem, { ...pass, state: 'AwaitApproval' });
      await accept(store, 18);
      expect(await decide(APPROVE, 110)).toMatchObject({
        verdict: 'decided',
        run: { replicationSequence: 17, run: 2 },
        approval: { token: 'second', decision: 'approve', decidedBy: 'jane' },
      });
      expect((await runIn(store, 17, 2)).approval?.decision).toBe('approve');
      expect((await runIn(store, 17)).approval?.decision).toBe('reject');
    });

    it('for no tenant without a run, and none that nobody knows', async () => {
      await waits();
      await close(store, 17, failed);
      expect(await decide(APPROVE)).toMatchObject({ verdict: 'refused', run: undefined });
      expect(await decideApproval(store, 'f0000000-0000-4000-8000-000000000000', APPROVE, NOW)).toEqual({
        verdict: 'unknown-tenant',
      });
    });
  });

  describe('is delivered to the state that waits', () => {
    const asked = { askedAt: '', expiresAt: '', token: 'first', decidedAt: after(60).toISOString() };

    it('as its output where it is an approval', async () => {
      await deliverDecision(tokens, { ...asked, ...APPROVE });
      expect([...tokens.answered]).toEqual([['first', { decision: 'approve', decidedAt: after(60).toISOString() }]]);
    });

    it('as an error where it is a rejection', async () => {
      await ledgerApprovals({ ledger: store, tokens, now: () => NOW }, referenceTo(17), 'x').deliver({
        ...asked,
        ...REJECT,
      });
      expect([...tokens.answered]).toEqual([['first', { error: 'RejectedError' }]]);
    });

    it('not at all while nobody has decided', async () => {
      await deliverDecision(tokens, { ...asked, decision: null, decidedBy: null, reason: null });
      expect(tokens.answered.size).toBe(0);
    });
  });
});
