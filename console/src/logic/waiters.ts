import type { VendingDetail } from '../api/client';

type Queued = Pick<VendingDetail, 'lane'>;

export type Waiter<Vending extends Queued> = Vending & { readonly lane: NonNullable<Vending['lane']> };

/** The runs that wait, by lane and in the order of their positions. */
export function waitersByLane<Vending extends Queued>(
  vendings: readonly Vending[],
): readonly { readonly name: string; readonly waiters: readonly Waiter<Vending>[] }[] {
  const waiting = vendings.flatMap((vending): readonly Waiter<Vending>[] =>
    vending.lane === null ? [] : [{ ...vending, lane: vending.lane }],
  );
  return [...Map.groupBy(waiting, ({ lane }) => lane.name)]
    .map(([name, waiters]) => ({
      name,
      waiters: waiters.toSorted((one, other) => one.lane.position - other.lane.position),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
