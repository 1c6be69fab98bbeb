import type { VendingsFilter } from '../logic/vendings-filter';
import { at } from './asking';
import { replay } from './actions';
import { api, ApiProblem, dataOf, type Schemas } from './client';

type Replay = Schemas['Replay'];

/** What is to be replayed: all that a filter finds, or those of them that somebody chose. */
export interface ReplayWish {
  readonly filter: VendingsFilter;
  /** Null: all. */
  readonly only: readonly { readonly tenantUuid: string }[] | null;
}

export interface ReplayPreview {
  readonly replays: readonly Replay[];
  /** There are more than a person reads: they are replayed when these are done. */
  readonly hasMore: boolean;
}

/** Of 20 vendings each. */
const MOST_PAGES = 10;
/** Those that somebody chose may stand far behind. */
const MOST_PAGES_TO_SEARCH = 50;

/** What would become of each. Nothing is written. */
export async function previewReplays({ filter, only }: ReplayWish): Promise<ReplayPreview> {
  const wanted = only === null ? null : new Set(only.map(({ tenantUuid }) => tenantUuid));
  const replays: Replay[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: Schemas['Replays'] = await replaysOf(filter, { dryRun: true, ...at(cursor) });
    replays.push(...page.replays.filter(({ tenantUuid }) => wanted?.has(tenantUuid) ?? true));
    ({ cursor } = page);
    pages += 1;
  } while (cursor !== null && pages < (wanted === null ? MOST_PAGES : MOST_PAGES_TO_SEARCH) && !isAll(replays, wanted));
  return { replays, hasMore: cursor !== null && wanted === null };
}

const isAll = (replays: readonly Replay[], wanted: ReadonlySet<string> | null): boolean =>
  wanted !== null && replays.length >= wanted.size;

/** Replays what a preview has shown. One that fails stops no other. */
export async function runReplays(
  { filter, only }: ReplayWish,
  preview: ReplayPreview,
  onResult: (results: readonly Replay[]) => void,
): Promise<void> {
  if (only !== null) {
    for (const one of preview.replays) onResult([await replayed(one)]);
    return;
  }
  let cursor: string | null = null;
  let done = 0;
  do {
    const page: Schemas['Replays'] = await replaysOf(filter, at(cursor));
    onResult(page.replays);
    done += page.replays.length;
    ({ cursor } = page);
  } while (cursor !== null && done < preview.replays.length);
}

const replaysOf = (
  { status, ...filter }: VendingsFilter,
  query: { readonly dryRun?: boolean; readonly cursor?: string },
): Promise<Schemas['Replays']> =>
  dataOf(
    api.POST('/replays', {
      params: { query: { ...filter, ...query, status: status === 'SHADOWED' ? 'SHADOWED' : 'FAILED' } },
    }),
  );

async function replayed(one: Replay): Promise<Replay> {
  try {
    const answer = await replay(one.tenantUuid);
    return { ...one, outcome: answer.replay, detail: null };
  } catch (error) {
    const isRefused = error instanceof ApiProblem && error.status < 500;
    const detail = error instanceof Error ? error.message : null;
    return { ...one, outcome: isRefused ? 'refused' : 'failed', detail };
  }
}
