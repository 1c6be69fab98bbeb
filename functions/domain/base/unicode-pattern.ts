/**
 * A pattern with classes of Unicode (`\p{L}`), made where it is used. As a literal it is parsed with the file that it
 * stands in: that makes the class, which takes V8 longer than a hundred schemas, at every cold start, and once more
 * where it is used.
 */
export const unicodePattern = (source: string, flags: 'u' | 'gu' = 'u'): RegExp => new RegExp(source, flags);
