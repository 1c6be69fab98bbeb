import { landingZoneKey } from '../../../../functions/ledger/base/keys';
import { readModes, switchMode, modeOf } from '../../../../functions/ledger/fleet/landing-zone-modes';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after } from '../../../fakes/vending';
import { configuration } from '../../domain/examples';

const ZONE = 'aws-dev';
/** Of which the ledger keeps who and when. */
const MAX_SWITCHES = 100;
const by = (mode: 'act' | 'shadow', seconds = 0) => ({ mode, at: after(seconds), by: 'arn:jane' });

describe('the mode of a landing zone', () => {
  it('is the configured one until somebody has switched it', async () => {
    const store = new RecordingLedgerStore();
    const piloted = configuration(['platform.mode', 'shadow']);
    expect(await modeOf(store, piloted, ZONE)).toBe('shadow');
    await switchMode(store, ZONE, by('act'));
    expect(await modeOf(store, piloted, ZONE)).toBe('act');
    expect(await readModes(store, [ZONE, 'aws-prod'])).toMatchObject([{ mode: 'act' }, undefined]);
  });

  it('remembers the last switches, and who has made them', async () => {
    const store = new RecordingLedgerStore();
    const count = MAX_SWITCHES + 5;
    for (let one = 0; one < count; one += 1) await switchMode(store, ZONE, by(one % 2 === 0 ? 'act' : 'shadow', one));
    const [item] = await readModes(store, [ZONE]);
    expect(item?.switches).toHaveLength(MAX_SWITCHES);
    expect(item?.switches.at(-1)).toEqual({ mode: 'act', at: after(count - 1).toISOString(), by: 'arn:jane' });
  });

  it('is written once, however often it is switched to the same', async () => {
    const store = new RecordingLedgerStore();
    const first = await switchMode(store, ZONE, by('shadow'));
    expect(await switchMode(store, ZONE, by('shadow', 60))).toEqual(first);
  });

  it('is no leave to act where a newer release has written a word that this one does not know', async () => {
    const store = new RecordingLedgerStore();
    const data = { landingZone: ZONE, mode: 'rehearse', switches: [] };
    await store.commit([{ key: landingZoneKey(ZONE), expectedVersion: 0, data }]);
    expect(await modeOf(store, configuration(), ZONE)).toBe('shadow');
  });
});
