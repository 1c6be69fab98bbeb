import { desiredStateJson, type Change } from '../functions/domain/examples';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { decideApproval } from '../../functions/ledger/runs/approvals';
import { readTenant } from '../../functions/ledger/tenants/tenant-items';
import { plainConfiguration } from './simulated-vending';
import { SimulatedStory } from './simulated-story';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const DAY = 24 * 3600;
const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

describe('an approval', () => {
  const story = new SimulatedStory();

  const begin = (approval: object, ...changes: readonly Change[]): void => {
    story.simulate({ configuration: plainConfiguration(['landingZone.approval', approval], ...changes) });
  };

  const decide = (decision: string, reason = 'as agreed') =>
    story.simulation.application.callApi({
      method: 'POST',
      path: `/vendings/${TENANT}/approval`,
      body: { decision, reason },
    });

  const claims = async (): Promise<unknown> => (await readTenant(story.simulation.application.ledger, TENANT))?.claims;

  const asked = () => story.simulation.application.approvalsAsked;
  const types = (): readonly string[] =>
    story.simulation.outcomes.map(({ type, detail }) => `${type} ${detail.replicationSequence}`);
  const isAsked =
    (times = 1) =>
    () =>
      asked().length >= times;
  const wait = (times = 1): Promise<void> => story.simulation.until(isAsked(times));

  const decided = {
    decision: 'approve',
    decidedBy: 'arn:aws:iam::111111111111:user/operator',
    reason: 'as agreed',
  };

  it('is asked for before AWS is, costs nothing while it is waited for, and lets the account be made', async () => {
    begin({ create: true, close: false, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    await wait();
    await story.simulation.pass(60);
    expect(asked()).toMatchObject([
      {
        type: 'Account Vending Awaits Approval',
        detail: { tenantUuid: TENANT, replicationSequence: 17, landingZone: 'aws-dev', accountId: null },
      },
    ]);
    expect(await story.simulation.detail()).toMatchObject({
      status: 'AWAITING_APPROVAL',
      lane: null,
      approval: { decision: null },
    });
    expect(await story.simulation.replay()).toMatchObject({ status: 409 });
    await story.simulation.pass(10 * DAY);
    expect(story.simulation.outcomesOf('CreateAccount')).toEqual([]);
    expect(story.simulation.application.delays).toEqual([]);
    expect(await decide('approve')).toMatchObject({ status: 202, body: decided });
    expect(await decide('approve')).toMatchObject({ status: 202, body: decided });
    expect(await decide('reject')).toMatchObject({ status: 409 });
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', approval: decided });
    expect(story.simulation.outcomes).toMatchObject([{ type: 'Account Vended', detail: { approval: decided } }]);
    expect(JSON.stringify(story.simulation.outcomes)).not.toContain('task-token');
    expect(story.simulation.madeAccounts).toHaveLength(1);
    expect(await decide('approve')).toMatchObject({ status: 409 });
  });

  it('that is rejected ends the run, makes no account and gives its names back; a replay asks again', async () => {
    begin({ create: true, close: false, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    await wait();
    expect(await decide('reject', 'no budget')).toMatchObject({ status: 202, body: { decision: 'reject' } });
    await story.simulation.settle();
    expect(story.simulation.outcomes).toMatchObject([
      {
        type: 'Account Vending Failed',
        detail: { state: 'AwaitApproval', error: 'ApprovalRejected', approval: { reason: 'no budget' } },
      },
    ]);
    const detail = await story.simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', account: null, lastError: { name: 'ApprovalRejected' } });
    expect(detail.lastError?.message).toContain('user/operator has rejected this run: no budget');
    expect(story.simulation.madeAccounts).toEqual([]);
    expect(await claims()).toEqual([]);
    expect(await story.simulation.replay()).toMatchObject({ status: 202, body: { replay: 'restarted' } });
    await wait(2);
    await decide('approve');
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', run: 2 });
  });

  it('that nobody gives expires', async () => {
    begin({ create: true, close: false, expiresAfterDays: 3 });
    story.simulation.sendEvent();
    await wait();
    await story.simulation.pass(3 * DAY - 3600);
    expect(types()).toEqual([]);
    await story.simulation.settle();
    expect(types()).toEqual(['Account Vending Failed 17']);
    expect(await story.simulation.detail()).toMatchObject({
      status: 'FAILED',
      lastError: { name: 'ApprovalExpired' },
      approval: { decision: null },
    });
    expect(story.simulation.madeAccounts).toEqual([]);
    expect(await claims()).toEqual([]);
    expect(await decide('approve')).toMatchObject({ status: 409 });
  });

  it.each([
    { act: 'create', changes: [] },
    { act: 'close', changes: [['landingZone.closeAccount', true]] },
  ] as const)('that nobody gives expires though no event tells of it: $act', async ({ act, changes }) => {
    const approval = { create: act === 'create', close: act === 'close', expiresAfterDays: 3 };
    const configuration = plainConfiguration(['landingZone.approval', approval], ...changes);
    story.simulate({ configuration, statusChangeDelays: () => [] });
    story.simulation.sendEvent();
    if (act === 'close') {
      await story.simulation.settle();
      story.simulation.sendEvent(['replicationSequence', 18], deletion);
    }
    await wait();
    await story.simulation.pass(3 * DAY - 3600);
    expect(await story.simulation.detail()).toMatchObject({ status: 'AWAITING_APPROVAL' });
    await story.simulation.pass(2 * 3600);
    expect(await story.simulation.detail()).toMatchObject({
      status: 'FAILED',
      lastError: {
        name: 'ApprovalExpired',
        message: expect.stringMatching(/^Nobody has approved this run by 20/u) as string,
      },
    });
    expect(asked()).toHaveLength(1);
    expect(story.simulation.application.deadLetters).toEqual([]);
  });

  it('that comes while the state is about to notice that its time is over still counts', async () => {
    begin({ create: true, close: false, expiresAfterDays: 3 });
    story.simulation.sendEvent();
    await wait();
    const expiry = Date.parse((await story.simulation.detail()).approval?.expiresAt ?? '');
    const { ledger } = story.simulation.application;
    await story.simulation.until(() => Date.now() >= expiry);
    const decision = { decision: 'approve', decidedBy: 'arn:jane', reason: 'just in time' } as const;
    await decideApproval(ledger, TENANT, decision, new Date(expiry - 1));
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
  });

  it('is asked for again of a newer desired state, which takes the place of the one that waits', async () => {
    begin({ create: true, close: false, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    await wait();
    await story.simulation.post(['replicationSequence', 18]);
    await wait(2);
    expect(asked().map(({ detail }) => detail.replicationSequence)).toEqual([17, 18]);
    await decide('approve');
    await story.simulation.settle();
    expect(types()).toEqual(['Account Vended 18']);
    expect(story.simulation.madeAccounts).toHaveLength(1);
  });

  it('is asked for of the newest alone, where that has come before anybody was asked', async () => {
    begin({ create: true, close: false, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    story.simulation.sendEvent(['replicationSequence', 18]);
    await story.simulation.until(() => asked().some(({ detail }) => detail.replicationSequence === 18));
    await decide('approve');
    await story.simulation.settle();
    expect(types()).toEqual(['Account Vended 18']);
  });

  it('is superseded by a deletion, and nothing is left', async () => {
    begin({ create: true, close: true, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    await wait();
    expect(await story.simulation.post(['replicationSequence', 18], deletion)).toMatchObject({
      status: 202,
      body: { status: 'CLOSED' },
    });
    await story.simulation.settle();
    expect(types()).toEqual([]);
    expect(await story.simulation.detail()).toMatchObject({ status: 'CLOSED', account: null });
    expect(await claims()).toEqual([]);
    expect(await decide('approve')).toMatchObject({ status: 409 });
  });

  it('is over when the run is stopped, and a replay asks again', async () => {
    begin({ create: true, close: false, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    await wait();
    const stop = { method: 'POST', path: `/vendings/${TENANT}/stop`, body: { reason: 'not now' } } as const;
    expect(await story.simulation.application.callApi(stop)).toMatchObject({ status: 202 });
    expect(await decide('approve')).toMatchObject({ status: 409 });
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({
      status: 'FAILED',
      lastError: { name: 'StoppedByOperator' },
    });
    await story.simulation.replay();
    await wait(2);
    await decide('approve');
    await story.simulation.settle();
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED' });
  });

  it('of a closing is asked for before anything is taken away', async () => {
    begin({ create: false, close: true, expiresAfterDays: 14 }, ['landingZone.closeAccount', true]);
    story.simulation.sendEvent();
    await story.simulation.settle();
    expect(asked()).toEqual([]);
    story.simulation.sendEvent(['replicationSequence', 18], deletion);
    await wait();
    expect(asked()).toMatchObject([
      { type: 'Account Closing Awaits Approval', detail: { accountId: story.simulation.madeAccounts[0]?.id } },
    ]);
    await story.simulation.pass(DAY);
    expect(story.simulation.outcomesOf('CloseAccount')).toEqual([]);
    await decide('approve');
    await story.simulation.settle();
    expect(types()).toEqual(['Account Vended 17', 'Account Closed 18']);
    expect(story.simulation.madeAccounts[0]?.state).not.toBe('ACTIVE');
  });

  it('of a closing gives way to a desired state that keeps the tenant', async () => {
    begin({ create: false, close: true, expiresAfterDays: 14 }, ['landingZone.closeAccount', true]);
    story.simulation.sendEvent();
    await story.simulation.settle();
    story.simulation.sendEvent(['replicationSequence', 18], deletion);
    await wait();
    story.simulation.sendEvent(['replicationSequence', 19]);
    await story.simulation.settle();
    expect(types()).toEqual(['Account Vended 17', 'Account Vended 19']);
    expect(await story.simulation.detail()).toMatchObject({ status: 'VENDED', deletion: null });
  });

  it('is asked for nowhere else: known accounts, imports, landing zones without', async () => {
    begin({ create: true, close: true, expiresAfterDays: 14 });
    story.simulation.sendEvent();
    await wait();
    await decide('approve');
    await story.simulation.settle();
    story.simulation.sendEvent(['replicationSequence', 18]);
    await story.simulation.settle();
    expect(asked()).toHaveLength(1);
    expect(types()).toEqual(['Account Vended 17', 'Account Vended 18']);
  });

  /** Functions that have to do with a decision. */
  const DECIDING = new Set(['AwaitApproval', 'Api', 'WatchRuns', 'RecordFailure']);

  /**
   * A process dies at one write, or message, of these, before it or after it. Anyone who decides asks again only while
   * nothing is decided.
   */
  const lived = async (index: number, when: Effect['when'], decision: string): Promise<string | undefined> => {
    let seen = 0;
    let victim: string | undefined;
    story.simulate({
      configuration: plainConfiguration(['landingZone.approval', { create: true, close: false, expiresAfterDays: 14 }]),
      onEffect: ({ kind, function: name, name: effect, when: moment }) => {
        if (!DECIDING.has(name) || moment !== when || effect === 'read' || kind === 'aws') return 'go-on';
        seen += 1;
        if (seen !== index) return 'go-on';
        victim = `${name} ${kind} ${effect}`;
        return 'kill';
      },
    });
    story.simulation.sendEvent();
    await wait();
    await story.simulation.pass(3600);
    for (let tries = 0; tries < 2; tries += 1) {
      const tenant = await readTenant(story.simulation.application.ledger, TENANT);
      if (tenant?.status === 'AWAITING_APPROVAL') await decide(decision);
    }
    await story.simulation.settle();
    return victim;
  };

  it.each([
    { decision: 'approve', when: 'before', ends: 'VENDED' },
    { decision: 'approve', when: 'after', ends: 'VENDED' },
    { decision: 'reject', when: 'before', ends: 'FAILED' },
    { decision: 'reject', when: 'after', ends: 'FAILED' },
  ] as const)('comes to the same anyone who dies $when a write: $decision', async ({ decision, when, ends }) => {
    const victims: string[] = [];
    for (let index = 1; ; index += 1) {
      const victim = await lived(index, when, decision);
      const detail = await story.simulation.detail();
      const accounts = story.simulation.madeAccounts.length;
      story.simulation.stop();
      const where = victim ?? 'nobody';
      const error = detail.lastError?.name;
      expect({ where, status: detail.status, accounts, error }).toEqual({
        where,
        status: ends,
        accounts: ends === 'VENDED' ? 1 : 0,
        error: ends === 'VENDED' ? undefined : 'ApprovalRejected',
      });
      if (victim === undefined) break;
      victims.push(victim);
    }
    const told = `Api token ${decision === 'approve' ? 'succeed' : 'fail'}`;
    const some = ['AwaitApproval ledger commit', 'AwaitApproval bus publish', 'Api ledger commit', told];
    expect(victims).toEqual(expect.arrayContaining(some));
  });
});
