import { readableKey } from '../../functions/domain/desired-state/desired-state';
import { isSource } from './desired-states-in';
import { git } from './git-command';
import type { GitHistory } from './git-history';
import { rowsOfText } from './rows-of-text';

/** A tenant that an earlier commit of the folder has had. */
export interface EarlierTenant {
  readonly tenantUuid: string;
  /** Where it was last. */
  readonly file: string;
  /** The commit that has taken it out, and when that came. */
  readonly commit: string;
  readonly at: Date;
}

/**
 * The tenants that commits of the folder have taken out, each with the newest of these.
 *
 * @param present the uuids of those that are in the folder
 */
export function earlierTenants(
  folder: string,
  { commits }: GitHistory,
  present: ReadonlySet<string>,
): readonly EarlierTenant[] {
  const befores = commits.flatMap(({ hash, sequence, files }) =>
    // Objects are asked for one on a line.
    files
      .filter((file) => isSource(file) && !file.includes('\n'))
      .map((file) => ({ file, commit: hash, at: new Date(sequence) })),
  );
  const texts = textsOf(
    folder,
    befores.map(({ file, commit }) => `${commit}^:./${file}`),
  );
  const found = new Map<string, EarlierTenant>();
  for (const [index, before] of befores.entries()) {
    for (const tenantUuid of uuidsIn(before.file, texts[index] ?? '')) found.set(tenantUuid, { tenantUuid, ...before });
  }
  return [...found.values()].filter(({ tenantUuid }) => !present.has(tenantUuid));
}

/** A file that was broken then had none that could be ordered. */
const uuidsIn = (file: string, text: string): readonly string[] =>
  rowsOfText(file, text).rows.flatMap(({ value }) => tenantUuidOf(value) ?? []);

/** Also of a desired state that is otherwise faulty. */
export const tenantUuidOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null
    ? readableKey({ ...value, replicationSequence: 0 })?.tenantUuid
    : undefined;

/** The contents of these objects, in one call; undefined: there is no such file in that commit. */
function textsOf(folder: string, objects: readonly string[]): readonly (string | undefined)[] {
  if (objects.length === 0) return [];
  const answer = git(folder, ['cat-file', '--batch'], objects.map((object) => `${object}\n`).join(''));
  let rest = answer ?? Buffer.alloc(0);
  return objects.map(() => {
    const end = rest.indexOf('\n');
    const [, size] = /^[\da-f]+ blob (\d+)$/u.exec(rest.subarray(0, end).toString('utf8')) ?? [];
    const begin = end + 1;
    const length = size === undefined ? -1 : Number(size);
    const text = size === undefined ? undefined : rest.subarray(begin, begin + length).toString('utf8');
    rest = rest.subarray(begin + length + 1);
    return text;
  });
}
