/** How much is done side by side, and what is done one after the other. */
export interface SideBySide {
  /** Comes back when there is room for one more. */
  readonly enter: () => Promise<void>;
  readonly leave: () => void;
  /** Half as many from now on. Each one that ends well makes room again, little by little. */
  readonly narrow: () => void;
  /** Does something when all that came before is done. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

/** @param most never more than so many */
export function sideBySide(most: number): SideBySide {
  const waiting: (() => void)[] = [];
  let room = most;
  let atWork = 0;
  let lastTurn = Promise.resolve();
  const admit = (): void => {
    while (atWork < Math.floor(room)) {
      const next = waiting.shift();
      if (next === undefined) return;
      atWork += 1;
      next();
    }
  };
  return {
    enter: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        admit();
      }),
    leave: () => {
      atWork -= 1;
      room = Math.min(most, room + 1 / room);
      admit();
    },
    narrow: () => {
      room = Math.max(1, room / 2);
    },
    inTurn: (work) => {
      const turn = lastTurn.then(work);
      lastTurn = turn.catch(() => undefined);
      return turn;
    },
  };
}
