/**
 * The additional indices of a map, by name. A value must not change what they are computed from while it is in the map.
 */
type Indices<Value, Name extends string> = Readonly<Record<Name, (value: Value) => string>>;

/** A map whose values are also found by a common property without a scan: organizations have thousands of them. */
export class IndexedMap<Value, Name extends string> extends Map<string, Value> {
  readonly #indices: readonly Index<Value>[];
  readonly #byName: ReadonlyMap<string, Index<Value>>;

  constructor(indices: Indices<Value, Name>) {
    super();
    this.#byName = new Map(
      Object.entries<(value: Value) => string>(indices).map(([name, keyOf]) => [name, new Index(keyOf)]),
    );
    this.#indices = [...this.#byName.values()];
  }

  override set(key: string, value: Value): this {
    this.#forget(key);
    for (const index of this.#indices) index.note(key, value);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    this.#forget(key);
    return super.delete(key);
  }

  override clear(): void {
    for (const index of this.#indices) index.clear();
    super.clear();
  }

  /** Those that the index knows under this text, in the order in which they came. */
  having(index: Name, text: string): readonly Value[] {
    return this.#byName.get(index)?.under(text) ?? [];
  }

  #forget(key: string): void {
    const before = this.get(key);
    if (before === undefined) return;
    for (const index of this.#indices) index.forget(key, before);
  }
}

class Index<Value> {
  readonly #keyOf: (value: Value) => string;
  readonly #values = new Map<string, Map<string, Value>>();

  constructor(keyOf: (value: Value) => string) {
    this.#keyOf = keyOf;
  }

  note(key: string, value: Value): void {
    const text = this.#keyOf(value);
    const values = this.#values.get(text) ?? new Map<string, Value>();
    this.#values.set(text, values.set(key, value));
  }

  forget(key: string, value: Value): void {
    const text = this.#keyOf(value);
    const values = this.#values.get(text);
    values?.delete(key);
    if (values?.size === 0) this.#values.delete(text);
  }

  clear(): void {
    this.#values.clear();
  }

  under(text: string): readonly Value[] {
    return [...(this.#values.get(text)?.values() ?? [])];
  }
}
