/** What a name such as `var.external_id` stands for. */
export type Lookup = (name: string) => unknown;

/**
 * A value as python-hcl2 reads it: a text with its quotes, an expression as `${…}`, a list or a number. It knows
 * as much of Terraform's expressions as our modules need, and throws at everything else.
 */
export function evaluateHcl(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluateHcl(item, lookup));
  if (typeof value !== 'string') return value;
  const source = value.startsWith('${') && value.endsWith('}') ? value.slice(2, -1) : value;
  const reader = new HclReader(source, lookup);
  const result = reader.expression();
  reader.end();
  return result;
}

class HclReader {
  #at = 0;

  readonly source: string;
  readonly lookup: Lookup;

  constructor(source: string, lookup: Lookup) {
    this.source = source;
    this.lookup = lookup;
  }

  end(): void {
    this.#space();
    if (this.#at < this.source.length) throw this.#error();
  }

  expression(): unknown {
    let value = this.#primary();
    if (this.#take('!=')) value = value !== this.#primary();
    if (!this.#take('?')) return value;
    const yes = this.expression();
    if (!this.#take(':')) throw this.#error();
    const no = this.expression();
    return value === true ? yes : no;
  }

  #primary(): unknown {
    if (this.#take('"')) return this.#template();
    if (this.#take('[')) return this.#list();
    if (this.#take('{')) return this.#object();
    const name = this.#match(/[\w.-]+/uy);
    if (this.#take('(')) return callOf(name, this.#items(')'));
    if (name === 'null') return null;
    if (name === 'true' || name === 'false') return name === 'true';
    return this.lookup(name);
  }

  #template(): string {
    let text = '';
    for (;;) {
      if (this.#takes('"')) return text;
      if (this.#takes('$${')) text += '${';
      else if (this.#takes('%%{')) text += '%{';
      else if (this.#takes('${')) {
        text += String(this.expression());
        if (!this.#take('}')) throw this.#error();
      } else if (this.#takes('\\')) text += JSON.parse(`"${this.#match(/\\(?:u[\da-f]{4}|.)/uy, -1)}"`) as string;
      else text += this.#match(/[^]/uy);
    }
  }

  #list(): unknown {
    if (!this.#takes('for ')) return this.#items(']');
    const name = this.#match(/\w+/uy);
    if (!this.#take('in')) throw this.#error();
    const values = this.expression() as readonly unknown[];
    if (!this.#take(':')) throw this.#error();
    const begin = this.#at;
    const results = values.map((value) => {
      const inner = new HclReader(this.source, (known) => (known === name ? value : this.lookup(known)));
      inner.#at = begin;
      const result = inner.expression();
      this.#at = inner.#at;
      return result;
    });
    if (!this.#take(']')) throw this.#error();
    return results;
  }

  #items(close: string): readonly unknown[] {
    const items: unknown[] = [];
    while (!this.#take(close)) {
      items.push(this.expression());
      this.#take(',');
    }
    return items;
  }

  #object(): object {
    const fields: Record<string, unknown> = {};
    while (!this.#take('}')) {
      this.#space();
      const name = this.#match(/\w+/uy);
      if (!this.#take('=')) throw this.#error();
      fields[name] = this.expression();
      this.#take(',');
    }
    return fields;
  }

  #space(): void {
    while (/\s/u.test(this.source[this.#at] ?? '')) this.#at += 1;
  }

  #take(text: string): boolean {
    this.#space();
    return this.#takes(text);
  }

  #takes(text: string): boolean {
    if (!this.source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp, from = 0): string {
    pattern.lastIndex = this.#at + from;
    const [found] = pattern.exec(this.source) ?? [];
    if (found === undefined) throw this.#error();
    this.#at += from + found.length;
    return found;
  }

  #error(): Error {
    return new Error(`not understood at ${this.#at}: ${this.source.slice(this.#at, this.#at + 60)}`);
  }
}

function callOf(name: string, args: readonly unknown[]): unknown {
  const [first, second] = args;
  if (name === 'compact') return (first as readonly unknown[]).filter((item) => item !== null && item !== '');
  if (name === 'concat') return args.flat();
  if (name === 'split') return String(second).split(String(first));
  throw new Error(`The function ${name} is not known here.`);
}
