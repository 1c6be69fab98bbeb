import * as fc from 'fast-check';
import type * as z from 'zod/mini';

/** The name of every field that only a newer release knows. */
export const NEWER_FIELD = 'fieldOfNextRelease';

type Definition = z.core.$ZodTypes['_zod']['def'];

const definitionOf = (schema: z.core.$ZodType): Definition => (schema as z.core.$ZodTypes)._zod.def;

/** Anything that a schema reads, with a field of a newer release in every object of it. */
export function recordsOf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const def = definitionOf(schema);
  if (def.type === 'object') {
    const parts = Object.entries(def.shape).map(([name, part]) => [name, recordsOf(part)] as const);
    const newer = fc.oneof(fc.string(), fc.record({ deep: fc.array(fc.nat()) }));
    return fc.record({ ...Object.fromEntries(parts), [NEWER_FIELD]: newer });
  }
  if (def.type === 'array') return fc.array(recordsOf(def.element), { maxLength: 3 });
  if (def.type === 'record') {
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), recordsOf(def.valueType), { maxKeys: 3 });
  }
  if (def.type === 'nullable') return fc.option(recordsOf(def.innerType), { nil: null, freq: 3 });
  if (def.type === 'optional' || def.type === 'default') return recordsOf(def.innerType);
  if (def.type === 'tuple') return fc.tuple(...def.items.map(recordsOf));
  if (def.type === 'union') return fc.oneof(...def.options.map(recordsOf));
  return valuesOf(def);
}

function valuesOf(def: Definition): fc.Arbitrary<unknown> {
  if (def.type === 'enum') return fc.constantFrom(...Object.values(def.entries));
  if (def.type === 'literal') return fc.constantFrom(...def.values);
  if (def.type === 'string') return fc.string();
  if (def.type === 'number') return fc.integer();
  if (def.type === 'boolean') return fc.boolean();
  if (def.type === 'unknown') return fc.jsonValue();
  throw new Error(`Records have no ${def.type} yet: say here what it reads.`);
}

interface Enumeration {
  readonly path: readonly (string | number)[];
  readonly words: readonly string[];
}

/** Where a record has the words of an enumeration. */
export function enumerationsIn(
  schema: z.core.$ZodType,
  value: unknown,
  path: Enumeration['path'] = [],
): readonly Enumeration[] {
  const def = definitionOf(schema);
  if (value === null || value === undefined) return [];
  if (def.type === 'enum') return [{ path, words: Object.values(def.entries).map(String) }];
  if (def.type === 'nullable' || def.type === 'optional' || def.type === 'default') {
    return enumerationsIn(def.innerType, value, path);
  }
  return Object.entries(value).flatMap(([name, one]) => {
    if (def.type === 'object') {
      const part = def.shape[name];
      return part === undefined ? [] : enumerationsIn(part, one, [...path, name]);
    }
    if (def.type === 'array') return enumerationsIn(def.element, one, [...path, Number(name)]);
    return def.type === 'record' ? enumerationsIn(def.valueType, one, [...path, name]) : [];
  });
}
