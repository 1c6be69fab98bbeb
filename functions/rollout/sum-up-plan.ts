import { createHash } from 'node:crypto';

import { canonicalJson } from '../domain/base/json';
import { type ChangeGroup, grouped, plus, severeOf } from '../domain/rollout/change-groups';
import type { RolloutRecord, RolloutTenant } from '../domain/rollout/rollout';
import { eachRolloutTenant } from '../ledger/rollout/rollout-tenants';
import type { ConfigurationAt } from '../ports/configurations';
import type { LedgerStore } from '../ports/ledger-store';

export interface SumUpPorts {
  readonly ledger: LedgerStore;
  readonly configurationAt: ConfigurationAt;
  readonly now: () => Date;
}

/**
 * Counts all that was planned. A plan is refused where a landing zone is gone that tenants are in: nobody could say
 * what is to become of their accounts.
 */
export async function sumUpPlan(ports: SumUpPorts, record: RolloutRecord): Promise<RolloutRecord> {
  const { ledger, configurationAt, now } = ports;
  const landingZones = record.kind === 'landing-zone' ? null : (await configurationAt(record.targetHash)).landingZones;
  const hash = createHash('sha256');
  const left = new Map<string, number>();
  let groups: readonly ChangeGroup[] = [];
  let severe: RolloutRecord['severe'] = { removesAccess: 0, movesUnit: 0, removesStackSet: 0 };
  const counts = { WAITING: 0, UNCHANGED: 0, REFUSED: 0 };
  for await (const tenant of eachRolloutTenant(ledger, record.id)) {
    const { tenantUuid, wave, changes, refusal, state, landingZone } = tenant;
    hash.update(canonicalJson({ tenantUuid, wave, changes, refusal, state }));
    groups = grouped(groups, [tenant]);
    severe = plus(severe, severeOf([tenant]));
    counts[countedAs(state)] += 1;
    const isLeft = landingZones !== null && landingZone !== null && !Object.hasOwn(landingZones, landingZone);
    if (isLeft) left.set(landingZone, (left.get(landingZone) ?? 0) + 1);
  }
  const sums = { changing: counts.WAITING, unchanged: counts.UNCHANGED, refused: counts.REFUSED };
  const planned = { ...record, ...sums, groups: [...groups], severe, cursor: null, plannedAt: now().toISOString() };
  return left.size > 0
    ? { ...planned, status: 'REFUSED', reason: reasonOf(left), endedAt: now().toISOString() }
    : { ...planned, status: 'PLANNED', planHash: hash.digest('hex') };
}

const reasonOf = (left: ReadonlyMap<string, number>): string => {
  const zones = [...left].map(([zone, tenants]) => `'${zone}' (${tenants} ${tenants === 1 ? 'tenant' : 'tenants'})`);
  return (
    `The configuration has no landing zone ${zones.join(', ')} any more. ` +
    'Put it back, or have its tenants send desired states of another landing zone first. Then deploy, and plan again.'
  );
};

const countedAs = (state: RolloutTenant['state']): 'WAITING' | 'UNCHANGED' | 'REFUSED' =>
  state === 'UNCHANGED' || state === 'REFUSED' ? state : 'WAITING';
