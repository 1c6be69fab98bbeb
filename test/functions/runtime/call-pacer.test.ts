import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { ledgerCallPacer } from '../../../functions/ledger/queue/call-pacer';

describe('the pacer of an invocation', () => {
  it('waits until the call may be made, and not at all for what AWS does not limit', async () => {
    let milliseconds = Date.parse('2026-11-24T10:00:00.000Z');
    const waits: number[] = [];
    const pacer = ledgerCallPacer({
      ledger: memoryLedgerStore(),
      now: () => new Date(milliseconds),
      wait: (wait) => {
        waits.push(wait);
        milliseconds += wait;
        return Promise.resolve();
      },
    });

    for (let call = 0; call < 3; call += 1) await pacer.pace('organizations', 'MoveAccount');
    for (let call = 0; call < 3; call += 1) await pacer.pace('iam', 'GetRole');

    expect(waits).toEqual([625, 625]);
  });
});
