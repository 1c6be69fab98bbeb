import { within } from '../domain/base/plain-schemas';
import type { Configuration } from '../domain/configuration/configuration';
import { judgeKnownTenant } from '../domain/planning/judge-desired-state';
import type { VendingPlan } from '../domain/plan/plan';
import type { TenantRecord } from '../domain/records/ledger-records';
import { isToBeBrought, type RolloutRecord, type RolloutTenant } from '../domain/rollout/rollout';
import { FIRST_WAVE, isInCanary, waveOf } from '../domain/rollout/waves';
import { inOneText } from '../domain/base/fault';
import { changesNothing, type Preview } from '../domain/run/preview';
import { TENANT_SORT, tenantUuidOf } from '../ledger/base/keys';
import { readRolloutTenants, writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import { readDesiredState } from '../ledger/runs/pin-plan';
import { modeOf } from '../ledger/fleet/landing-zone-modes';
import { readTenant } from '../ledger/tenants/tenant-items';
import type { ConfigurationAt } from '../ports/configurations';
import type { ChangePreview } from '../ports/invoked-functions';
import type { LedgerStore } from '../ports/ledger-store';

export interface PlanTenantsPorts {
  readonly ledger: LedgerStore;
  readonly configurationAt: ConfigurationAt;
  readonly previews: ChangePreview;
}

/** Dry runs side by side: each reads AWS for some seconds, by limits that people's own requests share. */
const DRY_RUNS_AT_ONCE = 5;

/**
 * Plans the next tenants of the list: what a run by the target configuration would change in each. A tenant that is
 * planned already is not looked at again, so a part that was killed goes on where it was.
 */
export async function planTenants(ports: PlanTenantsPorts, record: RolloutRecord): Promise<RolloutRecord> {
  const { ledger } = ports;
  const configuration = await ports.configurationAt(record.targetHash);
  const { items, cursor } = await ledger.list({
    label: record.list,
    limit: DRY_RUNS_AT_ONCE,
    ...(record.cursor === null ? {} : { cursor: record.cursor }),
  });
  const uuids = items.filter(({ key }) => key.sort === TENANT_SORT).map(({ key }) => tenantUuidOf(key));
  const known = await readRolloutTenants(ledger, record.id, uuids);
  const others = uuids.filter((uuid) => known.every(({ tenantUuid }) => tenantUuid !== uuid));
  const planned = await Promise.all(others.map((uuid) => plannedTenant(ports, record, configuration, uuid)));
  let after = { ...record, canary: withKnown(record.canary, known) };
  const tenants: RolloutTenant[] = [];
  for (const found of planned) {
    if (found === null) continue;
    const tenant = { ...found.tenant, wave: waveIn(after, configuration, found) };
    tenants.push(tenant);
    after = { ...after, canary: withKnown(after.canary, [tenant]) };
  }
  await writeRolloutTenants(ledger, record.id, tenants);
  const leftAlone = record.leftAlone + planned.filter((found) => found === null).length;
  const { list, status } = nextList(record, cursor);
  return { ...after, cursor, leftAlone, list, status };
}

/** With those of these tenants that have a place: a part that was killed may have given some. */
function withKnown(canary: RolloutRecord['canary'], known: readonly RolloutTenant[]): RolloutRecord['canary'] {
  const missing = known.filter(
    ({ wave, tenantUuid }) => wave === FIRST_WAVE && canary.every((one) => one.tenantUuid !== tenantUuid),
  );
  return [...canary, ...missing.map(({ tenantUuid, landingZone }) => ({ tenantUuid, landingZone: landingZone ?? '' }))];
}

/** Those that have failed come after all that are well: a rollout may heal them. */
const nextList = ({ list }: RolloutRecord, cursor: string | null): Pick<RolloutRecord, 'list' | 'status'> => {
  if (cursor !== null) return { list, status: 'PLANNING' };
  return list === 'VENDED' ? { list: 'FAILED', status: 'PLANNING' } : { list, status: 'SUMMING' };
};

interface Planned {
  readonly tenant: RolloutTenant;
  /** Null: it cannot be planned. */
  readonly plan: VendingPlan | null;
}

function waveIn(record: RolloutRecord, configuration: Configuration, { plan, tenant }: Planned): number {
  const { id, limits, canary } = record;
  const zones = Object.keys(configuration.landingZones);
  const isFirst =
    plan !== null &&
    tenant.state === 'WAITING' &&
    isInCanary(limits.canary, { landingZone: plan.landingZone, plan }, canary, zones);
  return isFirst ? FIRST_WAVE : waveOf(id, tenant.tenantUuid, limits);
}

/** Null: the tenant has this configuration already, is being deleted, or has no account yet. */
async function plannedTenant(
  { ledger, previews }: PlanTenantsPorts,
  record: RolloutRecord,
  configuration: Configuration,
  tenantUuid: string,
): Promise<Planned | null> {
  const tenant = await readTenant(ledger, tenantUuid);
  if (tenant === undefined || !isToBeBrought(tenant, record)) return null;
  const reference = { tenantUuid, replicationSequence: tenant.latestSequence, run: 0 };
  const input = await readDesiredState(ledger, reference);
  const judged = judgeKnownTenant(input, configuration, tenant);
  if (!judged.ok) {
    const refusal = { state: 'PlanVending', message: inOneText(judged.faults), remedy: null };
    return { tenant: rolloutTenant(tenant, { changes: null, refusal }), plan: null };
  }
  const wanted = judged.value.plan;
  if ((await modeOf(ledger, configuration, wanted.landingZone)) === 'shadow') return null;
  const preview = await previews.preview(wanted);
  // Kept with the tenant: a part that is planned again takes the landing zones of its canary from there.
  const planned = { ...tenant, landingZone: wanted.landingZone };
  return { tenant: rolloutTenant(planned, preview), plan: wanted };
}

/** The tenants of a page have to fit into an answer of the API. */
const MOST_CHANGE_BYTES = 16 * 1024;

function rolloutTenant(tenant: TenantRecord, { changes, changesLeftOut = 0, refusal }: Preview): RolloutTenant {
  const kept = changes === null ? null : [...within(changes, MOST_CHANGE_BYTES)];
  const { tenantUuid, workspaceIdentifier, projectIdentifier, landingZone = null, account } = tenant;
  return {
    tenantUuid,
    workspaceIdentifier,
    projectIdentifier,
    landingZone,
    accountId: account?.id ?? null,
    wave: FIRST_WAVE,
    changes: kept,
    changesLeftOut: changesLeftOut + (changes?.length ?? 0) - (kept?.length ?? 0),
    refusal,
    state: stateOf({ changes, refusal }),
    unexpected: false,
    run: null,
    reason: null,
  };
}

function stateOf(preview: Pick<Preview, 'changes' | 'refusal'>): RolloutTenant['state'] {
  if (preview.refusal !== null) return 'REFUSED';
  return changesNothing(preview) ? 'UNCHANGED' : 'WAITING';
}
