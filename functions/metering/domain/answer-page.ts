import * as z from 'zod/mini';

import type { Checked, Fault } from '../../domain/base/fault';
import { faultsOf } from '../../domain/base/schema-faults';

/** One page of an answer of Cost Explorer, as AWS gave it. */
export interface AnswerPage {
  /** The name of the file or of the item in the ledger, for messages. */
  readonly name: string;
  /** Pages of one query have the same; the service that reservations were asked for. */
  readonly query: string;
  readonly content: unknown;
}

/** Everything that Cost Explorer has answered about a month. Order is of no account. */
export interface CostAnswers {
  readonly costAndUsage: readonly AnswerPage[];
  readonly reservationUtilization: readonly AnswerPage[];
  readonly savingsPlansUtilizationDetails: readonly AnswerPage[];
}

export interface ReadPage<T> {
  readonly name: string;
  readonly query: string;
  readonly content: T;
}

/**
 * Parses pages; a page that says where the next one begins, and none that is the last, is an answer that was cut off.
 */
export function readPages<S extends z.ZodMiniType>(
  pages: readonly AnswerPage[],
  schema: S,
  nextOf: (content: z.output<S>) => string | null | undefined,
): Checked<readonly ReadPage<z.output<S>>[]> {
  const read: ReadPage<z.output<S>>[] = [];
  const faults: Fault[] = [];
  for (const { name, query, content } of pages.filter((page) => !saysDataUnavailable(page.content))) {
    const parsed = schema.safeParse(content, { reportInput: true });
    if (parsed.success) read.push({ name, query, content: parsed.data });
    else faults.push(...faultsOf(parsed.error, schema, 'content').map((fault) => inPage(name, fault)));
  }
  if (faults.length > 0) return { ok: false, faults };
  const cut = cutQueries(read, nextOf);
  return cut.length > 0 ? { ok: false, faults: cut } : { ok: true, value: read };
}

export const inPage = (name: string, { field, ...fault }: Fault): Fault => ({ field: `${name}: ${field}`, ...fault });

function cutQueries<T>(
  pages: readonly ReadPage<T>[],
  nextOf: (content: T) => string | null | undefined,
): readonly Fault[] {
  const isLast = ({ content }: ReadPage<T>): boolean => (nextOf(content) ?? '') === '';
  const byQuery = Map.groupBy(pages, ({ query }) => query);
  return [...byQuery.values()].flatMap((ofQuery) =>
    ofQuery.some(isLast)
      ? []
      : ofQuery.slice(-1).map(({ name }) => ({
          field: name,
          message: 'says that there is a next page, and the last page is not there. Fetch the missing pages as well.',
        })),
  );
}

const UnavailableSchema = z.object({ __type: z.string().check(z.regex(/(^|#)DataUnavailableException$/)) });

/** How Cost Explorer says that there are no reservations, or Savings Plans, in a month. */
const saysDataUnavailable = (content: unknown): boolean => UnavailableSchema.safeParse(content).success;
