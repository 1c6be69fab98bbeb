import * as z from 'zod';

/** What was seen at a place in a value: a leaf, that something is there, or which fields or items there are. */
export const ReadSchema = z.object({
  path: z.array(z.string()),
  of: z.enum(['value', 'keys']),
  seen: z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
});

export type Read = z.infer<typeof ReadSchema>;

/**
 * A copy of a value that notes down what is read of it: another value in which the same is found there leads anyone who
 * reads it to the same result.
 */
export function recordingReads<T extends object>(
  value: T,
): { readonly copy: T; readonly reads: () => readonly Read[] } {
  const reads = new Map<string, Read>();
  const note = (read: Read): void => void reads.set(JSON.stringify([read.of, ...read.path]), read);
  return { copy: recording(structuredClone(value), [], note), reads: () => [...reads.values()] };
}

function recording<T extends object>(value: T, path: readonly string[], note: (read: Read) => void): T {
  const noteKeys = (target: object): void => {
    note({ path: [...path], of: 'keys', seen: Object.keys(target) });
  };
  return new Proxy(value, {
    get(target, key, receiver): unknown {
      const found: unknown = Reflect.get(target, key, receiver);
      // Methods of lists read their items through the copy.
      if (typeof key === 'symbol' || typeof found === 'function') return found;
      const place = [...path, key];
      note({ path: place, of: 'value', seen: seenOf(found) });
      return typeof found === 'object' && found !== null ? recording(found, place, note) : found;
    },
    has(target, key): boolean {
      noteKeys(target);
      return Reflect.has(target, key);
    },
    ownKeys(target): (string | symbol)[] {
      noteKeys(target);
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(target, key): PropertyDescriptor | undefined {
      noteKeys(target);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
}

/** Whether all of that is found in this value, too. */
export const isReadAlike = (reads: readonly Read[], value: unknown): boolean =>
  reads.every(({ path, of, seen }) => {
    const found = path.reduce<unknown>(childOf, value);
    const now = of === 'value' ? seenOf(found) : isObject(found) ? Object.keys(found) : null;
    return JSON.stringify(now) === JSON.stringify(seen);
  });

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const childOf = (value: unknown, key: string): unknown =>
  isObject(value) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;

/** Two objects differ by what is read of them further on; that nothing is there differs from `null`. */
function seenOf(value: unknown): Read['seen'] {
  if (value === undefined) return ['nothing'];
  if (isObject(value)) return [Array.isArray(value) ? 'list' : 'object'];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
