/* What jest's matchers are called here, of a type that objects of any type take. */

export const says = (text: string): unknown => expect.stringContaining(text);

export const fits = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export const having = (fields: object): unknown => expect.objectContaining(fields);
