import { $ZodCatch, type $ZodType, type output } from 'zod/v4/core';

/**
 * Reads whatever the schema does not, as `value`. It is what zod/mini's `catch` makes; that one brings all of zod's own
 * helpers into a bundle, 9 KB that each cold start would parse.
 */
export function caught<Schema extends $ZodType>(innerType: Schema, value: output<Schema>): $ZodCatch<Schema>;
export function caught(innerType: $ZodType, value: unknown): $ZodCatch {
  return new $ZodCatch({ type: 'catch', innerType, catchValue: () => value });
}
