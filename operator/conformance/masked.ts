/** What AWS gives ids to, and the word that stands for them. The same id is the same number everywhere. */
const IDS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, 'e-mail'],
  [/\bcar-[a-z0-9]{8,32}\b/gu, 'request'],
  [/\bou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\b/gu, 'unit'],
  [/\br-[a-z0-9]{4,32}\b/gu, 'root'],
  [/\bo-[a-z0-9]{10,32}\b/gu, 'organization'],
  [/\b(?:sso)?ins-[A-Za-z0-9]{16}\b/gu, 'instance'],
  [/\bd-[a-z0-9]{10}\b/gu, 'identity store'],
  [/\b(?:prod|pp|pa|port|rec|lpv?\d?)-[a-z0-9]{8,}\b/gu, 'catalog id'],
  [/\b(?:AROA|AIDA|ANPA|ASIA|AKIA)[A-Z0-9]{12,}(?::[\w+=,.@-]+)?/gu, 'IAM id'],
  [/\b(?:[0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gu, 'uuid'],
  [/(?<![\d-])\d{12}(?!\d)/gu, 'account'],
];

/** A word of AWS: an enumeration, a version, an operation's or a type's name. */
const WORD_OF_AWS = /^(?:[A-Z][A-Z_]+|\d+(?:\.\d+)+|v\d+|true|false)$/u;

/** Lists may have all that an organization has. */
const MOST_ITEMS = 3;

export interface Masking {
  /** Of an answer: nothing is left but its shape, words of AWS, and what the case itself has named. */
  readonly answer: (value: unknown, named: ReadonlySet<string>) => unknown;
  /** Of a text of AWS for people: all but ids. */
  readonly text: (text: string) => string;
}

/** For one recording. It shows nothing of the organization but how AWS answers. */
export function masking(): Masking {
  const known = new Map<string, string>();
  const numberOf = (kind: string, id: string): string => {
    const word = known.get(`${kind} ${id}`);
    if (word !== undefined) return word;
    const made = `<${kind} ${[...known.keys()].filter((key) => key.startsWith(`${kind} `)).length + 1}>`;
    known.set(`${kind} ${id}`, made);
    return made;
  };
  const text = (whole: string): string =>
    IDS.reduce((left, [pattern, kind]) => left.replaceAll(pattern, (id) => numberOf(kind, id)), whole);
  const answer: Masking['answer'] = (value, named) => {
    if (value instanceof Date) return '<time>';
    if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => answer(item, named));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, answer(member, named)]));
    }
    if (typeof value !== 'string') return value;
    if (WORD_OF_AWS.test(value) || named.has(value)) return text(value);
    const masked = text(value);
    return /^<[^<>]+>$/u.test(masked) ? masked : '<text>';
  };
  return { answer, text };
}

/** Every text in a case's input: it is not the organization's. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
