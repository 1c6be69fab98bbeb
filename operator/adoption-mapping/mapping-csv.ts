import { csv } from '../csv-text';
import type { Mapped } from './mapped-rows';

/** A mapping as `vendings adopt --mapping` reads it. */
export function mappingCsv(rows: Mapped['rows']): string {
  const tags = [...new Set(rows.flatMap(({ tags = {} }) => Object.keys(tags)))].toSorted();
  const hasContacts = rows.some(({ contactEmail }) => contactEmail !== undefined);
  const contact = (value: string): readonly string[] => (hasContacts ? [value] : []);
  const head = [...NAMES, ...contact('contactEmail'), ...tags.map((tag) => `tag:${tag}`)];
  const lines = rows.map((row) => [
    ...NAMES.map((name) => row[name]),
    ...contact(row.contactEmail ?? ''),
    ...tags.map((tag) => row.tags?.[tag] ?? ''),
  ]);
  return csv([head, ...lines]);
}

const NAMES = ['accountId', 'workspace', 'project', 'landingZone'] as const;
