import { decideApproval, ledgerApprovals } from '../../../functions/ledger/runs/approvals';
import { awaitApproval } from '../../../functions/steps/AwaitApproval/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, after, TENANT, vending } from '../../fakes/vending';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { accept, close, failed, open, referenceTo, runIn, tenantIn } from '../ledger/ledger-calls';

const approval = { expiresAfterDays: 14 };
const EXPIRES = after(14 * 24 * 3600 + 10).toISOString();

describe('AwaitApproval', () => {
  let ledger: RecordingLedgerStore;
  let tokens: FakeTaskTokens;
  let outcomes: RecordingOutcomes;
  let watch: RecordingWatch;
  let seconds: number;

  beforeEach(async () => {
    ledger = new RecordingLedgerStore();
    tokens = new FakeTaskTokens();
    outcomes = new RecordingOutcomes();
    watch = new RecordingWatch();
    seconds = 10;
    await accept(ledger, 17, { requestedBy: 'meshstack.replicator@444444444444' });
    await open(ledger, 17);
  });

  /** One entry into the state, with its timeline. */
  const enter = async (token: string) => {
    const { runItem, run } = await open(ledger, 17, 1, after(seconds));
    const approvals = ledgerApprovals({ ledger, tokens, now: () => after(seconds) }, referenceTo(17), token);
    const report = await awaitApproval({ approvals, outcomes, watch, run })({
      ...vending({ plan: { approval } }),
      now: after(seconds),
    });
    const at = after(seconds).toISOString();
    const pass = { state: 'AwaitApproval', startedAt: at, finishedAt: null, remark: null, error: null, changes: [] };
    await recordStep(ledger, runItem, pass);
    return report;
  };

  const decide = (decision: 'approve' | 'reject') =>
    decideApproval(ledger, TENANT, { decision, reason: 'why', decidedBy: 'arn:jane' }, after(seconds));

  it('asks by an event that says until when, and waits', async () => {
    expect(await enter('token one')).toEqual({
      result: { ready: false },
      remark: `Waits for an approval until ${EXPIRES}.`,
    });
    expect(await tenantIn(ledger)).toMatchObject({
      status: 'AWAITING_APPROVAL',
      statusChangedAt: after(10).toISOString(),
    });
    expect(outcomes.approvalsAsked).toMatchObject([
      {
        type: 'Account Vending Awaits Approval',
        detail: {
          tenantUuid: TENANT,
          replicationSequence: 17,
          run: 1,
          landingZone: 'aws-dev',
          expiresAt: EXPIRES,
          requestedBy: 'meshstack.replicator@444444444444',
        },
      },
    ]);
    expect(JSON.stringify(outcomes.approvalsAsked)).not.toContain('token one');
  });

  it('asks again in a second run until the same instant, and the newest token counts', async () => {
    await enter('token one');
    seconds = 500;
    await enter('token two');
    expect(await runIn(ledger, 17)).toMatchObject({
      approval: { token: 'token two', expiresAt: EXPIRES, decision: null },
    });
    expect(outcomes.approvalsAsked).toHaveLength(2);
  });

  it.each(['approve', 'reject'] as const)('hands on what was decided while it was away: %s', async (decision) => {
    await enter('token one');
    expect(await decide(decision)).toMatchObject({ verdict: 'decided' });
    await enter('token two');
    expect(outcomes.approvalsAsked).toHaveLength(1);
    expect(tokens.answered.get('token two')).toMatchObject(
      decision === 'approve' ? { decision } : { error: 'RejectedError' },
    );
  });

  it('takes the first decision alone, and the same one again', async () => {
    await enter('token one');
    expect(await decide('approve')).toMatchObject({ verdict: 'decided' });
    expect(await decide('approve')).toMatchObject({ verdict: 'decided' });
    expect(await decide('reject')).toMatchObject({ verdict: 'refused' });
    expect(await tenantIn(ledger)).toMatchObject({ status: 'RUNNING' });
  });

  it('takes none when its time is over', async () => {
    await enter('token one');
    seconds += 14 * 24 * 3600;
    expect(await decide('approve')).toMatchObject({ verdict: 'refused' });
  });

  it('has a run looked after whose time is over, once more, and ends', async () => {
    await enter('token one');
    seconds += 14 * 24 * 3600;
    await expect(enter('token two')).rejects.toMatchObject({
      name: 'RejectedError',
      reason: `Nobody has approved this run by ${EXPIRES}.`,
    });
    expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17 }]);
    expect(outcomes.approvalsAsked).toHaveLength(1);
  });

  it('asks again where it was approved, and stopped before that was heard, and its time is over', async () => {
    await enter('token one');
    await decide('approve');
    await close(ledger, 17, failed);
    seconds += 15 * 24 * 3600;
    await enter('token two');
    expect(outcomes.approvalsAsked).toHaveLength(2);
    expect(await runIn(ledger, 17)).toMatchObject({ approval: { decision: null, token: 'token two' } });
  });

  it('asks nobody where a newer desired state waits', async () => {
    await accept(ledger, 18);
    await expect(enter('token one')).rejects.toMatchObject({ name: 'RejectedError' });
    expect(outcomes.approvalsAsked).toEqual([]);
  });

  it('does not go on by a redrive when it was rejected: its names may be those of others by then', async () => {
    await enter('token one');
    await decide('reject');
    await close(ledger, 17, failed);
    seconds = 900;
    await expect(enter('token two')).rejects.toMatchObject({ name: 'RejectedError' });
  });

  it('asks again when the run was stopped, and resumed', async () => {
    await enter('token one');
    await close(ledger, 17, failed);
    seconds = 900;
    await enter('token two');
    expect(await runIn(ledger, 17)).toMatchObject({
      approval: { token: 'token two', askedAt: after(900).toISOString() },
    });
  });

  it('is asked for by its own event where an account is to be closed, with the account and the execution', async () => {
    const { run } = await open(ledger, 17, 1, after(seconds));
    const approvals = ledgerApprovals({ ledger, tokens, now: () => after(seconds) }, referenceTo(17), 'token one');
    const closing = { ...run, workflow: 'close-account', executionArn: 'arn:aws:states:eu-central-1:1:execution:x' };
    await awaitApproval({ approvals, outcomes, watch, run: closing as typeof run })(
      vending({ tenant: { account }, plan: { approval } }),
    );
    expect(outcomes.approvalsAsked).toMatchObject([
      {
        type: 'Account Closing Awaits Approval',
        detail: { accountId: account.id, executionArn: 'arn:aws:states:eu-central-1:1:execution:x' },
      },
    ]);
  });

  it('names no account where none is made yet, and says so of a decision that was taken', async () => {
    await enter('token one');
    expect(outcomes.approvalsAsked).toMatchObject([{ detail: { accountId: null } }]);
    await decide('approve');
    expect((await enter('token two')).remark).toContain('approve');
  });

  it('asks nobody for a run whose plan asks for no approval', async () => {
    const { run } = await open(ledger, 17, 1, after(seconds));
    const approvals = ledgerApprovals({ ledger, tokens, now: () => after(seconds) }, referenceTo(17), 'token one');
    await expectRejected(
      awaitApproval({ approvals, outcomes, watch, run })(vending()),
      'asks for no approval',
      'Replay this run',
    );
    expect(outcomes.approvalsAsked).toEqual([]);
  });
});
