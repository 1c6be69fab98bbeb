import type { Lane } from '../../../../functions/domain/queue/lanes';
import type { WaiterRecord } from '../../../../functions/domain/queue/lane-records';
import { joined, EMPTY_LINE } from '../../../../functions/domain/queue/waiting-line';
import { lineKey, placeInLine, waiterKey } from '../../../../functions/ledger/base/keys';
import { freeSlot, lineWrites, waiterWrites, withoutTurn } from '../../../../functions/ledger/queue/lane-items';
import type { ItemKey } from '../../../../functions/ports/ledger-store';
import { NOW, OTHER_TENANT, TENANT, tenant, turn } from '../../../fakes/vending';

const run = { replicationSequence: 17, run: 1 };
const since = NOW.toISOString();
const placeOf = (tenantUuid = TENANT, lane = 'l'): ItemKey => waiterKey(lane, since, tenantUuid, run);

const waiter = (changes: Partial<WaiterRecord> = {}): WaiterRecord => ({
  tenantUuid: TENANT,
  run,
  token: 't',
  since,
  grantedAt: null,
  inLine: true,
  ...changes,
});

const item = (key: ItemKey, data?: object) => ({ key, version: data === undefined ? 0 : 1, data });
const lineOf = (...places: readonly ItemKey[]) =>
  places.reduce((line, { sort }) => joined(line, placeInLine(sort)), EMPTY_LINE);

describe('waiterWrites', () => {
  const line = item(lineKey('l'), lineOf(placeOf()));

  it('counts a waiter that comes', () => {
    const writes = waiterWrites(item(placeOf()), item(lineKey('l')), waiter());
    expect(writes).toMatchObject([{ data: { inLine: true } }, { key: lineKey('l'), data: lineOf(placeOf()) }]);
  });

  it('leaves the line alone where a waiter that is counted stays', () => {
    const writes = waiterWrites(item(placeOf(), waiter()), line, waiter({ token: 'new' }));
    expect(writes).toMatchObject([{ key: placeOf(), data: { token: 'new', inLine: true } }]);
    expect(writes).toHaveLength(1);
  });

  it('takes one out of the line that is let in, or goes', () => {
    const before = item(placeOf(), waiter());
    const letIn = waiterWrites(before, line, waiter({ grantedAt: since }));
    expect(letIn).toMatchObject([{ data: { inLine: false } }, { data: { groups: [] } }]);
    expect(waiterWrites(before, line, null)).toMatchObject([{ data: null }, { data: { groups: [] } }]);
  });

  it('leaves the line alone where one goes that was not counted', () => {
    expect(waiterWrites(item(placeOf(), waiter({ inLine: false })), line, null)).toHaveLength(1);
  });
});

describe('lineWrites', () => {
  const line = item(lineKey('l'), lineOf(placeOf(), placeOf(OTHER_TENANT)));
  const writesFor = (...leaving: readonly (readonly [ItemKey, WaiterRecord])[]) =>
    lineWrites(
      line,
      leaving.map(([key, data]) => item(key, data)),
    );

  it('takes out those who are counted there', () => {
    expect(writesFor([placeOf(), waiter()])).toMatchObject([{ data: lineOf(placeOf(OTHER_TENANT)) }]);
    expect(writesFor([placeOf(), waiter()], [placeOf(OTHER_TENANT), waiter()])).toMatchObject([
      { key: lineKey('l'), data: { groups: [] } },
    ]);
  });

  it('writes nothing for those who wait elsewhere, are not counted, or are not there', () => {
    expect(writesFor([placeOf(TENANT, 'other'), waiter()])).toEqual([]);
    expect(writesFor([placeOf(), waiter({ inLine: false })])).toEqual([]);
    expect(writesFor()).toEqual([]);
    expect(lineWrites(line, [item(placeOf())])).toEqual([]);
  });
});

describe('freeSlot', () => {
  const free = (capacity: number, ...slots: readonly number[]): number | undefined =>
    freeSlot({ capacity } as Lane, {
      rate: null,
      unlimited: false,
      slots: slots.map((slot) => ({ slot, tenantUuid: TENANT, run, since, lookAt: since })),
    });

  it('is the lowest one that nobody has', () => {
    expect([free(2), free(2, 0), free(3, 0, 2), free(2, 0, 1)]).toEqual([0, 1, 1, undefined]);
  });

  it('is none where as many are in as may be, although their slots are from a time when there were more', () => {
    expect(free(2, 5, 6)).toBeUndefined();
  });
});

it('takes one turn away, and leaves the others', () => {
  const turns = { one: turn(), other: turn({ slot: 1 }) };
  expect(withoutTurn(tenant({ turns }), 'one').turns).toEqual({ other: turns.other });
});
