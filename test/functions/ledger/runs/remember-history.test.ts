import { historyKey } from '../../../../functions/ledger/base/keys';
import { rememberDelay, rememberHistory } from '../../../../functions/ledger/runs/remember-history';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, plan } from '../../../fakes/vending';
import { accept, referenceTo, runIn } from '../ledger-calls';

describe('a delay that a person was told of', () => {
  it('is written down once for each place of a run that is known', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    await rememberDelay(store, referenceTo(17), 'CheckAccount', after(60));
    await rememberDelay(store, referenceTo(17), 'CheckEnrollment', after(70));
    const written = store.writes.length;
    await rememberDelay(store, referenceTo(17), 'CheckAccount', after(60));
    await rememberDelay(store, referenceTo(99), 'CheckAccount', after(60));
    expect(store.writes).toHaveLength(written);
    expect(await runIn(store, 17)).toMatchObject({
      toldDelays: ['CheckAccount', 'CheckEnrollment'],
      toldDelaysAt: { CheckAccount: after(60).toISOString(), CheckEnrollment: after(70).toISOString() },
    });
  });
});

describe('what a run has taken', () => {
  it('is remembered for others, but not of one that had failed, or was begun at night', async () => {
    const store = new RecordingLedgerStore();
    await accept(store, 17);
    const run = await runIn(store, 17);
    const remember = (changes: object) =>
      rememberHistory(store, referenceTo(17), { run: { ...run, ...changes }, plan: plan(), endedAt: after(100) });
    const written = store.writes.length;
    await remember({ resumedAt: after(50).toISOString() });
    await remember({ reconciledIn: '2026-11-25' });
    expect(store.writes).toHaveLength(written);
    await remember({});
    const [item] = await store.read([historyKey('new')]);
    expect(item?.data).toMatchObject({ samples: [{ workSeconds: 100 }] });
  });
});
