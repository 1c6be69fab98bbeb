import { runKey } from '../../../../functions/ledger/base/keys';
import { rememberStop } from '../../../../functions/ledger/runs/run-stop';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, TENANT } from '../../../fakes/vending';
import { accept, overwrite, referenceTo } from '../ledger-calls';

describe('the stop of an execution', () => {
  it('that the ledger does not know is told as it was seen, and not written', async () => {
    const store = new RecordingLedgerStore();
    const stopped = { stoppedAt: NOW.toISOString(), settlesAt: after(60 + 210).toISOString() };
    for (const by of [null, 'jane']) {
      expect(await rememberStop(store, referenceTo(17), NOW, 60, by)).toEqual(stopped);
    }
    expect(store.writes).toEqual([]);
  });

  it('is written of the tenant alone where nobody is known to have asked for it', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    for (const seconds of [30, 40]) await rememberStop(store, referenceTo(17), after(seconds), 60);
    expect(store.writes.filter(({ key }) => key.sort.startsWith('RUN#'))).toHaveLength(1);
  });

  it('is written of the tenant alone where its run is not there', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    await overwrite(store, runKey(TENANT, 17, 1), null);
    const written = store.writes.length;
    await rememberStop(store, referenceTo(17), after(30), 60, 'jane');
    expect(store.writes.slice(written).map(({ key }) => key.sort)).toEqual(['TENANT']);
  });
});
