import { memoryLedgerStore } from '../../../functions/ledger/memory-ledger-store';
import { ledgerStoreSuite } from './ledger-store-suite';

describe('the ledger store in memory', () => {
  it.each(Object.entries(ledgerStoreSuite))('%s', async (_, expectKept) => {
    await expectKept(memoryLedgerStore());
  });
});
