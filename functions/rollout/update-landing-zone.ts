import { RejectedError } from '../domain/base/errors';
import {
  type FleetOperation,
  type LandingZoneUpdate,
  lastWaveOf,
  type UpdatedUnit,
  withEndedOperation,
} from '../domain/rollout/landing-zone-update';
import { NOTHING_JUDGED, type RolloutRecord, type RolloutTenant } from '../domain/rollout/rollout';
import type { Change } from '../domain/records/ledger-records';
import { countedEnd, stopReason } from '../domain/rollout/waves';
import { ACCOUNT_FACTORY, autoEnrollLane } from '../domain/queue/lanes';
import { waitingIn } from '../domain/queue/waiting-line';
import { snapshotsOf } from '../ledger/base/decide';
import { laneKey, lineKey } from '../ledger/base/keys';
import { laneOf, lineOf } from '../ledger/queue/lane-items';
import { readRolloutTenants, readWave, writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import type { ProvisionedProduct } from '../ports/account-factory';
import type { Baselined } from '../ports/control-tower';
import { retryFailed } from './carry-out';
import { ACCOUNTS_OF_PART, behindOf, type Fleet, toldRefusal, type UpdateLandingZonePorts } from './plan-landing-zone';

/**
 * Goes on with an operation, or begins the next one. There is one at a time: on a unit, then on the next, and at last
 * on single accounts. It stops between two, where too many accounts have failed, and where AWS refuses a call for good:
 * an operation that is under way is followed further once somebody resumes it.
 */
export async function updateLandingZone(ports: UpdateLandingZonePorts, record: RolloutRecord): Promise<RolloutRecord> {
  try {
    return await goOn(ports, record);
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    return { ...record, status: 'STOPPED', reason: toldRefusal(error, 'resume') };
  }
}

async function goOn(ports: UpdateLandingZonePorts, record: RolloutRecord): Promise<RolloutRecord> {
  const { fleet, ledger } = ports;
  const { landingZone: update, retrying, wave } = record;
  if (fleet === null || update === undefined) {
    return { ...record, status: 'STOPPED', reason: 'platform.json has no enrollmentConfiguration any more.' };
  }
  if (retrying !== null) return retryFailed(ledger, record);
  const unit = update.units[wave];
  if (update.operation !== null) {
    return unit === undefined
      ? followSingle(ports, { fleet, record, update }, update.operation)
      : followUnit(ports, { fleet, record, update }, unit, update.operation);
  }
  const reason = stopReason(record);
  if (reason !== null) return { ...record, status: 'STOPPED', reason };
  return next(ports, { fleet, record, update });
}

/** What a part works on. */
interface Work {
  readonly fleet: Fleet;
  readonly record: RolloutRecord;
  readonly update: LandingZoneUpdate;
}

const withUpdate = (record: RolloutRecord, landingZone: LandingZoneUpdate): RolloutRecord => ({
  ...record,
  landingZone,
});

/** The first account that waits for its turn, in this wave or a later one. */
async function next(ports: UpdateLandingZonePorts, { fleet, record, update }: Work): Promise<RolloutRecord> {
  const last = lastWaveOf(update);
  for (let at = record; ;) {
    const uuids = await readWave(ports.ledger, at.id, { wave: at.wave, after: at.after, limit: ACCOUNTS_OF_PART });
    const tenants = await readRolloutTenants(ports.ledger, at.id, uuids);
    const waiting = tenants.find(({ state }) => state === 'WAITING');
    if (waiting !== undefined) {
      const unit = update.units[at.wave];
      return unit === undefined
        ? beginSingle(ports, { fleet, record: at, update }, waiting)
        : beginUnit(ports, { fleet, record: at, update }, unit);
    }
    if (uuids.length === ACCOUNTS_OF_PART) at = { ...at, after: uuids.at(-1) ?? null };
    else if (at.wave < last) at = { ...at, wave: at.wave + 1, after: null, judged: NOTHING_JUDGED };
    else return { ...at, status: 'ENDED', endedAt: ports.now().toISOString() };
  }
}

/**
 * Whether accounts of people are being enrolled, or wait for it: they come first. A place that is older than any
 * enrollment counts no more.
 */
async function isAwaited({ ledger, now }: UpdateLandingZonePorts, ...lanes: readonly string[]): Promise<boolean> {
  for (const lane of lanes) {
    const [laneItem, lineItem] = await snapshotsOf(ledger, [laneKey(lane), lineKey(lane)]);
    const isHeld = laneOf(laneItem).slots.some(({ lookAt }) => Date.parse(lookAt) > now().getTime());
    if (isHeld || waitingIn(lineOf(lineItem)) > 0) return true;
  }
  return false;
}

/**
 * Puts the baseline on all accounts of a unit. Killed after the call, it finds the operation by the unit, which names
 * its last one; one that somebody else has begun since the start does as well.
 */
async function beginUnit(
  ports: UpdateLandingZonePorts,
  { fleet, record, update }: Work,
  unit: UpdatedUnit,
): Promise<RolloutRecord> {
  if (await isAwaited(ports, ACCOUNT_FACTORY, autoEnrollLane(unit.id).name)) return record;
  const startedAt = ports.now().toISOString();
  const operating = (id: string): RolloutRecord =>
    withUpdate(record, {
      ...update,
      operation: { id, tenantUuid: null, accounts: unit.accounts, startedAt, refusal: null },
    });
  const known = await fleet.baselines.of(unit.arn);
  const begun = await begunOn(fleet, record, known);
  if (begun !== null) return operating(begun);
  const version = known?.version === update.baselineVersion ? null : update.baselineVersion;
  const applied = await fleet.baselines.apply(unit.baseline, version);
  if (applied === 'busy') return record;
  if ('operationId' in applied) return operating(applied.operationId);
  const reason = `Control Tower does not take ${unit.id}: ${applied.refused} Fix that and resume, or abort.`;
  return { ...record, status: 'STOPPED', reason };
}

/** The operation that runs on the unit, or has begun since the rollout was started; null: there is none. */
async function begunOn(
  { baselines }: Fleet,
  { startedAt }: RolloutRecord,
  unit: Baselined | undefined,
): Promise<string | null> {
  const last = unit?.operationId ?? null;
  if (last === null || unit?.status === 'UNDER_CHANGE') return last;
  const begun = await baselines.operation(last);
  return begun !== undefined && begun.startedAt.getTime() >= Date.parse(startedAt ?? '') ? last : null;
}

/** Once the operation is over, writes down of each account what has become of it: a page of them in each part. */
async function followUnit(
  ports: UpdateLandingZonePorts,
  { fleet, record, update }: Work,
  unit: UpdatedUnit,
  operation: FleetOperation,
): Promise<RolloutRecord> {
  const { ledger, now } = ports;
  if ((await fleet.baselines.operation(operation.id))?.isOver === false) return record;
  const place = { wave: record.wave, after: record.after, limit: ACCOUNTS_OF_PART };
  const uuids = await readWave(ledger, record.id, place);
  const tenants = (await readRolloutTenants(ledger, record.id, uuids)).filter(({ state }) => state !== 'REFUSED');
  const accounts = await fleet.baselines.accounts(unit.baseline);
  const settled = await settledTenants({ fleet, record, update }, tenants, accounts);
  await writeRolloutTenants(ledger, record.id, settled);
  const counted = settled.reduce(countedEnd, { ...record, after: uuids.at(-1) ?? record.after });
  if (uuids.length === ACCOUNTS_OF_PART) return counted;
  const ended = withEndedOperation(update, now());
  const left = ended.units.map((one) => (one.id === unit.id ? { ...one, behind: 0 } : one));
  return withUpdate(counted, { ...ended, units: left });
}

/** How accounts stand after an operation. What it says of itself does not count: single accounts may have failed. */
async function settledTenants(
  { fleet, update }: Work,
  tenants: readonly RolloutTenant[],
  accounts: readonly Baselined[],
): Promise<readonly RolloutTenant[]> {
  const found = new Map(accounts.map((account) => [account.targetArn.split('/').at(-1) ?? '', account]));
  const asked = tenants.flatMap(({ accountId }) => found.get(accountId ?? '') ?? []);
  const behind = await behindOf(fleet, update, asked);
  return tenants.map((tenant) => {
    const account = found.get(tenant.accountId ?? '');
    if (account === undefined) return { ...tenant, state: 'OVERTAKEN', reason: 'It has left its unit meanwhile.' };
    const lacks = behind.get(account);
    return lacks === undefined
      ? { ...tenant, state: 'DONE', reason: null }
      : { ...tenant, state: 'FAILED', reason: reasonOf(lacks) };
  });
}

const reasonOf = (lacks: readonly Change[]): string =>
  `After the operation it still has: ${lacks.map(({ what, from }) => `${what} ${from ?? '-'}`).join(', ')}. ` +
  'Control Tower says on the page of the account why. Fix that, and retry.';

/** What the Account Factory asks for, each as the account has it. */
const AS_IT_IS = {
  AccountEmail: '',
  AccountName: '',
  ManagedOrganizationalUnit: '',
  SSOUserEmail: '',
  SSOUserFirstName: '',
  SSOUserLastName: '',
};

/** Updates one account. Killed after the call, the same token answers the same record. */
async function beginSingle(ports: UpdateLandingZonePorts, work: Work, tenant: RolloutTenant): Promise<RolloutRecord> {
  const { fleet, record, update } = work;
  if (await isAwaited(ports, ACCOUNT_FACTORY)) return record;
  const { tenantUuid } = tenant;
  const operating = (id: string, refusal: string | null = null): RolloutRecord =>
    withUpdate(record, {
      ...update,
      operation: { id, tenantUuid, accounts: 1, startedAt: ports.now().toISOString(), refusal },
    });
  try {
    const product = await fleet.factory.findByAccount(tenant.accountId ?? '');
    if (product?.status === 'UNDER_CHANGE') return record;
    const started = await startUpdate(work, tenant, product);
    return started === 'busy' ? record : operating(started.recordId);
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    return operating('', error.message);
  }
}

async function startUpdate(
  { fleet: { factory, productId }, record }: Work,
  { accountId }: RolloutTenant,
  product: ProvisionedProduct | undefined,
): ReturnType<Fleet['factory']['update']> {
  if (product === undefined || productId === null) {
    throw new RejectedError(
      `The Account Factory has no product of ${accountId ?? ''}, so it cannot be updated alone.`,
      'Plan another rollout, which resets its unit.',
    );
  }
  const { artifactId, launchPathId } = await factory.describeProduct(productId);
  if (artifactId === null || launchPathId === null) {
    throw new RejectedError(
      `The Account Factory product ${productId} has no active version, or is not open to us.`,
      'Run the preflight, and fix what it says; then retry.',
    );
  }
  const token = `${record.id}-${accountId ?? ''}-${record.part}`;
  return factory.update(product, { productId, artifactId, launchPathId, token, parameters: AS_IT_IS });
}

async function followSingle(
  ports: UpdateLandingZonePorts,
  work: Work,
  { id, tenantUuid, refusal }: FleetOperation,
): Promise<RolloutRecord> {
  const { fleet, record, update } = work;
  const ended =
    refusal === null
      ? await fleet.factory.describeRecord(id)
      : ({ state: 'FAILED', wasBusy: false, error: refusal } as const);
  if (ended.state === 'IN_PROGRESS') return record;
  const over = withEndedOperation(update, ports.now());
  if (ended.wasBusy) return withUpdate(record, { ...over, pace: update.pace });
  const [tenant] = await readRolloutTenants(ports.ledger, record.id, [tenantUuid ?? '']);
  if (tenant === undefined) return withUpdate(record, over);
  const [settled] =
    ended.state === 'FAILED'
      ? [{ ...tenant, state: 'FAILED' as const, reason: ended.error }]
      : await settledTenants(work, [tenant], await accountOf(work, tenant));
  const changed = settled ?? tenant;
  await writeRolloutTenants(ports.ledger, record.id, [changed]);
  const counted = countedEnd({ ...record, after: changed.tenantUuid }, changed);
  return withUpdate(counted, { ...over, single: Math.max(0, update.single - 1) });
}

/** Its ARN is that of the units, with its own id at the end. */
async function accountOf({ fleet, update }: Work, { accountId }: RolloutTenant): Promise<readonly Baselined[]> {
  const arn = update.units[0]?.arn.replace(/:ou\/([^/]+)\/.*/u, `:account/$1/${accountId ?? ''}`);
  const found = arn === undefined ? undefined : await fleet.baselines.of(arn);
  return found === undefined ? [] : [found];
}
