import { unicodePattern } from './unicode-pattern';

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
