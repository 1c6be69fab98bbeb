import type * as z from 'zod';

import { ProblemSchema, type VendingDetail, VendingDetailSchema } from '../../functions/api/responses';
import { readableKey } from '../../functions/domain/desired-state';
import type { Fault } from '../../functions/domain/fault';
import type { Stage } from '../stage/stage';
import type { Order } from './order';

/** How one order has gone so far. */
export interface OrderStatus {
  readonly order: Order;
  readonly tenantUuid: string | null;
  readonly status: 'ORDERED' | VendingDetail['status'] | 'UNREADABLE';
  readonly detail: VendingDetail | null;
  readonly faults: readonly Fault[];
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export type Watch = (statuses: readonly OrderStatus[], now: Date) => void;

/**
 * Orders everything at once and follows it through the application's own API until each order has ended, well or badly.
 *
 * @param watch is called after every look
 */
export async function vend(stage: Stage, orders: readonly Order[], watch: Watch): Promise<readonly OrderStatus[]> {
  let statuses = await Promise.all(orders.map((order) => place(stage, order)));
  watch(statuses, stage.now());
  while (statuses.some(({ endedAt }) => endedAt === null)) {
    await stage.pause();
    statuses = await Promise.all(statuses.map((status) => look(stage, status)));
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
  const { detail, errors } = ProblemSchema.parse(answer.body);
  const faults = errors.length > 0 ? errors : [{ field: 'request', message: detail }];
  return ended(stage, placed, { status: 'REJECTED', faults: faults.map(faultOf) });
}

async function look(stage: Stage, status: OrderStatus): Promise<OrderStatus> {
  if (status.endedAt !== null) return status;
  return status.tenantUuid === null ? lookForLetter(stage, status) : lookForVending(stage, status, status.tenantUuid);
}

async function lookForLetter(stage: Stage, status: OrderStatus): Promise<OrderStatus> {
  const [letter] = await stage.deadLetters();
  if (letter === undefined) return status;
  return ended(stage, status, { status: 'UNREADABLE', faults: [{ field: letter.field, message: letter.reason }] });
}

async function lookForVending(stage: Stage, status: OrderStatus, tenantUuid: string): Promise<OrderStatus> {
  const answer = await stage.callApi({ method: 'GET', path: `/vendings/${tenantUuid}` });
  if (answer.status !== 200) return status;
  const detail = VendingDetailSchema.parse(answer.body);
  const sequence = readableKey(status.order.desiredState)?.replicationSequence;
  if (detail.rejection?.replicationSequence === sequence && detail.replicationSequence !== sequence) {
    return ended(stage, status, { status: 'REJECTED', detail, faults: (detail.rejection?.faults ?? []).map(faultOf) });
  }
  if (detail.replicationSequence !== sequence) return { ...status, detail };
  return detail.status === 'VENDED' || detail.status === 'FAILED'
    ? ended(stage, status, { status: detail.status, detail })
    : { ...status, status: detail.status, detail };
}

function ended(stage: Stage, status: OrderStatus, end: Partial<OrderStatus>): OrderStatus {
  return { ...status, ...end, endedAt: stage.now() };
}

type Problem = z.infer<typeof ProblemSchema>;

const faultOf = ({ field, message }: Problem['errors'][number]): Fault => ({ field, message });
