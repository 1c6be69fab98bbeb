import { nearest } from './nearest-name';
import { tagPlaceholder } from './tag-placeholder';
import { unicodePattern } from './unicode-pattern';

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
