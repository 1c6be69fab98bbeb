/** The value of a JSON text, or undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first of them, as many as so many bytes of JSON hold. */
export function within<Item>(items: readonly Item[], mostBytes: number): readonly Item[] {
  let bytes = 0;
  return items.filter((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return bytes <= mostBytes;
  });
}
