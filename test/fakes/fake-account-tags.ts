import type { AccountTags } from '../../functions/ports/organizations';

/** The tags of one account, with room for 50. */
export class FakeAccountTags implements AccountTags {
  readonly writes: string[] = [];
  readonly #tags: Map<string, string>;

  constructor(tags: Readonly<Record<string, string>>) {
    this.#tags = new Map(Object.entries(tags));
  }

  get tags(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#tags);
  }

  list(): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve(this.tags);
  }

  put(_: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const keys = new Set([...this.#tags.keys(), ...Object.keys(tags)]);
    if (keys.size > 50) return Promise.reject(new Error('MAX_TAG_LIMIT_EXCEEDED'));
    for (const [key, value] of Object.entries(tags)) this.#tags.set(key, value);
    this.writes.push(`put ${Object.keys(tags).join(', ')}`);
    return Promise.resolve();
  }

  remove(_: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#tags.delete(key);
    this.writes.push(`remove ${keys.join(', ')}`);
    return Promise.resolve();
  }
}
