interface Lane {
  readonly name: string;
  readonly slots: readonly unknown[];
  readonly waiting: number;
}

/** Those with the longest line first, then those at work. */
export const lanesInOrder = <One extends Lane>(lanes: readonly One[]): readonly One[] =>
  lanes.toSorted((one, other) => other.waiting - one.waiting || other.slots.length - one.slots.length);

/** The one that somebody most likely asks about; null: nobody works or waits. */
export function busiestLane<One extends Lane>(lanes: readonly One[]): One | null {
  const [first] = lanesInOrder(lanes);
  return first === undefined || first.waiting + first.slots.length === 0 ? null : first;
}
