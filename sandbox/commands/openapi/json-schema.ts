import * as z from 'zod';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 2020-12) of a zod schema: `input` is what may be sent, `output` what is answered.
 * Answers may grow, so their objects stay open.
 */
export const jsonSchemaOf = (
  schema: z.core.$ZodType,
  io: 'input' | 'output',
  target: 'draft-2020-12' | 'openapi-3.0' = 'draft-2020-12',
): JsonSchema =>
  z.toJSONSchema(schema, {
    io,
    target,
    override: ({ jsonSchema }) => {
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });

/** The same for the components of an OpenAPI document, by name; what has a `meta` id becomes a component of its own. */
export function componentsOf(
  schemas: Readonly<Record<string, readonly [schema: z.core.$ZodType, io: 'input' | 'output']>>,
): Readonly<Record<string, unknown>> {
  const components = Object.entries(schemas).flatMap(([name, [schema, io]]) => {
    const { $defs, $ref, ...own } = jsonSchemaOf(schema, io);
    const named = typeof $defs === 'object' && $defs !== null ? Object.entries($defs) : [];
    return $ref === undefined ? [[name, withoutDraft(own)] as const, ...named] : named;
  });
  return withReferences(Object.fromEntries(components.toSorted(([one], [other]) => (one < other ? -1 : 1))));
}

const withoutDraft = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));

const withReferences = (components: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(JSON.stringify(components).replaceAll('"#/$defs/', '"#/components/schemas/')));
