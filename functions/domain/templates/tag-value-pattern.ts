import { isTagPlaceholder, unknownPlaceholder } from './string-template';

/*
 * The value patterns of tag mappers: `${name}`, at most one of them, with literal text around it; no formats.
 * (meshcloud documentation, "How to Manage Tags".) A tag of the tenant is named as in string templates.
 */

/** What meshStack tells of a workspace's owners, and a desired state does not. */
export const OWNER_NAMES = [
  'contactMail',
  'ownerUsername',
  'ownerFirstName',
  'ownerLastName',
  'additionalOwnerUsername',
  'additionalOwnerFirstName',
  'additionalOwnerLastName',
] as const;

const NAMES: ReadonlySet<string> = new Set([
  'projectIdentifier',
  'projectName',
  'workspaceIdentifier',
  'workspaceName',
  'landingZoneName',
  'landingZoneIdentifier',
  'paymentIdentifier',
  'paymentName',
  'paymentExpirationDate',
  'paymentAmount',
  ...OWNER_NAMES,
]);

/** Names of before 2023. */
const FORMER_NAMES: ReadonlyMap<string, string> = new Map([
  ['customerIdentifier', 'workspaceIdentifier'],
  ['customerName', 'workspaceName'],
  ['landingzone', 'landingZoneName'],
]);

/** What is wrong with a value pattern whatever the request, each completing the sentence "<field> …". */
export function problemsOfTagValuePattern(pattern: string): readonly string[] {
  const names = namesIn(pattern);
  const literal = pattern.replaceAll(PLACEHOLDER, '');
  return [
    ...names
      .filter((name) => !NAMES.has(name) && !isTagPlaceholder(name))
      .map((name) => unknownPlaceholder('$', name, NAMES)),
    ...(names.length > 1
      ? [`has ${names.length} placeholders; at most 1 is allowed. Use one tag mapper for each.`]
      : []),
    ...(literal.includes('${') ? [`opens a placeholder with '\${' that is never closed. Close it with '}'.`] : []),
    ...(literal.includes('#{') ? [`uses '#{…}', which is for e-mail, alias and groups. Write '\${…}' here.`] : []),
  ];
}

/** The tag's value; null when it is to be skipped, since the tag that the pattern names is absent. */
export function renderTagValuePattern(pattern: string, values: ReadonlyMap<string, string>): string | null {
  if (namesIn(pattern).some((name) => !values.has(name))) return null;
  return pattern.replaceAll(PLACEHOLDER, (written) => values.get(nameOf(written)) ?? '');
}

const PLACEHOLDER = /\$\{[^}]*\}/g;

const namesIn = (pattern: string): readonly string[] => (pattern.match(PLACEHOLDER) ?? []).map(nameOf);

const nameOf = (written: string): string => {
  const name = written.slice('${'.length, -'}'.length);
  return FORMER_NAMES.get(name) ?? name;
};
