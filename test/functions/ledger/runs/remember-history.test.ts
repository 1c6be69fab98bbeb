import { rememberDelay } from '../../../../functions/ledger/runs/remember-history';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { accept, referenceTo, runIn } from '../ledger-calls';

describe('a delay that a person was told of', () => {
  it('is written down once for each place of a run that is known', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    await rememberDelay(store, referenceTo(17), 'CheckAccount');
    await rememberDelay(store, referenceTo(17), 'CheckEnrollment');
    const written = store.writes.length;
    await rememberDelay(store, referenceTo(17), 'CheckAccount');
    await rememberDelay(store, referenceTo(99), 'CheckAccount');
    expect(store.writes).toHaveLength(written);
    expect(await runIn(store, 17)).toMatchObject({ toldDelays: ['CheckAccount', 'CheckEnrollment'] });
  });
});
