import { echoed, shown, type Fault } from '../base/fault';

const SHORTEST = 3;
const LONGEST = 63;

/** As meshStack does before it sets an alias: no hyphens at the ends, and single ones in between. */
export const sanitizedAlias = (rendered: string): string => rendered.replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');

/**
 * What AWS holds against an account alias.
 * (IAM API reference, "CreateAccountAlias"; IAM user guide: an alias may not be 12 digits, which would be an account
 * id.)
 */
export function aliasFaults(alias: string): readonly Fault[] {
  const field = 'accountAliasPattern';
  const value = echoed(alias);
  const faults: Fault[] = [];
  if (alias.length < SHORTEST || alias.length > LONGEST) {
    const message = `renders to ${shown(alias)}, which has ${alias.length} characters; AWS accepts ${SHORTEST} to ${LONGEST}. Choose other identifiers, or change the pattern, as in #{projectIdentifier:%.20s}.`;
    faults.push({ field, message, value, limit: alias.length < SHORTEST ? SHORTEST : LONGEST });
  }
  const illegal = new Set(alias.match(/[^a-z0-9-]/gu));
  if (illegal.size > 0) {
    const message = `renders to ${shown(alias)}; an alias may have lower-case letters, digits and hyphens only, not ${[...illegal].map(shown).join(', ')}. Change the pattern, or the identifiers and tags that it uses.`;
    faults.push({ field, message, value, limit: 'a-z, 0-9, -' });
  }
  if (/^\d{12}$/.test(alias)) {
    const message = `renders to ${shown(alias)}; an alias of 12 digits looks like an account id and is refused by AWS. Add a letter to the pattern.`;
    faults.push({ field, message, value, limit: 'not 12 digits' });
  }
  return faults;
}
