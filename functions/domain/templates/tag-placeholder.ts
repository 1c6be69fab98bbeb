import { unicodePattern } from '../base/fault';
import { nearest } from '../base/nearest-name';

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
