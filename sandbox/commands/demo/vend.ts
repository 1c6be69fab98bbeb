import { isDeepStrictEqual } from 'node:util';

import type * as z from 'zod';

import { ProblemSchema, type VendingDetail, VendingDetailSchema } from '../../../functions/api/responses';
import { contentHash, parsedJson } from '../../../functions/domain/base/json';
import { readableKey } from '../../../functions/domain/desired-state/desired-state';
import type { Fault } from '../../../functions/domain/base/fault';
import type { ApiAnswer, Stage } from '../../runtime/stage/stage';
import type { Order } from './order';

/** How one order has gone so far. */
export interface OrderStatus {
  readonly order: Order;
  readonly tenantUuid: string | null;
  /** `ERROR`: the API could not take the order; `SILENT`: the application never reported its end. */
  readonly status: 'ORDERED' | VendingDetail['status'] | 'UNREADABLE' | 'ERROR' | 'SILENT';
  readonly detail: VendingDetail | null;
  readonly faults: readonly Fault[];
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/**
 * Answers with which the application says no to an order. Every other one that is not good is trouble on the way to it,
 * or within.
 */
const REFUSALS: ReadonlySet<number> = new Set([409, 422]);

export type Watch = (statuses: readonly OrderStatus[], now: Date) => void;

/**
 * Orders everything at once and follows it through the application's own API until each order has ended, well or badly.
 * When nothing has changed for longer than the stage is patient, what is still open ends as `SILENT`.
 *
 * @param watch is called after every look
 */
export async function vend(stage: Stage, orders: readonly Order[], watch: Watch): Promise<readonly OrderStatus[]> {
  let statuses = await Promise.all(orders.map((order) => place(stage, order)));
  let changedAt = stage.now();
  watch(statuses, changedAt);
  while (statuses.some(({ endedAt }) => endedAt === null)) {
    await stage.pause();
    const looked = await Promise.all(statuses.map((status) => look(stage, status)));
    if (!isDeepStrictEqual(looked, statuses)) changedAt = stage.now();
    statuses = isTooQuiet(stage, changedAt) ? looked.map((status) => silent(stage, status)) : looked;
    watch(statuses, stage.now());
  }
  return statuses;
}

async function place(stage: Stage, order: Order): Promise<OrderStatus> {
  const placed: OrderStatus = {
    order,
    tenantUuid: readableKey(order.desiredState)?.tenantUuid ?? null,
    status: 'ORDERED',
    detail: null,
    faults: [],
    startedAt: stage.now(),
    endedAt: null,
  };
  if (order.trigger === 'event') {
    await stage.sendEvent(order.desiredState);
    return placed;
  }
  const answer = await stage.callApi({ method: 'POST', path: '/vendings', body: order.desiredState });
  if (answer.status === 200 || answer.status === 202) return placed;
  const problem = ProblemSchema.safeParse(answer.body);
  if (!REFUSALS.has(answer.status) || !problem.success) {
    return ended(stage, placed, { status: 'ERROR', faults: [troubleOf('POST /vendings', answer)] });
  }
  const { detail, errors } = problem.data;
  const faults = errors.length > 0 ? errors : [{ field: 'request', message: detail }];
  return ended(stage, placed, { status: 'REJECTED', faults: faults.map(faultOf) });
}

async function look(stage: Stage, status: OrderStatus): Promise<OrderStatus> {
  if (status.endedAt !== null) return status;
  return status.tenantUuid === null ? lookForLetter(stage, status) : lookForVending(stage, status, status.tenantUuid);
}

async function lookForLetter(stage: Stage, status: OrderStatus): Promise<OrderStatus> {
  const letters = await stage.deadLetters();
  const ordered = contentHash(status.order.desiredState);
  const letter = letters.find(({ body }) => contentHash(desiredStateIn(body) ?? null) === ordered);
  if (letter === undefined) return status;
  return ended(stage, status, { status: 'UNREADABLE', faults: letter.reason.split('\n').map(faultIn) });
}

async function lookForVending(stage: Stage, before: OrderStatus, tenantUuid: string): Promise<OrderStatus> {
  const path = `/vendings/${tenantUuid}`;
  const answer = await stage.callApi({ method: 'GET', path });
  // An event takes a moment to arrive, and a poll may fail: the next poll succeeds, or the stage's patience ends.
  if (answer.status === 404) return before;
  if (answer.status !== 200) return { ...before, faults: [troubleOf(`GET ${path}`, answer)] };
  return heard(stage, { ...before, faults: [] }, VendingDetailSchema.parse(answer.body));
}

/** What the API answers about the tenant may belong to an earlier order still, or to a later one already. */
function heard(stage: Stage, before: OrderStatus, detail: VendingDetail): OrderStatus {
  const sequence = readableKey(before.order.desiredState)?.replicationSequence ?? NEVER;
  const { rejection, status } = detail;
  if (rejection?.replicationSequence === sequence && detail.replicationSequence !== sequence) {
    return ended(stage, before, { status: 'REJECTED', detail, faults: rejection.faults.map(faultOf) });
  }
  if (isSuperseded(sequence, detail)) return ended(stage, before, { status: 'SUPERSEDED', detail });
  if (newestIn(detail) < sequence) return { ...before, detail };
  // The outcome is recorded a moment before the end of the last state: the timeline is complete once a poll finds
  // nothing new.
  return isOver(sequence, detail) && isDeepStrictEqual(detail, before.detail)
    ? ended(stage, before, { status, detail })
    : { ...before, status, detail };
}

/** Less than every sequence. */
const NEVER = -1;

const newestIn = ({ replicationSequence, deletion }: VendingDetail): number =>
  Math.max(replicationSequence ?? NEVER, deletion?.replicationSequence ?? NEVER);

/** A run that has started something goes to its end, and it is the next one that begins with the later order. */
const isSuperseded = (sequence: number, detail: VendingDetail): boolean =>
  newestIn(detail) > sequence && (detail.replicationSequence !== sequence || detail.status === 'CLOSED');

function isOver(sequence: number, { deletion, status }: VendingDetail): boolean {
  const isItsDeletion = deletion?.replicationSequence === sequence;
  return status === 'CLOSED' || status === 'FAILED' || status === 'SHADOWED' || (status === 'VENDED' && !isItsDeletion);
}

/**
 * Whether an order has reached its goal: an account, the end of one, or its replacement by a later order of its tenant.
 */
export const isFulfilled = ({ status }: OrderStatus): boolean =>
  status === 'VENDED' || status === 'CLOSED' || status === 'SUPERSEDED';

const isTooQuiet = (stage: Stage, since: Date): boolean =>
  stage.now().getTime() - since.getTime() > stage.patienceSeconds * 1000;

function silent(stage: Stage, status: OrderStatus): OrderStatus {
  if (status.endedAt !== null) return status;
  const message =
    `has told nothing new about this order for ${stage.patienceSeconds} seconds, so nobody waits for it any longer. ` +
    'Run the command again with --verbose and look for errors of the functions.';
  return ended(stage, status, { status: 'SILENT', faults: [...status.faults, { field: 'The application', message }] });
}

function ended(stage: Stage, status: OrderStatus, end: Partial<OrderStatus>): OrderStatus {
  return { ...status, ...end, endedAt: stage.now() };
}

function desiredStateIn(event: string): unknown {
  const parsed = parsedJson(event);
  return typeof parsed === 'object' && parsed !== null && 'detail' in parsed ? parsed.detail : undefined;
}

/** A line of a dead letter's reason: `field: what is wrong`. */
function faultIn(line: string): Fault {
  const [, field = 'The event', message = line] = /^(\S+): (.*)$/s.exec(line) ?? [];
  return { field, message };
}

function troubleOf(call: string, { status, body }: ApiAnswer): Fault {
  const problem = ProblemSchema.safeParse(body);
  const said = problem.success ? problem.data.detail : JSON.stringify(body);
  return { field: call, message: `was answered with ${status}: ${said}` };
}

type Problem = z.infer<typeof ProblemSchema>;

const faultOf = ({ field, message }: Problem['errors'][number]): Fault => ({ field, message });
