import { anyAddress, anyName, type Entry, type Finder, isOf, type Person } from './person';

/** The person to erase, and the pseudonym that replaces their names. */
export interface Erasing {
  readonly person: Person;
  readonly pseudonym: string;
}

/**
 * Fields that hold data about people, at any depth: lists of members, texts of steps and refusals, the senders of
 * requests.
 */
const ABOUT_PEOPLE = new Set([
  'members',
  'projectCreatorEmail',
  'ContactEmail',
  'remarks',
  'remark',
  'message',
  'remedy',
  'what',
  'from',
  'to',
  'value',
  'requestedBy',
  'replayedBy',
  'stoppedBy',
  'decidedBy',
  'reason',
]);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The same content with a pseudonym for the person. What does not name the person stays as it is.
 *
 * @param within the path of the only field that may change; all of it where absent
 */
export function erased(content: unknown, { person, pseudonym }: Erasing, within?: string): unknown {
  const finders = { names: anyName(person), addresses: anyAddress(person) };
  const inText = (text: string, finder: Finder): string => text.replaceAll(finder, pseudonym);
  const walk = (value: unknown, field: string, path: string): unknown => {
    const mayChange = within === undefined || `${path}.`.startsWith(`${within}.`);
    if (typeof value === 'string') return mayChange ? inText(value, finderFor(field, finders)) : value;
    if (Array.isArray(value)) return value.map((each) => walk(each, field, path));
    if (!isObject(value)) return value;
    if (mayChange && isEntry(value) && isOf(person, value)) return pseudonymized(value, pseudonym);
    // The map of members to meshUsers: both name people.
    const isMap = mayChange && field === 'meshIdentifiers';
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        isMap ? inText(name, finders.names) : name,
        walk(inner, isMap ? 'members' : name, pathTo(path, name)),
      ]),
    );
  };
  return walk(content, '', '');
}

const pathTo = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The fields in which the person is still named, by their paths. */
export function fieldsNaming(content: unknown, person: Person): readonly string[] {
  const finders = { names: anyName(person), addresses: anyAddress(person) };
  const walk = (value: unknown, field: string, path: string): readonly string[] => {
    if (typeof value === 'string') return value.search(finderFor(field, finders)) < 0 ? [] : [path];
    if (Array.isArray(value)) return value.flatMap((each) => walk(each, field, path));
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([name, inner]) => walk(inner, name, pathTo(path, name)));
  };
  return [...new Set(walk(content, '', ''))];
}

const finderFor = (
  field: string,
  { names, addresses }: { readonly names: Finder; readonly addresses: Finder },
): Finder => (ABOUT_PEOPLE.has(field) ? names : addresses);

const isEntry = (value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Entry =>
  typeof value['meshIdentifier'] === 'string' && Array.isArray(value['roles']);

/** Roles stay: that somebody had them is no personal data any more. */
function pseudonymized(entry: Readonly<Record<string, unknown>>, pseudonym: string): object {
  const { firstName, lastName, euid, email, ...others } = entry;
  const gone = Object.keys({ firstName, lastName, euid, email }).filter((name) => name in entry);
  return {
    ...others,
    meshIdentifier: pseudonym,
    username: pseudonym,
    ...Object.fromEntries(gone.map((name) => [name, null])),
  };
}
