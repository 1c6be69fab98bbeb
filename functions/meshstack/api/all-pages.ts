import * as z from 'zod/mini';

import { InvalidRequestError } from '../../domain/base/errors';
import { type MeshStackSession, objectOf, type Question } from './mesh-stack-session';

/** As much as meshStack gives at once, a thousand, is more than it gives fast. */
export const PAGE_SIZE = 500;

/** A list that has no end is a fault of the other side. */
const MOST_PAGES = 1000;

const NO_END = `is a list of which one page leads back to another, or that has more than ${MOST_PAGES} pages. Tell those who run this meshStack.`;

const PageSchema = z.object({
  _embedded: z._default(z.record(z.string(), z.array(z.unknown())), {}),
  _links: z.object({ next: z.optional(z.object({ href: z.string() })) }),
});

/** The objects of a list, each as it came: from page to page by the links that meshStack gives. */
export async function allPages(
  session: MeshStackSession,
  question: Omit<Question, 'method' | 'mayRepeat'>,
  name: string,
): Promise<readonly unknown[]> {
  const objects: unknown[] = [];
  const asked = new Set<string>();
  let path: string | undefined = question.path;
  while (path !== undefined) {
    if (asked.has(path) || asked.size >= MOST_PAGES) throw endless(question.doing);
    asked.add(path);
    const { content } = await session({ ...question, path, method: 'GET', mayRepeat: true });
    const page: z.infer<typeof PageSchema> = objectOf(PageSchema, content, question.doing.replace(/^read /u, ''));
    objects.push(...(page._embedded[name] ?? []));
    path = page._links.next === undefined ? undefined : pathOf(page._links.next.href);
  }
  return objects;
}

/** Behind our own endpoint, whatever host the link names: the token goes nowhere else. */
function pathOf(href: string): string {
  const { pathname, search } = new URL(href, 'https://meshstack.invalid');
  return `${pathname}${search}`;
}

const endless = (doing: string): InvalidRequestError =>
  new InvalidRequestError([{ field: doing.replace(/^read /u, ''), message: NO_END }]);
