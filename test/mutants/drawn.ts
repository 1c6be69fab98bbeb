/** Draws so many of all, the same for the same seed. */
export function drawn<Item>(all: readonly Item[], wanted: number, seed: number): readonly Item[] {
  const pool = [...all];
  const taken: Item[] = [];
  for (let state = seed; taken.length < wanted && pool.length > 0;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    taken.push(...pool.splice(Math.floor((state / 2_147_483_648) * pool.length), 1));
  }
  return taken;
}
