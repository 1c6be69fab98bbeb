import { TransientError } from '../../../../functions/domain/base/errors';
import { memoryLedgerStore } from '../../../../sandbox/runtime/memory-ledger-store';
import { ledgerCallPacer, limiterOf, reserveCallIn } from '../../../../functions/ledger/queue/call-pacer';
import type { LedgerStore } from '../../../../functions/ports/ledger-store';
import { after, NOW } from '../../../fakes/vending';

const BUDGET = { name: 'organizations:ListParents', limiter: { millisecondsApart: 4000, burst: 1 } };

describe('reserving a call', () => {
  let store: LedgerStore;

  beforeEach(() => {
    store = memoryLedgerStore();
  });

  const reserve = (seconds = 0, budget = BUDGET): Promise<Date> => reserveCallIn(store, budget, () => after(seconds));

  it('gives each a moment of its own, also to those who come at the same time', async () => {
    const moments = await Promise.all([reserve(), reserve(), reserve()]);
    expect(moments.toSorted((one, other) => one.getTime() - other.getTime())).toEqual([NOW, after(4), after(8)]);
  });

  it('knows nothing of other APIs', async () => {
    await reserve();
    expect(await reserve(0, { ...BUDGET, name: 'organizations:MoveAccount' })).toEqual(NOW);
  });

  it('refuses who would wait too long, and reserves nothing for it', async () => {
    for (let ahead = 0; ahead < 4; ahead += 1) await reserve();
    const refused: unknown = await reserve().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TransientError);
    expect(refused).toMatchObject({
      nothingDone: true,
      message: expect.stringContaining('organizations:ListParents') as string,
    });
    expect(await reserve(5)).toEqual(after(16));
  });
});

describe('a pacer of calls', () => {
  const pacing = (store = memoryLedgerStore()) => {
    const waits: number[] = [];
    const wait = (milliseconds: number) => Promise.resolve(void waits.push(milliseconds));
    return { store, waits, pacer: ledgerCallPacer({ ledger: store, now: () => NOW, wait }) };
  };

  it('waits until a call may be made, or the last of several', async () => {
    const { waits, pacer } = pacing();
    await pacer.pace('organizations', 'DescribeOrganizationalUnit');
    expect(waits).toEqual([]);
    await pacer.pace('organizations', 'DescribeOrganizationalUnit');
    await pacer.pace('organizations', 'DescribeOrganizationalUnit', 2);
    expect(waits).toEqual([625, 1875]);
  });

  it('waits for nothing, and writes nothing, where AWS has no limit or there is no call', async () => {
    const { store, waits, pacer } = pacing();
    const commit = jest.spyOn(store, 'commit');
    await pacer.pace('iam', 'GetRole');
    await pacer.pace('organizations', 'ListParents', 0);
    expect(commit).not.toHaveBeenCalled();
    expect(waits).toEqual([]);
  });

  it('counts all calls of IAM Identity Center together, and of Organizations each by itself', () => {
    expect(limiterOf('sso', 'CreateAccountAssignment')?.name).toBe('sso:*');
    expect(limiterOf('organizations', 'MoveAccount')?.name).toBe('organizations:MoveAccount');
    expect([limiterOf('organizations', 'Odd'), limiterOf('s3', 'GetObject')]).toEqual([undefined, undefined]);
  });
});
