import * as z from 'zod';

import type { Fault } from '../../functions/domain/base/fault';
import type { GitHistory } from './git-history';
import type { SourceRow } from './rows-of-text';

/** Where the sequences of files come from. */
export interface SequenceSource {
  readonly history: GitHistory | undefined;
  /** Milliseconds since 1970: the sequence that a file would get if it were committed now. */
  readonly now: number;
  /** Nothing is ordered, so it need not be committed. */
  readonly dryRun: boolean;
}

export type RowSequence =
  | { readonly ok: true; readonly sequence: number }
  | { readonly ok: false; readonly fault: Fault };

const WithSequenceSchema = z.object({ replicationSequence: z.number() });

/**
 * The sequence of a row: its own, or when the branch has got the file as it is. So a folder that has not changed has
 * the sequences that it had before, and an older checkout has lower ones.
 */
export function rowSequence({ file, value }: SourceRow, { history, now, dryRun }: SequenceSource): RowSequence {
  const own = WithSequenceSchema.safeParse(value).data?.replicationSequence;
  if (own !== undefined) return { ok: true, sequence: own };
  const committed = history?.commits.findLast(({ files }) => files.includes(file))?.sequence;
  const isCommitted = committed !== undefined && history?.uncommitted.has(file) === false;
  if (isCommitted) return { ok: true, sequence: committed };
  if (dryRun) return { ok: true, sequence: now };
  return {
    ok: false,
    fault: { field: 'replicationSequence', message: history === undefined ? NO_GIT : NOT_COMMITTED },
  };
}

const NO_GIT =
  'is missing, and the folder is in no Git repository, whose commits would tell it. Add it, or put the folder into one.';
const NOT_COMMITTED =
  'is missing, and the file has changes that are not committed; a commit would tell it. Commit them, or add it.';
