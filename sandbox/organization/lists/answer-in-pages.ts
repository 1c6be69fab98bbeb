import { createHash } from 'node:crypto';
import * as z from 'zod';

import type { PreparedCall } from '../services/operation';
import type { ListHabits, Listing } from './list-habits';
import { type ListShape, listShapes } from './list-shapes';

type Members = Readonly<Record<string, unknown>>;
type Prepare = (raw: unknown) => PreparedCall;

/** A position in a listing: behind the item with this mark, or before all. */
interface Place extends Listing {
  readonly behind: string | null;
  readonly size: number;
}

/**
 * Lets an operation that lists answer as AWS may: in another order, with pages that are smaller than asked for, and
 * with an empty page that is not the last. The operation itself need not know; it is asked for everything, page by
 * page.
 *
 * What comes or goes between two pages moves nothing else from one page to another: the order is of marks, and a token
 * names the last.
 *
 * @param operation as `organizations:ListAccounts`
 */
export function answeredInPages(habits: ListHabits, operation: string, raw: unknown, prepare: Prepare): PreparedCall {
  const shape = listShapes.get(operation);
  const request = membersOf(raw);
  const token = shape === undefined ? undefined : request[shape.tokenIn];
  const place = placeOf(token);
  const listing = token === undefined ? habits(operation) : place;
  if (shape === undefined || listing === null) return prepare(raw);
  const beginning: Members = { ...request, [shape.tokenIn]: undefined };
  const prepared = prepare(beginning);
  return {
    ...prepared,
    answer: async () => {
      const answers = await everything(shape, beginning, prepared, prepare);
      const items = answers.flatMap((answer) => itemsOf(shape, answer));
      return pageAt(shape, answers[0] ?? {}, items, place ?? beginningOf(shape, request, listing, items));
    },
  };
}

async function everything(
  shape: ListShape,
  request: Members,
  prepared: PreparedCall,
  prepare: Prepare,
): Promise<readonly Members[]> {
  const answers: Members[] = [];
  for (let call: PreparedCall | undefined = prepared; call !== undefined;) {
    const answer = membersOf(await call.answer());
    answers.push(answer);
    const next = answer[shape.tokenOut];
    call = next === undefined ? undefined : prepare({ ...request, [shape.tokenIn]: next });
  }
  return answers;
}

function beginningOf(shape: ListShape, request: Members, listing: Listing, items: readonly unknown[]): Place {
  const asked = Number(request[shape.size] ?? 0);
  const most = asked === 0 ? shape.most : Math.min(asked, shape.most);
  const size = Math.min(most, Math.max(1, Math.ceil(items.length / listing.pages)));
  return { ...listing, size, behind: null };
}

function pageAt(shape: ListShape, answer: Members, items: readonly unknown[], place: Place): Members {
  if (place.emptyFirst) return page(shape, answer, [], { ...place, emptyFirst: false });
  const marked = items
    .map((item) => ({ item, mark: markOf(place.seed, shape, item) }))
    .toSorted((one, other) => (one.mark < other.mark ? -1 : 1))
    .filter(({ mark }) => place.behind === null || mark > place.behind);
  const shown = marked.slice(0, place.size);
  const last = shown.at(-1);
  const next = last === undefined || marked.length === shown.length ? null : { ...place, behind: last.mark };
  return page(
    shape,
    answer,
    shown.map(({ item }) => item),
    next,
  );
}

function page(shape: ListShape, answer: Members, items: readonly unknown[], next: Place | null): Members {
  return {
    ...withItems(shape, answer, items),
    [shape.tokenOut]: next === null ? undefined : tokenOf(next),
    ...(shape.truncated === undefined ? {} : { [shape.truncated]: next !== null }),
  };
}

const holdersOf = ({ within }: ListShape, answer: Members): readonly unknown[] =>
  within === undefined ? [answer] : z.array(z.unknown()).parse(answer[within] ?? []);

const itemsOf = (shape: ListShape, answer: Members): readonly unknown[] =>
  holdersOf(shape, answer).flatMap((holder) => z.array(z.unknown()).parse(membersOf(holder)[shape.items] ?? []));

function withItems(shape: ListShape, answer: Members, items: readonly unknown[]): Members {
  const [holder] = holdersOf(shape, answer);
  const filled = { ...membersOf(holder), [shape.items]: items };
  return shape.within === undefined ? filled : { ...answer, [shape.within]: [filled] };
}

function markOf(seed: number, { id }: ListShape, item: unknown): string {
  const known = id.length === 0 ? item : id.map((member) => membersOf(item)[member]);
  return createHash('sha1')
    .update(`${seed} ${JSON.stringify(known)}`)
    .digest('hex');
}

const Form = z.object({
  seed: z.number(),
  emptyFirst: z.boolean(),
  pages: z.number(),
  behind: z.string().nullable(),
  size: z.number(),
});

const PREFIX = 'page.';

const tokenOf = (place: Place): string => PREFIX + Buffer.from(JSON.stringify(place)).toString('base64url');

/** Null where the token is not one of these: the operation judges it. */
function placeOf(token: unknown): Place | null {
  if (typeof token !== 'string' || !token.startsWith(PREFIX)) return null;
  try {
    return Form.parse(JSON.parse(Buffer.from(token.slice(PREFIX.length), 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** Every call comes by here, so that it is looked at without a schema. */
const membersOf = (value: unknown): Members => (isMembers(value) ? value : {});

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
