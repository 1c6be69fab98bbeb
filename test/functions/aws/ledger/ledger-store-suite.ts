import {
  InvalidCursorError,
  type ItemKey,
  type LedgerStore,
  type ListingQuery,
  type StoredItem,
  VersionConflictError,
} from '../../../../functions/ports/ledger-store';

/** What every implementation of the ledger's table keeps. Each entry gets an empty store. */
export const ledgerStoreSuite: Readonly<Record<string, (store: LedgerStore) => Promise<void>>> = {
  'gives nothing for an item that was never written, in the place of its key': async (store) => {
    await store.commit([{ key: key('b'), expectedVersion: 0, data: { is: 'there' } }]);
    const read = await store.read([key('a'), key('b'), key('c')]);
    expect(read).toEqual([undefined, { key: key('b'), version: 1, data: { is: 'there' } }, undefined]);
  },

  'reads nothing when it is asked for nothing': async (store) => {
    expect(await store.read([])).toEqual([]);
  },

  'refuses a transaction that names an item twice': async (store) => {
    const write = { key: key('a'), expectedVersion: 0, data: {} };
    await expect(store.read([key('a'), key('b'), key('a')])).rejects.toThrow();
    await expect(store.commit([write, write])).rejects.toThrow();
  },

  'gives back content as JSON keeps it': async (store) => {
    const data = {
      text: 'Grüße 🌱',
      empty: '',
      none: null,
      absent: undefined,
      yes: true,
      number: -0.5,
      large: 1.5e300,
      long: Number('12345678901234567890'),
      list: [],
      deep: { er: [{ and: ['so', 'on'] }] },
    };
    await store.commit([{ key: key('a'), expectedVersion: 0, data }]);
    expect(await contentOf(store, 'a')).toEqual(JSON.parse(JSON.stringify(data)));
  },

  'keeps what it was given, whatever becomes of the object afterwards': async (store) => {
    const data = { list: ['first'] };
    await store.commit([{ key: key('a'), expectedVersion: 0, data }]);
    data.list.push('second');
    const content = (await contentOf(store, 'a')) as typeof data;
    // What is handed out is a copy, or nobody can change it.
    if (!Object.isFrozen(content.list)) content.list.push('third');
    expect(await contentOf(store, 'a')).toEqual({ list: ['first'] });
  },

  'raises the version by one with every write': async (store) => {
    for (const expectedVersion of [0, 1, 2]) {
      await store.commit([{ key: key('a'), expectedVersion, data: { expectedVersion } }]);
    }
    expect(await store.read([key('a')])).toEqual([{ key: key('a'), version: 3, data: { expectedVersion: 2 } }]);
  },

  'tells items of one partition apart by their sort key': async (store) => {
    const one = { partition: 'p', sort: '1' };
    const other = { partition: 'p', sort: '2' };
    await store.commit([
      { key: one, expectedVersion: 0, data: { number: 1 } },
      { key: other, expectedVersion: 0, data: { number: 2 } },
    ]);
    const read = await store.read([other, one]);
    expect(read.map((item) => item?.data)).toEqual([{ number: 2 }, { number: 1 }]);
  },

  'refuses to write over an item that should be absent': async (store) => {
    await store.commit([{ key: key('a'), expectedVersion: 0, data: { by: 'first' } }]);
    await expectConflict(store.commit([{ key: key('a'), expectedVersion: 0, data: { by: 'second' } }]));
    expect(await contentOf(store, 'a')).toEqual({ by: 'first' });
  },

  'refuses to write over a version that has been replaced': async (store) => {
    await store.commit([{ key: key('a'), expectedVersion: 0, data: { by: 'first' } }]);
    await store.commit([{ key: key('a'), expectedVersion: 1, data: { by: 'second' } }]);
    await expectConflict(store.commit([{ key: key('a'), expectedVersion: 1, data: { by: 'third' } }]));
    expect(await contentOf(store, 'a')).toEqual({ by: 'second' });
  },

  'refuses to change an item that is not there': async (store) => {
    await expectConflict(store.commit([{ key: key('a'), expectedVersion: 1, data: {} }]));
    expect(await store.read([key('a')])).toEqual([undefined]);
  },

  'writes all items or none': async (store) => {
    await store.commit([{ key: key('b'), expectedVersion: 0, data: { by: 'first' } }]);
    await expectConflict(
      store.commit([
        { key: key('a'), expectedVersion: 0, data: { by: 'second' } },
        { key: key('b'), expectedVersion: 0, data: { by: 'second' } },
        { key: key('c'), expectedVersion: 0, data: { by: 'second' } },
      ]),
    );
    const read = await store.read([key('a'), key('b'), key('c')]);
    expect(read.map((item) => item?.data)).toEqual([undefined, { by: 'first' }, undefined]);
  },

  'deletes an item, after which it can be made again': async (store) => {
    await store.commit([{ key: key('a'), expectedVersion: 0, data: { by: 'first' } }]);
    await expectConflict(store.commit([{ key: key('a'), expectedVersion: 2, data: null }]));
    await store.commit([{ key: key('a'), expectedVersion: 1, data: null }]);
    expect(await store.read([key('a')])).toEqual([undefined]);
    await store.commit([{ key: key('a'), expectedVersion: 0, data: { by: 'second' } }]);
    expect(await contentOf(store, 'a')).toEqual({ by: 'second' });
  },

  'lets exactly one of several writers win a race for a new item': async (store) => {
    const winners = await race(store, 0);
    expectEqual(winners.length, 1);
    expectEqual(await contentOf(store, 'contended'), { by: winners[0] });
  },

  'lets exactly one of several writers win a race for an item that is there': async (store) => {
    await store.commit([{ key: key('contended'), expectedVersion: 0, data: {} }]);
    const winners = await race(store, 1);
    expectEqual(winners.length, 1);
    expectEqual(await store.read([key('contended')]), [
      { key: key('contended'), version: 2, data: { by: winners[0] } },
    ]);
  },

  'reads while others write, and sees each commit whole': async (store) => {
    await store.commit(pair(0, 0));
    const writes = (async (): Promise<void> => {
      for (let count = 1; count <= 10; count += 1) await store.commit(pair(count, count));
    })();
    const reads = Array.from({ length: 10 }, () => store.read([key('left'), key('right')]));
    for (const [left, right] of await Promise.all(reads)) expectEqual(left?.data, right?.data);
    await writes;
  },

  'reads the items of a partition in the order of their sort keys, and those of no other': async (store) => {
    await store.commit([part('WAITER#2'), part('WAITER#10'), part('WAITER#1'), part('LANE')]);
    await store.commit([{ ...part('WAITER#0'), key: { partition: 'other', sort: 'WAITER#0' } }]);
    expectEqual(await sortsOf(store, 'WAITER#', 10), ['WAITER#1', 'WAITER#10', 'WAITER#2']);
    expectEqual(await sortsOf(store, 'L', 10), ['LANE']);
    expectEqual(await sortsOf(store, 'NOBODY', 10), []);
  },

  'reads as many items of a partition as are asked for, however large they are': async (store) => {
    const names = Array.from({ length: 12 }, (_, index) => `WAITER#${String(index).padStart(2, '0')}`);
    for (const name of names) await store.commit([{ ...part(name), data: { name, ballast: 'x'.repeat(200_000) } }]);
    expectEqual(await sortsOf(store, 'WAITER#', 3), names.slice(0, 3));
    expectEqual(await sortsOf(store, 'WAITER#', 11), names.slice(0, 11));
    expectEqual(await sortsOf(store, 'WAITER#', 99), names);
  },

  'reads of a partition what comes after a key, whether there is an item of that key or not': async (store) => {
    for (const name of ['DRIFT#a', 'DRIFT#b', 'DRIFT#d', 'OPEN#a']) await store.commit([part(name)]);
    const sortsAfter = async (after: string): Promise<readonly string[]> => {
      const items = await store.readPartition({ partition: 'p', prefix: 'DRIFT#', limit: 9, after });
      return items.map(({ key: { sort } }) => sort);
    };
    expect(await sortsAfter('DRIFT#a')).toEqual(['DRIFT#b', 'DRIFT#d']);
    expect(await sortsAfter('DRIFT#c')).toEqual(['DRIFT#d']);
    expect(await sortsAfter('DRIFT#d')).toEqual([]);
  },

  'reads in a partition what was just written, with its version and content': async (store) => {
    await store.commit([part('WAITER#1')]);
    await store.commit([{ ...part('WAITER#1'), expectedVersion: 1, data: { name: 'second' } }]);
    const items = await store.readPartition({ partition: 'p', prefix: 'WAITER#', limit: 5 });
    expect(items).toEqual([{ key: { partition: 'p', sort: 'WAITER#1' }, version: 2, data: { name: 'second' } }]);
    await store.commit([{ ...part('WAITER#1'), expectedVersion: 2, data: null }]);
    expect(await sortsOf(store, 'WAITER#', 5)).toEqual([]);
  },

  'lists the items of a label, newest first': async (store) => {
    await store.commit([
      listed('a', 'RUNNING', '2026-11-24T10:00:00.000Z'),
      listed('b', 'FAILED', '2026-11-24T11:00:00.000Z'),
      listed('c', 'RUNNING', '2026-11-24T12:00:00.000Z'),
      { key: key('d'), expectedVersion: 0, data: { name: 'd' } },
    ]);
    expect(await namesOf(store, { label: 'RUNNING', limit: 10 })).toEqual(['c', 'a']);
    expect(await namesOf(store, { label: 'FAILED', limit: 10 })).toEqual(['b']);
    expect(await namesOf(store, { label: 'VENDED', limit: 10 })).toEqual([]);
  },

  'lists the items of all labels, newest first, and none without a label': async (store) => {
    await store.commit([
      listed('a', 'RUNNING', '2026-11-24T10:00:00.000Z'),
      listed('b', 'FAILED', '2026-11-24T11:00:00.000Z'),
      listed('c', 'RUNNING', '2026-11-24T12:00:00.000Z'),
      { key: key('d'), expectedVersion: 0, data: { name: 'd' } },
    ]);
    expect(await namesOf(store, { limit: 10 })).toEqual(['c', 'b', 'a']);
  },

  'lists an item under its newest label alone, and not at all once it has none': async (store) => {
    await store.commit([listed('a', 'RUNNING', '2026-11-24T10:00:00.000Z')]);
    await store.commit([{ ...listed('a', 'VENDED', '2026-11-24T11:00:00.000Z'), expectedVersion: 1 }]);
    expect(await namesOf(store, { label: 'RUNNING', limit: 10 })).toEqual([]);
    expect(await namesOf(store, { label: 'VENDED', limit: 10 })).toEqual(['a']);
    await store.commit([{ key: key('a'), expectedVersion: 2, data: { name: 'a' } }]);
    expect(await namesOf(store, { limit: 10 })).toEqual([]);
  },

  'gives long lists in pages that join without gap or double': async (store) => {
    const names = Array.from({ length: 7 }, (_, index) => `item-${index}`);
    await store.commit(names.map((name, hour) => listed(name, 'FAILED', `2026-11-24T0${hour}:00:00.000Z`)));
    for (const query of [{ label: 'FAILED' }, {}]) {
      const pages = await pagesOf(store, { ...query, limit: 3 });
      expectEqual(pages.flat(), names.toReversed());
      expectEqual(
        pages.filter((page) => page.length > 3),
        [],
      );
    }
  },

  'pages through items of the very same instant': async (store) => {
    const names = Array.from({ length: 5 }, (_, index) => `item-${index}`);
    await store.commit(names.map((name) => listed(name, 'FAILED', '2026-11-24T10:00:00.000Z')));
    const pages = await pagesOf(store, { label: 'FAILED', limit: 2 });
    expectEqual(pages.flat().toSorted(), names);
  },

  'refuses a cursor that it has not given out': async (store) => {
    const foreign = ['', 'x', encoded('x'), encoded('{}'), encoded('{"partition":"p"}'), encoded('{"a":"b"}')];
    for (const cursor of foreign) await expectForeign(store.list({ label: 'FAILED', limit: 2, cursor }));
  },

  'refuses the cursor of another list': async (store) => {
    await store.commit(['a', 'b', 'c'].map((name) => listed(name, 'FAILED', '2026-11-24T10:00:00.000Z')));
    const cursor = (await store.list({ label: 'FAILED', limit: 1 })).cursor ?? '';
    await expectForeign(store.list({ label: 'RUNNING', limit: 1, cursor }));
    await expectForeign(store.list({ limit: 1, cursor }));
  },

  'reads a partition from its end, and on from there': async (store) => {
    await store.commit(['1', '2', '3', '4'].map((number) => part(`WAITER#${number}`)));
    const query = { partition: 'p', prefix: 'WAITER#', limit: 2, descending: true };
    const sorts = async (after?: string): Promise<readonly string[]> =>
      (await store.readPartition({ ...query, ...(after === undefined ? {} : { after }) })).map(
        ({ key: { sort } }) => sort,
      );
    expectEqual(await sorts(), ['WAITER#4', 'WAITER#3']);
    expectEqual(await sorts('WAITER#3'), ['WAITER#2', 'WAITER#1']);
    expectEqual(await sorts('WAITER#25'), ['WAITER#2', 'WAITER#1']);
  },

  'lists only what is not older than a time': async (store) => {
    await store.commit([listed('a', 'FAILED', T1), listed('b', 'FAILED', T2), listed('c', 'RUNNING', T3)]);
    expectEqual(await namesOf(store, { since: T2, limit: 9 }), ['c', 'b']);
    expectEqual(await namesOf(store, { label: 'FAILED', since: T2, limit: 9 }), ['b']);
  },

  'lists what stands under a filter, newest first, in pages that join by their cursor': async (store) => {
    await store.commit([filed('a', 'retail', T1), filed('b', 'retail', T3), filed('c', 'payments', T2)]);
    await store.commit([filed('d', 'retail', T2)]);
    const filter = { name: 'workspace', value: 'retail' } as const;
    expectEqual(await namesOf(store, { filter, limit: 9 }), ['b', 'd', 'a']);
    expectEqual((await pagesOf(store, { filter, limit: 2 })).flat(), ['b', 'd', 'a']);
    expectEqual(await namesOf(store, { filter, since: T2, limit: 9 }), ['b', 'd']);
    expectEqual(await namesOf(store, { filter: { name: 'project', value: 'retail' }, limit: 9 }), []);
    const cursor = (await store.list({ filter, limit: 1 })).cursor ?? '';
    await expectForeign(store.list({ filter: { name: 'workspace', value: 'payments' }, limit: 1, cursor }));
  },

  'gives back under which filters an item stands, and keeps entries that are not named': async (store) => {
    await store.commit([filed('a', 'retail', T1)]);
    const filters = { workspace: { value: 'payments', at: T2 } };
    await store.commit([{ key: key('a'), expectedVersion: 1, data: { name: 'a' }, filters, refiled: [] }]);
    expectEqual((await store.read([key('a')]))[0]?.filters, filters);
    expectEqual(await namesOf(store, { filter: { name: 'workspace', value: 'retail' }, limit: 9 }), ['a']);
  },

  'moves an item to its new value, and takes it out': async (store) => {
    await store.commit([filed('a', 'retail', T1)]);
    await store.commit([{ ...filed('a', 'payments', T2), expectedVersion: 1 }]);
    expectEqual(await namesOf(store, { filter: { name: 'workspace', value: 'retail' }, limit: 9 }), []);
    expectEqual(await namesOf(store, { filter: { name: 'workspace', value: 'payments' }, limit: 9 }), ['a']);
    await store.commit([{ ...filed('a', 'payments', T2), expectedVersion: 2, filters: {} }]);
    expectEqual(await namesOf(store, { filter: { name: 'workspace', value: 'payments' }, limit: 9 }), []);
  },

  'files nothing where the item is not written': async (store) => {
    await expectConflict(store.commit([{ ...filed('a', 'retail', T1), expectedVersion: 3 }]));
    expectEqual(await namesOf(store, { filter: { name: 'workspace', value: 'retail' }, limit: 9 }), []);
  },
};

const [T1, T2, T3] = ['2026-11-24T10:00:00.000Z', '2026-11-24T11:00:00.000Z', '2026-11-24T12:00:00.000Z'] as const;

const key = (name: string): ItemKey => ({ partition: name, sort: 'SORT' });

const part = (sort: string): Parameters<LedgerStore['commit']>[0][number] => ({
  key: { partition: 'p', sort },
  expectedVersion: 0,
  data: { name: sort },
});

async function sortsOf(store: LedgerStore, prefix: string, limit: number): Promise<readonly string[]> {
  return (await store.readPartition({ partition: 'p', prefix, limit })).map(({ key: { sort } }) => sort);
}

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

const listed = (name: string, label: string, at: string): Parameters<LedgerStore['commit']>[0][number] => ({
  key: key(name),
  expectedVersion: 0,
  data: { name },
  listing: { label, at },
});

const filed = (name: string, workspace: string, at: string): Parameters<LedgerStore['commit']>[0][number] => ({
  key: key(name),
  expectedVersion: 0,
  data: { name },
  filters: { workspace: { value: workspace, at } },
  refiled: ['workspace'],
});

const pair = (expectedVersion: number, count: number): Parameters<LedgerStore['commit']>[0] =>
  ['left', 'right'].map((side) => ({ key: key(side), expectedVersion, data: { count } }));

async function contentOf(store: LedgerStore, name: string): Promise<unknown> {
  const [item] = await store.read([key(name)]);
  return item?.data;
}

/** Eight writers at once, each with the version it has read. Says who won; anyone who lost must have met a conflict. */
async function race(store: LedgerStore, expectedVersion: number): Promise<readonly number[]> {
  const writers = Array.from({ length: 8 }, (_, by) =>
    store.commit([{ key: key('contended'), expectedVersion, data: { by } }]),
  );
  const outcomes = await Promise.allSettled(writers);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(VersionConflictError);
  }
  return outcomes.flatMap(({ status }, by) => (status === 'fulfilled' ? [by] : []));
}

const nameOf = ({ data }: StoredItem): string => (data as { readonly name: string }).name;

async function namesOf(store: LedgerStore, query: ListingQuery): Promise<readonly string[]> {
  return (await store.list(query)).items.map(nameOf);
}

async function pagesOf(store: LedgerStore, query: ListingQuery): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await store.list(cursor === undefined ? query : { ...query, cursor });
    pages.push(page.items.map(nameOf));
    cursor = page.cursor;
  }
  return pages;
}

function expectEqual(actual: unknown, wanted: unknown): void {
  expect(actual).toEqual(wanted);
}

async function expectConflict(commit: Promise<void>): Promise<void> {
  await expect(commit).rejects.toBeInstanceOf(VersionConflictError);
}

async function expectForeign(list: Promise<unknown>): Promise<void> {
  await expect(list).rejects.toBeInstanceOf(InvalidCursorError);
}
