import * as z from 'zod/v4/core';

/** The fields that a schema knows at a path, for the message to a user who misspelt one. */
export function fieldsAt(schema: z.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const here = unwrapped(schema);
  if (here instanceof z.$ZodUnion)
    return [...new Set(here._zod.def.options.flatMap((option) => fieldsAt(option, path)))];
  const [part, ...rest] = path;
  if (part === undefined) return here instanceof z.$ZodObject ? Object.keys(here._zod.def.shape) : [];
  const next = childOf(here, part);
  return next === undefined ? [] : fieldsAt(next, rest);
}

function childOf(schema: z.$ZodType, part: PropertyKey): z.$ZodType | undefined {
  if (schema instanceof z.$ZodArray) return schema._zod.def.element;
  if (schema instanceof z.$ZodRecord) return schema._zod.def.valueType;
  if (!(schema instanceof z.$ZodObject)) return undefined;
  const shape: Readonly<Record<PropertyKey, z.$ZodType>> = schema._zod.def.shape;
  return shape[part];
}

/** The schema inside `optional()`, `nullable()`, `default()`, `prefault()` and before a `transform()`. */
function unwrapped(schema: z.$ZodType): z.$ZodType {
  if (schema instanceof z.$ZodPipe) return unwrapped(schema._zod.def.in);
  if (
    schema instanceof z.$ZodOptional ||
    schema instanceof z.$ZodNullable ||
    schema instanceof z.$ZodDefault ||
    schema instanceof z.$ZodPrefault
  ) {
    return unwrapped(schema._zod.def.innerType);
  }
  return schema;
}
