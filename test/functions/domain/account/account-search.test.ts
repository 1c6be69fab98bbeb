import * as fc from 'fast-check';

import {
  type AccountSearch,
  AccountSearchSchema,
  readFor,
  type SearchPlace,
  type SearchProgress,
  taken,
  withoutWish,
  withProgress,
  withWish,
  wishOf,
} from '../../../../functions/domain/account/account-search';
import { after, NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';

const wanted = (tenantUuid = TENANT, intendedAt = NOW.toISOString()) => ({
  tenantUuid,
  intendedAt,
  accountName: 'retail.webshop-dev',
  email: 'aws@corp.example',
});

const DAY = 24 * 3600;

const placeIn = (search: AccountSearch, now = NOW): SearchPlace => {
  const place = taken(search, now);
  if (place === undefined) throw new Error('There is no place to read.');
  return place;
};

const progressed = (search: AccountSearch, progress: Partial<SearchProgress>, now = NOW): AccountSearch => {
  const place = placeIn(search, now);
  const held = { ...search, readUntil: place.readUntil };
  const after = withProgress(
    held,
    place,
    { phase: 'requests', nextToken: null, finds: [], readsOn: false, ...progress },
    now,
  );
  if (after === undefined) throw new Error('The place is lost.');
  return after;
};

describe('a wish', () => {
  it('begins a reading where nobody reads', () => {
    expect(withWish(undefined, wanted(), NOW)).toEqual({
      reading: 1,
      phase: 'requests',
      nextToken: null,
      startedAt: NOW.toISOString(),
      readUntil: null,
      wishes: [
        {
          ...wanted(),
          wishedAt: NOW.toISOString(),
          reading: 1,
          asOf: NOW.toISOString(),
          candidates: [],
          holderId: null,
        },
      ],
    });
  });

  it('waits for the next reading where one is under way for another tenant', () => {
    const search = withWish(withWish(undefined, wanted(), NOW), wanted(OTHER_TENANT), after(1));
    expect(search).toMatchObject({ reading: 1, startedAt: NOW.toISOString() });
    expect(wishOf(search, wanted(OTHER_TENANT))).toMatchObject({ reading: 2, asOf: null });
  });

  it('is read for next once nobody waits for the reading that is under way', () => {
    const both = withWish(withWish(undefined, wanted(), NOW), wanted(OTHER_TENANT), after(1));
    const alone = withoutWish(both, TENANT);
    expect(alone.wishes.map(({ tenantUuid }) => tenantUuid)).toEqual([OTHER_TENANT]);
    expect(withWish(alone, wanted(OTHER_TENANT), after(2))).toMatchObject({
      reading: 2,
      phase: 'requests',
      startedAt: after(2).toISOString(),
      wishes: [{ tenantUuid: OTHER_TENANT, wishedAt: after(1).toISOString(), asOf: after(2).toISOString() }],
    });
  });

  it('is kept as it is when it is said again, and what was found with it', () => {
    const first = progressed(withWish(undefined, wanted(), NOW), { finds: [{ tenantUuid: TENANT, holderId: '4' }] });
    const again = withWish(first, wanted(), after(5));
    expect(again).toEqual(first);
  });

  it('of another time takes the place of the one before', () => {
    const later = wanted(TENANT, after(60).toISOString());
    const search = withWish(withWish(undefined, wanted(), NOW), later, after(60));
    expect(search.wishes).toHaveLength(1);
    expect(wishOf(search, wanted())).toBeUndefined();
    expect(wishOf(search, later)).toMatchObject({ reading: 2, wishedAt: after(60).toISOString() });
  });

  it.each([
    [DAY - 1, [OTHER_TENANT, TENANT]],
    [DAY, [TENANT]],
    [DAY + 1, [TENANT]],
  ])('that is %s seconds old when another comes: those of %o are left', (seconds, left) => {
    const search = withWish(withWish(undefined, wanted(OTHER_TENANT), NOW), wanted(), after(seconds));
    expect(search.wishes.map(({ tenantUuid }) => tenantUuid)).toEqual(left);
  });

  it('begins the next reading once the one before is over, even if another run still reads that', () => {
    const over = progressed(withWish(undefined, wanted(), NOW), { phase: 'over' });
    const search = withWish(over, wanted(OTHER_TENANT), after(5));
    expect(search).toMatchObject({ reading: 2, phase: 'requests', startedAt: after(5).toISOString() });
    expect(search.wishes.map(({ reading, asOf }) => [reading, asOf])).toEqual([
      [1, NOW.toISOString()],
      [2, after(5).toISOString()],
    ]);
    expect(withWish(over, wanted(), after(5))).toEqual(over);
  });

  it('is read back as it was written, by earlier releases too', () => {
    const search = withWish(undefined, wanted(), NOW);
    expect(AccountSearchSchema.parse({ ...search, more: 1 })).toEqual(search);
    for (const phase of ['requests', 'accounts', 'over']) {
      expect(AccountSearchSchema.parse({ ...search, phase }).phase).toBe(phase);
    }
    const [{ asOf: _, ...wish }] = search.wishes as [AccountSearch['wishes'][number]];
    expect(AccountSearchSchema.parse({ ...search, wishes: [wish] }).wishes[0]?.asOf).toBeNull();
    const found = progressed(search, {
      finds: [{ tenantUuid: TENANT, candidate: { requestId: 'car', accountId: null } }],
    });
    expect(AccountSearchSchema.parse(found)).toEqual(found);
  });

  it('is not found before anybody has wished', () => {
    expect(wishOf(undefined, wanted())).toBeUndefined();
  });
});

describe('how far was read for a wish', () => {
  const search = withWish(undefined, wanted(), NOW);
  const wish = { ...wanted(), wishedAt: '', reading: 3, asOf: null, candidates: [], holderId: null };

  it.each([
    [2, 'requests', 'nothing'],
    [2, 'accounts', 'nothing'],
    [2, 'over', 'nothing'],
    [3, 'requests', 'nothing'],
    [3, 'accounts', 'requests'],
    [3, 'over', 'everything'],
    [4, 'requests', 'everything'],
    [4, 'accounts', 'everything'],
  ] as const)('by reading %s in the phase %s: %s', (reading, phase, expected) => {
    expect(readFor({ ...search, reading, phase }, wish)).toBe(expected);
  });
});

describe('the place of the one who reads', () => {
  const search = withWish(withWish(undefined, wanted(), NOW), wanted(OTHER_TENANT), after(1));

  it('is for ninety seconds, and for those who waited when the reading began', () => {
    expect(taken({ ...search, nextToken: 'page-2' }, NOW)).toEqual({
      reading: 1,
      phase: 'requests',
      nextToken: 'page-2',
      readUntil: after(90).toISOString(),
      wishes: [search.wishes[0]],
    });
  });

  it.each([
    [89, false],
    [90, true],
    [91, true],
  ])('is free %s seconds after somebody took it: %s', (seconds, isFree) => {
    const held = { ...search, readUntil: after(90).toISOString() };
    expect(taken(held, after(seconds)) !== undefined).toBe(isFree);
  });

  it('is none when all was read', () => {
    expect(taken({ ...search, phase: 'over' }, NOW)).toBeUndefined();
  });

  it.each([
    ['nobody has wished', undefined],
    ['another reading has begun', { ...search, reading: 2, readUntil: after(90).toISOString() }],
    ['somebody else reads', { ...search, readUntil: after(91).toISOString() }],
  ])('is lost where %s', (_, now) => {
    const place = placeIn(search);
    const progress = { phase: 'accounts', nextToken: null, finds: [], readsOn: true } as const;
    expect(withProgress(now, place, progress, NOW)).toBeUndefined();
  });

  it('is kept for ninety seconds more by one that reads on, and free otherwise', () => {
    const on = progressed(search, { phase: 'accounts', nextToken: 'page-3', readsOn: true }, after(10));
    expect(on).toMatchObject({ phase: 'accounts', nextToken: 'page-3', readUntil: after(100).toISOString() });
    expect(progressed(search, { readsOn: false })).toMatchObject({ readUntil: null });
  });
});

describe('what is found', () => {
  const search = withWish(withWish(undefined, wanted(), NOW), wanted(OTHER_TENANT), after(1));
  const candidate = { requestId: 'car-1', accountId: null };
  const wishesAfter = (...finds: SearchProgress['finds']) => progressed(search, { finds }).wishes;

  it('is for the tenant that looks for it, in this reading', () => {
    const [mine, theirs] = wishesAfter(
      { tenantUuid: TENANT, candidate },
      { tenantUuid: OTHER_TENANT, candidate, holderId: '555555555555' },
    );
    expect(mine).toMatchObject({ candidates: [candidate], holderId: null });
    expect(theirs).toEqual(search.wishes[1]);
  });

  it('is there once, as it was found last', () => {
    const made = { requestId: 'car-1', accountId: '444444444444' };
    const other = { requestId: 'car-2', accountId: null };
    const finds = [candidate, other, made].map((found) => ({ tenantUuid: TENANT, candidate: found }));
    expect(wishesAfter(...finds)[0]?.candidates).toEqual([other, made]);
  });

  it('stays when nothing more is found', () => {
    const first = progressed(search, { finds: [{ tenantUuid: TENANT, candidate, holderId: '555555555555' }] });
    const [wish] = progressed(first, { finds: [{ tenantUuid: TENANT }] }).wishes;
    expect(wish).toMatchObject({ candidates: [candidate], holderId: '555555555555' });
  });
});

describe('those who come and go', () => {
  const step = fc.record({
    tenant: fc.constantFrom('a', 'b', 'c'),
    does: fc.constantFrom('wishes', 'goes', 'reads', 'ends'),
  });

  const stepped = (
    search: AccountSearch | undefined,
    { tenant, does }: { tenant: string; does: string },
    now: Date,
  ): AccountSearch | undefined => {
    if (does === 'wishes') return withWish(search, wanted(tenant), now);
    if (search === undefined || does === 'goes') return search === undefined ? search : withoutWish(search, tenant);
    if (taken(search, now) === undefined) return search;
    return progressed(search, { phase: does === 'reads' ? 'accounts' : 'over' }, now);
  };

  it('have each a reading that begins after the wish, and none is skipped', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let search: AccountSearch | undefined;
        for (const [second, one] of steps.entries()) {
          search = stepped(search, one, after(second * 100));
          const { reading = 0, startedAt, wishes = [] } = search ?? {};
          const begun = wishes.filter((wish) => wish.reading <= reading);
          expect(begun.every(({ asOf, wishedAt }) => asOf !== null && asOf >= wishedAt)).toBe(true);
          expect(begun.every((wish) => wish.reading < reading || wish.asOf === startedAt)).toBe(true);
          const waiting = wishes.filter((wish) => wish.reading > reading);
          expect(waiting.every((wish) => wish.reading === reading + 1 && wish.asOf === null)).toBe(true);
        }
      }),
    );
  });
});
