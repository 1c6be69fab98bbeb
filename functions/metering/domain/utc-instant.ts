import * as z from 'zod/mini';

const IsoSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })]);

/**
 * A day or an instant as AWS writes it (ISO 8601): `2026-01-01`, `2026-01-01T00:00:00.000Z`. What has no time zone is
 * in UTC, wherever it is read: months of bills are UTC's. Null: the text is no such thing, or names a day that is in no
 * calendar.
 */
export function utcInstant(text: string): Date | null {
  if (!IsoSchema.safeParse(text).success) return null;
  const isLocal = text.includes('T') && !/(Z|[+-]\d\d:?\d\d)$/.test(text);
  return new Date(isLocal ? `${text}Z` : text);
}
