import type { Configuration } from '../domain/configuration/configuration';
import { configuredLanes } from '../domain/queue/configured-lanes';
import type { Lane } from '../domain/queue/lanes';
import { waitingIn } from '../domain/queue/waiting-line';
import { readLane } from '../ledger/queue/lane-queue';
import { listWaiters, type Waiter } from '../ledger/queue/list-waiters';
import { estimateVending } from '../ledger/runs/estimate-vending';
import { readVending } from '../ledger/runs/read-vending';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf } from './api-request';
import type { LaneList, WaiterList } from './operator-responses';

export interface LanePorts {
  readonly ledger: LedgerStore;
  readonly configuration: Configuration;
  readonly now: () => Date;
}

/** `GET /lanes?limit=50&cursor=…`: who works, and how many wait, in each queue for a capacity of AWS. */
export async function getLanes({ ledger, configuration }: LanePorts, request: ApiRequest): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const after = request.query['cursor'] ?? '';
  const limit = pageSizeOf(request);
  const lanes = configuredLanes(configuration).filter(({ name }) => name > after);
  const page = lanes.slice(0, limit);
  const body: LaneList = {
    lanes: await Promise.all(page.map((lane) => stateOf(ledger, lane))),
    cursor: lanes.length > limit ? (page.at(-1)?.name ?? null) : null,
  };
  return answer(200, body);
}

async function stateOf(ledger: LedgerStore, { name, capacity }: Lane): Promise<LaneList['lanes'][number]> {
  const { record, line } = await readLane(ledger, name);
  const slots = record.slots.map(({ slot, tenantUuid, run, since }) => ({ slot, tenantUuid, ...run, since }));
  return { name, capacity, unlimited: record.unlimited, slots, waiting: waitingIn(line) };
}

/** `GET /lanes/{lane}/waiters?limit=50&cursor=…`: who waits there, the first one first. */
export async function getWaiters(ports: LanePorts, request: ApiRequest): Promise<Answer> {
  const faults = pageSizeFaults(request);
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const { ledger, configuration } = ports;
  const name = request.pathParameters['lane'] ?? '';
  const names = configuredLanes(configuration).map((lane) => lane.name);
  if (!names.includes(name)) return problem('not-found', `There is no lane '${name}'. There are ${names.join(', ')}.`);
  const limit = pageSizeOf(request);
  const found = await listWaiters(ledger, name, { limit: limit + 1, after: request.query['cursor'] ?? null });
  const page = found.slice(0, limit);
  const body: WaiterList = {
    waiters: await Promise.all(page.map((waiter) => waiterOf(ports, waiter))),
    cursor: found.length > limit ? (page.at(-1)?.place ?? null) : null,
  };
  return answer(200, body);
}

async function waiterOf(
  { ledger, now }: LanePorts,
  { record, position }: Waiter,
): Promise<WaiterList['waiters'][number]> {
  const { tenantUuid, run, since } = record;
  const view = await readVending(ledger, tenantUuid);
  const estimate = view?.run == null ? null : await estimateVending(ledger, view.tenant, view.run, now());
  return { tenantUuid, ...run, since, position, estimate };
}
