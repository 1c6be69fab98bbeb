import type { LineRecord } from './lane-records';

/*
 * How many wait in a lane, and who before whom, in one small item: a request for a position reads that, however many
 * wait. It counts places in groups of neighbours. Up to a hundred have a group each, and every position is exact; in a
 * longer line a position is as exact as its group is small.
 */

/** More would make the item cost more to read than that of a short line: 4 KB, together with the lane's own. */
const MAX_GROUPS = 100;

type Group = LineRecord['groups'][number];

export const EMPTY_LINE: LineRecord = { groups: [] };

export const waitingIn = ({ groups }: LineRecord): number => sumOf(groups);

const sumOf = (groups: readonly Group[]): number => groups.reduce((sum, [, waiting]) => sum + waiting, 0);

/** @param place places stand in the order of their texts */
export function joined({ groups }: LineRecord, place: string): LineRecord {
  const before = groups.filter(([from]) => from < place);
  const same = groups[before.length]?.[0] === place ? groups[before.length] : undefined;
  const after = groups.slice(before.length + (same === undefined ? 0 : 1));
  const all: readonly Group[] = [...before, [place, (same?.[1] ?? 0) + 1], ...after];
  return { groups: all.length > MAX_GROUPS ? withOneLess(all) : [...all] };
}

export function left({ groups }: LineRecord, place: string): LineRecord {
  const index = groups.findLastIndex(([from]) => from <= place);
  const fewer = groups.map(([from, waiting], i): Group => [from, i === index ? waiting - 1 : waiting]);
  return { groups: fewer.filter(([, waiting]) => waiting > 0) };
}

/** How many stand before a place. Within a group nobody knows: it is taken to be in the middle. */
export function aheadOf({ groups }: LineRecord, place: string): number {
  const index = groups.findLastIndex(([from]) => from <= place);
  const [from = place, waiting = 1] = groups[index] ?? [];
  return sumOf(groups.slice(0, Math.max(0, index))) + (from === place ? 0 : Math.floor((waiting - 1) / 2));
}

/** The two neighbours that are fewest together become one group. */
function withOneLess(groups: readonly Group[]): Group[] {
  const sums = groups.slice(1).map(([, waiting], index) => waiting + (groups[index]?.[1] ?? 0));
  const at = sums.indexOf(Math.min(...sums));
  return groups.flatMap(([from, waiting], index): Group[] => {
    if (index === at) return [[from, sums[at] ?? waiting]];
    return index === at + 1 ? [] : [[from, waiting]];
  });
}
