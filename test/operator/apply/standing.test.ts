import type { VendingDetail } from '../../../functions/api/responses';
import { standingOf } from '../../../operator/apply/standing';
import { type Change, changed, desiredStateJson } from '../../functions/domain/examples';

type Known = Parameters<typeof standingOf>[2];

const wanted = (...changes: readonly Change[]): unknown => changed(desiredStateJson, ...changes);
const GOING: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];
const OTHER: Change = ['project.spec.displayName', 'Other'];

const known = (desiredState: unknown, changes: Partial<VendingDetail> = {}): Known => ({
  replicationSequence: 17,
  waitingSequence: null,
  deletion: null,
  desiredState,
  ...changes,
});
const deletion = { replicationSequence: 18, at: '2026-11-24T10:00:00.000Z', remark: '' };
const refusedOnce = known(null, { replicationSequence: null });
const wentBack = known(wanted(['replicationSequence', 15]), { replicationSequence: 15 });

describe('how a desired state stands to what is known', () => {
  it.each<[string, string, unknown, number, Known]>([
    ['new', 'nobody knows the tenant', wanted(), 1, undefined],
    ['new', 'nothing of it was ever accepted', wanted(), 1, refusedOnce],
    ['closing', 'it is deleted before it came', wanted(GOING), 1, undefined],
    ['unchanged', 'it is the same', wanted(), 17, known(wanted())],
    [
      'unchanged',
      'it is the same under another sequence, for another reason',
      wanted(['trigger', null]),
      99,
      known(wanted()),
    ],
    ['unchanged', 'it is the same in an older commit', wanted(), 3, known(wanted())],
    ['changed', 'it is another one, and newer', wanted(OTHER), 18, known(wanted())],
    ['changed', 'it is newer than what a person went back to', wanted(OTHER), 16, wentBack],
    ['older', 'it is another one, and older', wanted(OTHER), 16, known(wanted())],
    ['older', 'another one waits that is newer', wanted(), 18, known(null, { waitingSequence: 19 })],
    ['ambiguous', 'it is another one under the same sequence', wanted(OTHER), 17, known(wanted())],
    ['closing', 'it is to be deleted', wanted(GOING), 18, known(wanted())],
    ['older', 'it was to go before', wanted(GOING), 16, known(wanted())],
    ['unchanged', 'it is being deleted already', wanted(GOING), 20, known(null, { deletion })],
    ['older', 'somebody has let it go since', wanted(), 17, known(null, { deletion })],
    ['changed', 'it is to stay after all', wanted(), 19, known(null, { deletion })],
  ])('is %s where %s', (standing, _, state, sequence, before) => {
    expect(standingOf(state, sequence, before)).toBe(standing);
  });
});
