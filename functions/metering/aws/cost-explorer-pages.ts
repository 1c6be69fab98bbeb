import { isCostPagingStale, isCostThrottle } from '../../aws/base/aws-error';

export type Pause = (seconds: number) => Promise<void>;

interface AnsweredPage<Page> {
  readonly page: Page;
  readonly next: string | undefined;
}

/** Reads the page of a token; the first one without. */
export type ReadPage<Page> = (token: string | undefined) => Promise<AnsweredPage<Page>>;

/** AWS says nothing of how fast Cost Explorer may be asked; waits double from one second, two minutes in all. */
const MOST_WAITS = 7;

/** How often all pages are begun again, because their data has changed meanwhile. */
const MOST_BEGINNINGS = 3;

/** All pages of one query: the SDK has no paginators for Cost Explorer. */
export async function allPages<Page>(pause: Pause, read: ReadPage<Page>): Promise<readonly Page[]> {
  for (let beginning = 1; ; beginning += 1) {
    try {
      return await pagesOf(pause, read);
    } catch (error) {
      if (!isCostPagingStale(error) || beginning === MOST_BEGINNINGS) throw error;
    }
  }
}

async function pagesOf<Page>(pause: Pause, read: ReadPage<Page>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const { page, next } = await patiently(pause, () => read(token));
    pages.push(page);
    token = next === '' ? undefined : next;
  } while (token !== undefined);
  return pages;
}

async function patiently<Answer>(pause: Pause, call: () => Promise<Answer>): Promise<Answer> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isCostThrottle(error) || waits === MOST_WAITS) throw error;
      await pause(2 ** waits);
    }
  }
}
