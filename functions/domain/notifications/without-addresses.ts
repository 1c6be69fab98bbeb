/** Whatever stands around an `@` that is followed by a domain, as AWS and people write addresses. */
const ADDRESS = /[^\s@<>"'`(),;:[\]]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** A text in which no e-mail address is left. */
export const withoutAddresses = (text: string): string => text.replaceAll(ADDRESS, '(an e-mail address)');
