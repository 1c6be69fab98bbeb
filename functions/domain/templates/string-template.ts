import { unicodePattern } from '../base/fault';
import { nearest } from '../base/nearest-name';
import { JavaFormatError, javaFormat } from './java-format';

/*
 * meshStack's string templating, for account e-mail, account alias and group names: `#{name}` and `#{name:format}`,
 * where the format is one of Java's `String.format`. There is no escaping, no nesting and no default.
 * (meshcloud documentation, "String Templating".)
 */

/** What a pattern may name, and whether its values are numbers: formats differ. */
export type PlaceholderKinds = ReadonlyMap<string, 'string' | 'number'>;

export type PlaceholderValues = ReadonlyMap<string, string | number>;

const KINDS: PlaceholderKinds = new Map([
  ['workspaceIdentifier', 'string'],
  ['projectIdentifier', 'string'],
  ['meshProjectId', 'number'],
  ['platform', 'string'],
  ['rand', 'string'],
  ['tenantPlatformNumber', 'number'],
]);

/** For account e-mail and account alias. */
export const ACCOUNT_PLACEHOLDERS: PlaceholderKinds = KINDS;

/** For group names: `platformGroupAlias` is the AWS role of the role mapping. */
export const GROUP_PLACEHOLDERS: PlaceholderKinds = new Map([...KINDS, ['platformGroupAlias', 'string']]);

/** For what belongs to a workspace, and so to all of its projects. */
export const WORKSPACE_PLACEHOLDERS: PlaceholderKinds = new Map([['workspaceIdentifier', 'string']]);

/** The name of a placeholder before 2023, when workspaces were customers. */
const FORMER_NAMES: ReadonlyMap<string, string> = new Map([['customerIdentifier', 'workspaceIdentifier']]);

export interface Placeholder {
  readonly written: string;
  readonly name: string;
  readonly format: string;
}

/**
 * What is wrong with a pattern whatever the request, each completing the sentence "<field> …". None: it can be used.
 */
export function problemsOfStringTemplate(pattern: string, kinds: PlaceholderKinds): readonly string[] {
  const problems = placeholdersOf(pattern).flatMap(({ written, name, format }) => {
    const kind = isTagPlaceholder(name) ? 'string' : kinds.get(name);
    if (kind === undefined) return [unknownPlaceholder('#', name, kinds.keys())];
    const problem = formatProblem(format, kind === 'string' ? 'x' : 1);
    return problem === null ? [] : [`has a format that does not fit in ${written}: it ${problem}. Correct the format.`];
  });
  return [...problems, ...strayMarks(pattern)];
}

/**
 * A rendered pattern, or the placeholders that stand in the way: those without a value, or whose value no format fits.
 */
export type Rendered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly missing: readonly string[]; readonly unfit: readonly string[] };

/** Renders a pattern that has no problems (see {@link problemsOfStringTemplate}). */
export function renderStringTemplate(pattern: string, values: PlaceholderValues): Rendered {
  const placeholders = placeholdersOf(pattern);
  const missing = placeholders.map(({ name }) => name).filter((name) => !values.has(name));
  const unfit = placeholders.flatMap(({ written, name, format }) => {
    const problem = formatProblem(format, values.get(name) ?? '');
    return problem === null || !values.has(name) ? [] : [`${written} ${problem}`];
  });
  if (missing.length > 0 || unfit.length > 0) return { ok: false, missing: [...new Set(missing)], unfit };
  const text = pattern.replaceAll(PLACEHOLDER, (written) => {
    const { name, format } = placeholderOf(written);
    return javaFormat(format, values.get(name) ?? '');
  });
  return { ok: true, text };
}

const PLACEHOLDER = /#\{[^}]*\}/g;

export const placeholdersOf = (pattern: string): readonly Placeholder[] =>
  (pattern.match(PLACEHOLDER) ?? []).map(placeholderOf);

function placeholderOf(written: string): Placeholder {
  const inner = written.slice('#{'.length, -'}'.length);
  const colon = inner.indexOf(':');
  const name = colon < 0 ? inner : inner.slice(0, colon);
  return { written, name: FORMER_NAMES.get(name) ?? name, format: colon < 0 ? '%s' : inner.slice(colon + 1) };
}

function formatProblem(format: string, value: string | number): string | null {
  if (format === '') return 'is empty';
  try {
    javaFormat(format, value);
    return null;
  } catch (error) {
    if (error instanceof JavaFormatError) return error.message;
    throw error;
  }
}

function strayMarks(pattern: string): readonly string[] {
  const literal = pattern.replaceAll(PLACEHOLDER, '');
  return [
    ...(literal.includes('#{') ? [`opens a placeholder with '#{' that is never closed. Close it with '}'.`] : []),
    ...(literal.includes('${') ? [`uses '\${…}', which is for tag mappers only. Write '#{…}' here.`] : []),
  ];
}

/*
 * Both template engines name a tag as `tag` followed by the tag's name with its first letter in upper case:
 * `projectOwner` is `tagProjectOwner`. StackSet parameters and the landing-zone Lambda's payload are called the same.
 */

export const tagPlaceholder = (tagName: string): string => {
  const [first = '', ...rest] = Array.from(tagName);
  return `tag${first.toUpperCase()}${rest.join('')}`;
};

export const isTagPlaceholder = (name: string): boolean => unicodePattern('^tag[^\\p{Ll}]').test(name);

/** The likeliest name of the tag behind a placeholder, for messages: `tagProjectOwner` is `projectOwner`. */
export const tagNameOf = (placeholder: string): string => {
  const [first = '', ...rest] = Array.from(placeholder.slice('tag'.length));
  return `${first.toLowerCase()}${rest.join('')}`;
};

/** What is wrong with a placeholder that nobody knows, with the likeliest remedy. `mark` is `#` or `$`. */
export function unknownPlaceholder(mark: '#' | '$', name: string, known: Iterable<string>): string {
  const written = (placeholder: string): string => `${mark}{${placeholder}}`;
  const names = [...known];
  const tag = unicodePattern('^tag(?<tag>\\p{Ll}.*)$').exec(name)?.groups?.['tag'];
  const meant = tag === undefined ? nearest(name, names) : tagPlaceholder(tag);
  const remedy =
    meant === undefined
      ? `Known are ${names.map(written).join(', ')} and ${written('tag<TagName>')}.`
      : `Did you mean ${written(meant)}?`;
  return `uses the unknown placeholder ${written(name)}. ${remedy}`;
}
