import { OperatorError } from '../operator-error';
import { git } from './git-command';

/** A commit of the branch that is checked out, and what it has changed in the folder. */
export interface FolderCommit {
  readonly hash: string;
  /**
   * Milliseconds since 1970 at which it came to this branch, and always more than the commit before it: clocks of
   * committers go wrong, and two commits may fall into one second.
   */
  readonly sequence: number;
  /** Relative to the folder. */
  readonly files: readonly string[];
}

export interface GitHistory {
  /** The oldest first. */
  readonly commits: readonly FolderCommit[];
  /** Files that are not as in the newest commit. */
  readonly uncommitted: ReadonlySet<string>;
}

/**
 * The history of a folder, along the first parents: a pull request counts when it was merged, and not when it was
 * written. Undefined where the folder is in no Git repository.
 *
 * @throws OperatorError where the history was cut off
 */
export function gitHistory(folder: string): GitHistory | undefined {
  const shallow = git(folder, ['rev-parse', '--is-shallow-repository']);
  if (shallow === undefined) return undefined;
  if (shallow.toString('utf8').trim() === 'true') {
    throw new OperatorError(
      `The Git history of ${folder} is cut off, so it does not say when a file has changed. Check all of it out: fetch-depth: 0 in GitHub's actions/checkout, or \`git fetch --unshallow\`.`,
    );
  }
  const uncommitted = git(folder, ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', '.']);
  const prefix = git(folder, ['rev-parse', '--show-prefix'])?.toString('utf8').trimEnd() ?? '';
  return { commits: commitsOf(folder), uncommitted: changedFiles(uncommitted?.toString('utf8') ?? '', prefix) };
}

/** `<hash> <seconds>`, which the name of no file with an ending is. */
const HEAD = /^(?<hash>[\da-f]{40,64}) (?<seconds>\d+)$/u;

function commitsOf(folder: string): readonly FolderCommit[] {
  if (!hasCommits(folder)) return [];
  const log = ['-c', 'log.showSignature=false', 'log', '--first-parent', '-m', '--reverse', '--format=%H %ct'];
  const text = git(folder, [...log, '--no-renames', '--name-only', '--relative', '-z', '--', '.']);
  const commits: { readonly hash: string; readonly sequence: number; readonly files: string[] }[] = [];
  for (const entry of text?.toString('utf8').split('\0') ?? []) {
    const { hash, seconds } = HEAD.exec(entry)?.groups ?? {};
    const newest = commits.at(-1);
    if (hash !== undefined) {
      const sequence = Math.max(Number(seconds) * 1000, (newest?.sequence ?? -1) + 1);
      commits.push({ hash, sequence, files: [] });
    } else if (entry !== '') newest?.files.push(entry.replace(/^\n/u, ''));
  }
  return commits;
}

const hasCommits = (folder: string): boolean =>
  git(folder, ['rev-list', '--all', '--max-count=1'])?.toString('utf8').trim() !== '';

/** ` M retail/webshop.yaml`, from the root of the repository. */
const changedFiles = (text: string, prefix: string): ReadonlySet<string> =>
  new Set(
    text
      .split('\0')
      .filter((entry) => entry.slice(3).startsWith(prefix) && entry !== '')
      .map((entry) => entry.slice(3 + prefix.length)),
  );
