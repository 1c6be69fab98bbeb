/** Does the same for each, so many at once, and answers in their order. */
export async function atOnce<Item, Result>(
  most: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const left = items.entries();
  const worker = async (): Promise<void> => {
    // All workers take from one iterator.
    for (const [index, item] of left) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: most }, worker));
  return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}
