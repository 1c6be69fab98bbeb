import type { Fault } from '../domain/base/fault';
import { shown } from '../domain/base/fault';
import { planKey } from '../ledger/base/keys';
import { snapshotsOf } from '../ledger/base/decide';
import { readDesiredState } from '../ledger/runs/pin-plan';
import type { VendingView } from '../ledger/runs/read-vending';
import { planOf } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { ApiRequest } from './api-request';
import type { VendingDetail } from './responses';

/** What a vending is told with where `include` asks for it. */
const INCLUDED = ['desiredState', 'plan'] as const;

const asked = ({ query }: Pick<ApiRequest, 'query'>): readonly string[] =>
  query['include'] === undefined ? [] : query['include'].split(',').map((one) => one.trim());

export function includeFaults(request: Pick<ApiRequest, 'query'>): readonly Fault[] {
  const known = INCLUDED.join(', ');
  return asked(request)
    .filter((one) => !INCLUDED.some((name) => name === one))
    .map((one) => ({ field: 'include', message: `is ${shown(one)}; it may be ${known}.`, value: one, limit: known }));
}

/** The newest desired state of the tenant, as it came in, and the plan of its newest run. */
export async function included(
  ledger: LedgerStore,
  { tenant }: VendingView,
  request: Pick<ApiRequest, 'query'>,
): Promise<Pick<VendingDetail, 'desiredState' | 'plan'>> {
  const wanted = new Set(asked(request));
  return {
    ...(wanted.has('desiredState') ? { desiredState: await desiredStateOf(ledger, tenant) } : {}),
    ...(wanted.has('plan') ? { plan: await lastPlan(ledger, tenant) } : {}),
  };
}

type Tenant = VendingView['tenant'];

/** Null where it is not kept: none was ever accepted, or it was forgotten with the tenant. */
async function desiredStateOf(
  ledger: LedgerStore,
  { tenantUuid, latestSequence }: Tenant,
): Promise<VendingDetail['desiredState']> {
  if (latestSequence < 0) return null;
  return (await readDesiredState(ledger, { tenantUuid, replicationSequence: latestSequence, run: 1 })) ?? null;
}

async function lastPlan(ledger: LedgerStore, { tenantUuid, lastRun }: Tenant): Promise<VendingDetail['plan']> {
  if (lastRun === null) return null;
  const [item] = await snapshotsOf(ledger, [planKey(tenantUuid, lastRun.replicationSequence, lastRun.run)]);
  return planOf(item) ?? null;
}
