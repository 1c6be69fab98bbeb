import * as z from 'zod/mini';
import { $ZodCatch, type $ZodType, type output } from 'zod/v4/core';

/*
 * What most fields of records are. Each is made once and used by all: a schema of its own for each of some hundred
 * fields is what a cold start would spend most of its time on, after the SDK.
 */

export const AnyText = z.string();

export const AnyNumber = z.number();
export const AnyFlag = z.boolean();
export const TextOrNull = z.nullable(AnyText);
export const NumberOrNull = z.nullable(AnyNumber);
export const Texts = z.array(AnyText);
export const TextByName = z.record(AnyText, AnyText);
/** Fields that earlier releases did not write. */
export const NoByDefault = z._default(AnyFlag, false);
export const NullByDefault = z._default(TextOrNull, null);

/**
 * Reads whatever the schema does not, as `value`. It is what zod/mini's `catch` makes; that one brings all of zod's own
 * helpers into a bundle, 9 KB that each cold start would parse.
 */
export function caught<Schema extends $ZodType>(innerType: Schema, value: output<Schema>): $ZodCatch<Schema>;
export function caught(innerType: $ZodType, value: unknown): $ZodCatch {
  return new $ZodCatch({ type: 'catch', innerType, catchValue: () => value });
}

/** The same schema, with what documents made of it tell. */
export function described<Schema extends z.core.$ZodType>(schema: Schema, description: string): Schema {
  const copy = z.clone(schema);
  z.globalRegistry.add(copy, { description });
  return copy;
}

/** The first of them, as many as so many bytes of JSON hold. */
export function within<Item>(items: readonly Item[], mostBytes: number): readonly Item[] {
  let bytes = 0;
  return items.filter((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return bytes <= mostBytes;
  });
}
