import * as z from 'zod';

import { InvalidRequestError } from '../domain/errors';
import { collectionFaults, requestCost } from '../domain/metering/collected-month';
import { type Month, monthOf, monthsLater } from '../domain/metering/month';
import { countRequests } from '../ledger/usage-months';
import { askCosts } from './ask-costs';
import { type CollectedMonth, collectMonth } from './collect-month';
import type { CollectPorts } from './collect-ports';

export interface Collection {
  readonly months: readonly CollectedMonth[];
  /** Pages that AWS charges, and what they cost in US dollars. */
  readonly requests: number;
  readonly requestCost: string;
}

/** The schedule's event names no month; a person may. */
const InputSchema = z.object({ month: z.string().optional() });

/**
 * Collects the costs of this month and the last one, or of the month that is named, and reports them. Triggered once a day.
 *
 * One query covers all accounts and both months. A second run on the same answers writes nothing; one that was killed is done again, since
 * what is reported is replaced in one write, after all that it refers to is there. Whatever goes wrong leaves the reports as they were.
 *
 * @throws InvalidRequestError for a month that AWS cannot tell of; RejectedError, TransientError as AWS answers
 */
export async function collectCosts(ports: CollectPorts, input: unknown): Promise<Collection> {
  const now = ports.now();
  const months = wantedMonths(input, now);
  const [first, last] = [months[0] ?? monthOf(now), months.at(-1) ?? monthOf(now)];
  const costs = await askCosts(ports.reader, first, last, ports.metering.filter);
  await countRequests(ports.ledger, last, costs.requests, now);
  const collected: CollectedMonth[] = [];
  for (const month of months) collected.push(await collectMonth(ports, month, costs.answer, now));
  const requests = collected.reduce((sum, one) => sum + one.requests, costs.requests);
  ports.log.info('Costs are collected', {
    months: collected.map(({ month, state, changed }) => `${month} ${state}${changed ? '' : ', unchanged'}`).join('; '),
    requests,
    requestCost: requestCost(requests),
  });
  return { months: collected, requests, requestCost: requestCost(requests) };
}

function wantedMonths(input: unknown, now: Date): readonly Month[] {
  const { month } = InputSchema.parse(input ?? {});
  const current = monthOf(now);
  if (month === undefined) return [monthsLater(current, -1), current];
  const faults = collectionFaults('month', month, now);
  if (faults.length > 0) throw new InvalidRequestError(faults);
  return [month];
}
