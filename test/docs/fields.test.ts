import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The names of all fields that a JSON Schema describes, at any depth. */
function fieldsOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  const properties = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).safeParse(schema);
  const own = properties.success ? Object.keys(properties.data.properties) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}

describe('the documentation', () => {
  it.each([
    ['docs/configuration.md', 'config/schema/platform.schema.json'],
    ['docs/configuration.md', 'config/schema/landing-zone.schema.json'],
    ['docs/input.md', 'docs/schema/desired-state.schema.json'],
  ])('%s explains every field of %s', (document, schema) => {
    const words = new Set(read(document).match(/\$?\w+/g));
    const fields = new Set(fieldsOf(JSON.parse(read(schema))));

    expect([...fields].filter((field) => !words.has(field))).toEqual([]);
    expect(fields.size).toBeGreaterThan(8);
  });
});
