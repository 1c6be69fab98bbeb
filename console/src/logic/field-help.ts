import schema from '../../../docs/schema/desired-state.schema.json';

interface Part {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly anyOf?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
}

/** What the schema of the desired state says about a field: `tenant.metadata.uuid`; null: nothing. */
export function helpOf(field: string): string | null {
  const segments = field
    .replaceAll(/\[\d+\]/gu, '')
    .split('.')
    .filter((segment) => !/^\d*$/u.test(segment));
  let part: Part | undefined = schema;
  for (const segment of segments) part = (part?.items ?? part)?.properties?.[segment];
  return segments.length === 0 ? null : (part?.description ?? null);
}
