import * as z from 'zod';

import { type JsonSchema, jsonSchemaOf } from '../../../functions/domain/base/json-schema';

/**
 * The JSON Schemas of the components of an OpenAPI document, by name. A schema whose `meta` has an id becomes a
 * component of its own.
 */
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
