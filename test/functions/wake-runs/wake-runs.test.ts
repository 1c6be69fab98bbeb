import { TransientError } from '../../../functions/domain/base/errors';
import { compose } from '../../../functions/wake-runs/handler';
import { creationEnd, deploymentEnd } from '../../fakes/aws-events';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingLog } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { creation, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';
import { accept, overwriteTenant } from '../ledger/ledger-calls';

const REQUEST = 'car-0123456789abcdef';
const END = creationEnd(REQUEST);

describe('WakeRuns', () => {
  let ledger: RecordingLedgerStore;
  let tokens: FakeTaskTokens;
  let log: RecordingLog;

  beforeEach(async () => {
    log = new RecordingLog();
    ledger = new RecordingLedgerStore();
    tokens = new FakeTaskTokens();
    await accept(ledger, 17);
    await overwriteTenant(ledger, { creation: creation({ phase: 'requested', requestId: REQUEST }) });
  });

  const call = (input: unknown): Promise<void> => {
    const runtime = { ledger, now: () => NOW, log };
    return compose(runtime as unknown as Parameters<typeof compose>[0], { turns: tokens })(input);
  };

  const wait = (taskToken: string, tenantUuid = TENANT): Promise<void> =>
    call({ tenantUuid, awaited: { operation: 'account' }, taskToken });

  const woken = (): readonly string[] => [...tokens.answered.keys()];

  it('wakes the run that waits for what AWS tells', async () => {
    await wait('first');
    expect(woken()).toEqual([]);

    await call(END);
    expect(woken()).toEqual(['first']);
    const keys = { operation: `account-request/${REQUEST}` };
    expect(log.entries).toEqual([{ level: 'info', sentence: 'AWS has ended what a run waits for', keys }]);
    await call(END);
    expect(log.entries.at(-1)).toEqual({ level: 'info', sentence: 'AWS has ended what nobody waits for', keys });
  });

  it('wakes a run at once that was told before it waited, and only once', async () => {
    await call(END);
    await wait('first');
    await wait('second');

    expect(woken()).toEqual(['first']);
  });

  it('knows that a run which was told at once waits no longer', async () => {
    await call(END);
    await wait('first');
    expect(ledger.lastWriteOf(`WAIT#account-request/${REQUEST}`)?.data).toEqual({ token: null, toldAt: null });
    await call(END);
    expect(log.entries.at(-1)).toMatchObject({ sentence: 'AWS has ended what nobody waits for' });
    await wait('second');
    expect(woken()).toEqual(['first', 'second']);
  });

  it('lets a doubled event wake nobody twice, and look once more at most', async () => {
    await wait('first');
    await call(END);
    await call(END);
    expect(woken()).toEqual(['first']);

    await wait('second');
    await wait('third');
    expect(woken()).toEqual(['first', 'second']);
  });

  it('remembers an event that has come while the run was looking', async () => {
    await wait('first');
    tokens.gone.add('first');
    await call(END);
    await wait('second');

    expect(woken()).toEqual(['second']);
  });

  it('wakes who has come between, where the one before waits no longer', async () => {
    await wait('first');
    tokens.gone.add('first');
    tokens.beforeAnswer = async () => {
      tokens.beforeAnswer = undefined;
      await wait('second');
    };
    await call(END);

    expect(woken()).toEqual(['second']);
  });

  it.each([
    ['waits', (): Promise<void> => wait('first').then(() => call(END))],
    ['was told before it waited', (): Promise<void> => call(END).then(() => wait('first'))],
  ])('fails, and is tried again, where a run that %s cannot be woken', async (_, both) => {
    tokens.beforeAnswer = () => Promise.reject(new TransientError('Step Functions does not answer.'));
    await expect(both()).rejects.toThrow('Step Functions does not answer.');
  });

  it('tells nobody of what AWS has ended for others', async () => {
    await wait('first');
    await call(creationEnd('car-fedcba9876543210'));
    await call(deploymentEnd('op-1'));
    const written = ledger.writes.length;
    await call({ anything: 'else' });

    expect(woken()).toEqual([]);
    expect(ledger.writes).toHaveLength(written);
  });

  it.each([
    ['knows no such tenant', OTHER_TENANT],
    ['has nothing to wait for', TENANT],
  ])('writes nothing where it %s', async (_, tenantUuid) => {
    if (tenantUuid === TENANT) await overwriteTenant(ledger, { creation: null });
    const before = ledger.writes.length;
    await wait('first', tenantUuid);

    expect(ledger.writes).toHaveLength(before);
    expect(woken()).toEqual([]);
  });

  it('forgets what it knows after a day', async () => {
    await wait('first');

    expect(ledger.lastWriteOf(`WAIT#account-request/${REQUEST}`)?.expiresAt).toBe(NOW.getTime() / 1000 + 24 * 3600);
  });
});
