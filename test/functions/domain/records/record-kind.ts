import type * as z from 'zod/v4/core';
import { parse, safeParse } from 'zod/mini';

import { NOW } from '../../../fakes/vending';

/*
 * What is written today is read back whole, and what an earlier release has written is read with what was true then. A
 * field that no list here names has to be there: a record without it is no record.
 */

export const at = NOW.toISOString();

export const key = { replicationSequence: 17, run: 1 };

export const change = { what: 'tag stage', from: null, to: 'dev' };

export const previewed = { ...change, state: 'TagAccount' };

export const refusal = { state: 'ImportAccount', message: 'No.', remedy: null };

export const error = { name: 'RejectedError', message: 'No.', remedy: null, accountLost: true };

export interface Kind {
  readonly schema: z.$ZodType;
  readonly whole: unknown;
  /** What is read where a field is absent, by its path; undefined: it is absent. */
  readonly absent?: Readonly<Record<string, unknown>>;
  /** All words that a field may have. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Any value will do. */
  readonly free?: readonly string[];
}

export const under = (field: string, parts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [`${field}.${name}`, value]));

/** The rules of a kind of record. */
export function recordRules(name: string, { schema, whole, absent = {}, words = {}, free = [] }: Kind): void {
  const isFree = (path: Path): boolean =>
    free.some((one) => path.join('.') === one || (one.endsWith('.') && path.join('.').startsWith(one)));
  const paths = pathsIn(whole).filter((path) => !isFree(path));

  describe(`a record: ${name}`, () => {
    it('is read back whole, without what nobody knows', () => {
      expect(parse(schema, { ...(whole as object), unheardOf: 1 })).toEqual(whole);
    });

    it('has all its fields, but for those that earlier releases did not write', () => {
      for (const path of paths.filter((one) => isField(whole, one))) {
        const read = safeParse(schema, changedAt(whole, path, undefined));
        const field = path.join('.');
        const found = read.success ? valueAt(read.data, path) : 'refused';
        expect([field, found]).toEqual([field, field in absent ? absent[field] : 'refused']);
      }
    });

    it('has values of the right kind', () => {
      for (const path of paths) {
        const [field, wrong] = [path.join('.'), wrongFor(valueAt(whole, path))];
        expect([field, safeParse(schema, changedAt(whole, path, wrong)).success]).toEqual([field, false]);
      }
    });

    it('has the words that there are, and no others', () => {
      for (const [field, known] of Object.entries(words)) {
        const path = field.split('.');
        for (const word of known) {
          const read = safeParse(schema, changedAt(whole, path, word));
          expect([field, word, read.success && valueAt(read.data, path)]).toEqual([field, word, word]);
        }
        for (const other of ['', 'other']) {
          expect([field, safeParse(schema, changedAt(whole, path, other)).success]).toEqual([field, false]);
        }
      }
    });
  });
}

type Path = readonly string[];

/** All fields, and the fields of what is in them; of a list, its first element. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const fields = Array.isArray(value) ? Object.keys(value).slice(0, 1) : Object.keys(value);
  const inner = fields.flatMap((field) => pathsIn((value as Record<string, unknown>)[field], [...path, field]));
  return path.length === 0 ? inner : [path, ...inner];
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], value);

/** A copy with another value there; `undefined` takes it away. */
function changedAt(value: unknown, path: Path, other: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (other === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = other;
  return copy;
}

const isField = (whole: unknown, path: Path): boolean => {
  const parent = valueAt(whole, path.slice(0, -1));
  // The names in a map are anybody's, and are one letter long here.
  return !Array.isArray(parent) && !(path.at(-1)?.length === 1 && Object.keys(parent as object).length === 1);
};

function wrongFor(value: unknown): unknown {
  if (value === null) return { wrong: 1 };
  return typeof value === 'string' ? 1 : 'wrong';
}
