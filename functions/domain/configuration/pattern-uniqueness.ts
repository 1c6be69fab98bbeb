import { javaFormat } from '../templates/java-format';
import type { PlatformConfiguration } from './platform-configuration';
import { placeholdersOf, type Placeholder } from '../templates/string-template';

/** So much of the random part tells tenants apart. */
const ENOUGH_OF_RAND = 8;

/** Numbers of which a format that cuts makes two the same. */
const NUMBERS = [1, 12, 123, 1234567, 12345678, 12345679];

/**
 * Patterns of what AWS has once only, by which two tenants may get the same. Nothing is refused for it: the second
 * tenant is, with the name of the first. Said beforehand, it can be changed before it matters.
 */
export const uniquenessRemarks = ({
  accountEmailPattern,
  accountAliasPattern,
}: Pick<PlatformConfiguration, 'accountEmailPattern' | 'accountAliasPattern'>): readonly string[] => [
  ...remarksOn('accountEmailPattern', 'e-mail address', accountEmailPattern),
  ...remarksOn('accountAliasPattern', 'alias', accountAliasPattern),
];

const remarkHead = (field: string): string => `${field} gives two tenants`;

/** Whether a plan was made by a pattern that tells tenants apart. */
export const isUniquePattern = (
  { remarks }: { readonly remarks: readonly string[] },
  field: 'accountEmailPattern' | 'accountAliasPattern',
): boolean => !remarks.some((remark) => remark.startsWith(remarkHead(field)));

const remarksOn = (field: string, what: string, pattern: string): readonly string[] =>
  tellsTenantsApart(pattern)
    ? []
    : [
        `${remarkHead(field)} of the same workspace and project the same ${what}, and the second of them is refused: #{tenantPlatformNumber} as its ` +
          'first or last placeholder, apart from the others by a hyphen or a dot, tells them apart.',
      ];

/** True by construction, whatever the identifiers are. */
function tellsTenantsApart(pattern: string): boolean {
  const placeholders = placeholdersOf(pattern);
  return placeholders.some(
    (placeholder, index) =>
      isLongRand(placeholder) || (isWholeNumber(placeholder) && isSetApart(pattern, placeholders, index)),
  );
}

const isLongRand = ({ name, format }: Placeholder): boolean =>
  name === 'rand' && javaFormat(format, 'x'.repeat(50)).length >= ENOUGH_OF_RAND;

const isWholeNumber = ({ name, format }: Placeholder): boolean =>
  name === 'tenantPlatformNumber' &&
  new Set(NUMBERS.map((number) => javaFormat(format, number))).size === NUMBERS.length;

/**
 * Read from one end, the number ends where a character begins that is in no number: what stands beyond it cannot be
 * taken for a part of it.
 */
function isSetApart(pattern: string, placeholders: readonly Placeholder[], index: number): boolean {
  const written = placeholders[index]?.written ?? '';
  const at = pattern.indexOf(written);
  const before = pattern.slice(0, at);
  const after = pattern.slice(at + written.length);
  const isLast = index === placeholders.length - 1;
  const isFirst = index === 0;
  return (isLast && (isFirst || /[^0-9a-fA-F}]$/u.test(before))) || (isFirst && /^[^0-9a-fA-F#]/u.test(after));
}
