import * as z from 'zod/mini';

import { AnyText, Texts } from '../base/plain-schemas';

/**
 * Which accounts of the organization may become a tenant's: those in or below one of the units, and those with the tag.
 * Either suffices.
 */
export const ImportRulesSchema = z.object({
  organizationalUnits: Texts,
  tag: z.nullable(z.object({ key: AnyText, value: AnyText })),
});

export type ImportRules = Readonly<z.infer<typeof ImportRulesSchema>>;

/** The unit that an account is in, and the tags that it carries. */
export interface AccountPlace {
  /** From the unit (or root) that it is in up to the root. */
  readonly unitsAbove: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export const hasImportTag = ({ tag }: ImportRules, tags: AccountPlace['tags']): boolean =>
  tag !== null && Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value;

export const isInImportUnit = ({ organizationalUnits }: ImportRules, unitsAbove: AccountPlace['unitsAbove']): boolean =>
  organizationalUnits.some((unit) => unitsAbove.includes(unit));

/** What the rules allow, as the rest of a sentence. */
export function allowedImports({ organizationalUnits, tag }: ImportRules): string {
  const units = organizationalUnits.length === 0 ? [] : [`in or below ${organizationalUnits.join(', ')}`];
  return [...units, ...(tag === null ? [] : [`with the tag ${tag.key} = ${tag.value}`])].join(', or ');
}
