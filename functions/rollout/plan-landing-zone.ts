import { RejectedError } from '../domain/base/errors';
import {
  baselineVersionOf,
  behindIn,
  inOrder,
  type LandingZoneUpdate,
  lastWaveOf,
  mostAccountsOfUnit,
  type UpdatedUnit,
} from '../domain/rollout/landing-zone-update';
import type { RolloutRecord, RolloutTenant } from '../domain/rollout/rollout';
import type { PreviewedChange } from '../domain/run/preview';
import { snapshotsInParts } from '../ledger/base/decide';
import { tenantKey } from '../ledger/base/keys';
import { writeRolloutTenants } from '../ledger/rollout/rollout-tenants';
import { tenantsOfAccounts } from '../ledger/tenants/tenants-at';
import { tenantOf } from '../ledger/tenants/tenant-items';
import type { AccountFactory } from '../ports/account-factory';
import type { Baselined, ControlTower, FleetBaselines } from '../ports/control-tower';
import type { LedgerStore } from '../ports/ledger-store';
import type { OrganizationTree } from '../ports/organizations';

export interface UpdateLandingZonePorts {
  readonly ledger: LedgerStore;
  readonly now: () => Date;
  /** Null: the deployed configuration enrolls nothing. */
  readonly fleet: Fleet | null;
}

export interface Fleet {
  readonly controlTower: Pick<ControlTower, 'landingZone'>;
  readonly baselines: FleetBaselines;
  readonly factory: Pick<AccountFactory, 'describeProduct' | 'findByAccount' | 'update' | 'describeRecord'>;
  /** Null: no account can be updated alone. */
  readonly productId: string | null;
  readonly tree: Pick<OrganizationTree, 'parentOf'>;
}

/** Accounts of a part: each takes some writes. */
export const ACCOUNTS_OF_PART = 200;

/** Looks how the landing zone stands, and then at the accounts of one unit after the other. Nothing is changed. */
export async function planLandingZone(ports: UpdateLandingZonePorts, record: RolloutRecord): Promise<RolloutRecord> {
  const { fleet, now } = ports;
  try {
    if (fleet === null) throw NOTHING_ENROLLED;
    if (record.landingZone === undefined) return await surveyed(fleet, record);
    return await planPage(ports, fleet, record, record.landingZone);
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error;
    return { ...record, status: 'REFUSED', reason: toldRefusal(error, 'plan again'), endedAt: now().toISOString() };
  }
}

/**
 * Why a rollout has ended, or waits.
 *
 * @param next what somebody can do once the cause is gone
 */
export const toldRefusal = ({ denied, reason, remedy }: RejectedError, next: string): string =>
  denied
    ? `${reason} The check landing-zone-update-rights of the preflight says what is missing: deploy ManagementAccountStack, and ${next}.`
    : `${reason} ${remedy}`;

const NOTHING_ENROLLED = new RejectedError(
  'The deployed configuration enrolls no account.',
  'Name enrollmentConfiguration in platform.json, deploy, and plan again.',
);

async function surveyed({ controlTower, baselines }: Fleet, record: RolloutRecord): Promise<RolloutRecord> {
  const zone = await controlTower.landingZone();
  if (zone?.status !== 'ACTIVE') {
    throw new RejectedError(
      `The landing zone of Control Tower is ${zone?.status ?? 'not set up'}.`,
      'Update or reset it in Control Tower until it is ACTIVE; then plan again.',
    );
  }
  const baselineVersion = baselineVersionOf(zone.version);
  if (baselineVersion === undefined) {
    throw new RejectedError(
      `This release does not know landing zone ${zone.version}.`,
      'Deploy a newer release; then plan again.',
    );
  }
  const updatedAt = await baselines.landingZoneUpdatedAt();
  const governed = await baselines.accounts(null);
  const units = (await baselines.units()).map(({ baseline, targetArn: arn, version }): UpdatedUnit => {
    const { length: accounts } = governed.filter(({ parent }) => parent === baseline);
    return { id: idOf(arn), arn, baseline, version, accounts, behind: 0 };
  });
  const landingZone: LandingZoneUpdate = {
    version: zone.version,
    baselineVersion,
    updatedAt: updatedAt?.toISOString() ?? null,
    regions: zone.governedRegions?.length ?? 1,
    units: inOrder(units, record.limits.canary.organizationalUnit),
    single: 0,
    operation: null,
    pace: { expected: 0, taken: 0 },
  };
  return { ...record, landingZone, cursor: placeOf(0, 0) };
}

const idOf = (arn: string): string => arn.split('/').at(-1) ?? '';

/** How far the plan is: a unit, and how many of its accounts. The unit after the last has those that have drifted. */
const placeOf = (unit: number, account: number): string => `${unit}/${account}`;

async function planPage(
  ports: UpdateLandingZonePorts,
  fleet: Fleet,
  record: RolloutRecord,
  update: LandingZoneUpdate,
): Promise<RolloutRecord> {
  const [at = 0, offset = 0] = (record.cursor ?? placeOf(0, 0)).split('/').map(Number);
  const unit = update.units[at];
  const all = (await fleet.baselines.accounts(unit?.baseline ?? null))
    .filter(({ isDrifted }) => isDrifted === (unit === undefined))
    .toSorted((one, other) => one.targetArn.localeCompare(other.targetArn));
  const page = all.slice(offset, offset + ACCOUNTS_OF_PART);
  const behind = await behindOf(fleet, update, page);
  const placed: Placed[] = [];
  for (const [account, changes] of behind) {
    const index = unit === undefined ? await unitOf(fleet, update, account) : at;
    placed.push({ accountId: idOf(account.targetArn), changes, ...wayFor(fleet, update, index) });
  }
  await writeRolloutTenants(ports.ledger, record.id, await itemsOf(ports.ledger, placed));
  const after = {
    ...record,
    landingZone: withPlaced(update, placed),
    leftAlone: record.leftAlone + page.length - placed.length,
  };
  if (offset + ACCOUNTS_OF_PART < all.length) return { ...after, cursor: placeOf(at, offset + ACCOUNTS_OF_PART) };
  if (unit !== undefined) return { ...after, cursor: placeOf(at + 1, 0) };
  return { ...after, cursor: null, status: 'SUMMING' };
}

interface Placed {
  readonly accountId: string;
  readonly changes: readonly PreviewedChange[];
  readonly wave: number;
  readonly refusal: RolloutTenant['refusal'];
}

/** Where an account that has drifted is: a reset of that unit takes it in. */
async function unitOf(
  { tree }: Fleet,
  { units }: LandingZoneUpdate,
  { targetArn }: Baselined,
): Promise<number | string> {
  const parentId = await tree.parentOf(idOf(targetArn));
  const index = units.findIndex(({ id }) => id === parentId);
  return index === -1 ? parentId : index;
}

/** By an operation on its unit, where Control Tower takes that; alone, where that brings it there; or not at all. */
function wayFor(
  { productId }: Fleet,
  update: LandingZoneUpdate,
  index: number | string,
): Pick<Placed, 'wave' | 'refusal'> {
  const wave = lastWaveOf(update);
  if (typeof index === 'string') {
    return { wave, refusal: refusal(`It is in ${index}, which Control Tower does not govern.`, 'Move it back.') };
  }
  const { accounts = 0, id = '', version = null } = update.units[index] ?? {};
  const most = mostAccountsOfUnit(update.regions);
  if (accounts <= most) return { wave: index, refusal: null };
  if (version === update.baselineVersion && productId !== null) return { wave, refusal: null };
  return {
    wave,
    refusal: refusal(
      `${id} has ${accounts} accounts, and with ${update.regions} regions Control Tower takes ${most} in a unit.`,
      'Move some into a unit of their own; then plan again.',
    ),
  };
}

const refusal = (message: string, remedy: string): RolloutTenant['refusal'] => ({
  state: 'ControlTower',
  message,
  remedy,
});

function withPlaced(update: LandingZoneUpdate, placed: readonly Placed[]): LandingZoneUpdate {
  const taken = placed.filter(({ refusal: refused }) => refused === null);
  const countIn = (wave: number): number => taken.filter((one) => one.wave === wave).length;
  return {
    ...update,
    units: update.units.map((unit, index) => ({ ...unit, behind: unit.behind + countIn(index) })),
    single: update.single + countIn(lastWaveOf(update)),
  };
}

async function itemsOf(ledger: LedgerStore, placed: readonly Placed[]): Promise<readonly RolloutTenant[]> {
  const ids = placed.map(({ accountId }) => accountId);
  const owners = await tenantsOfAccounts(ledger, ids);
  const items = await snapshotsInParts(ledger, [...owners.values()].map(tenantKey));
  const tenants = items.flatMap((item) => tenantOf(item) ?? []);
  return placed.map(({ accountId, changes, wave, refusal: refused }) => {
    const tenant = tenants.find(({ tenantUuid }) => tenantUuid === owners.get(accountId));
    return {
      tenantUuid: tenant?.tenantUuid ?? accountId,
      workspaceIdentifier: tenant?.workspaceIdentifier ?? '',
      projectIdentifier: tenant?.projectIdentifier ?? '',
      landingZone: tenant?.landingZone ?? null,
      accountId,
      wave,
      changes: [...changes],
      changesLeftOut: 0,
      refusal: refused,
      state: refused === null ? 'WAITING' : 'REFUSED',
      unexpected: false,
      run: null,
      reason: null,
    };
  });
}

/** Those of these accounts that lack something. */
export async function behindOf(
  { baselines }: Fleet,
  update: LandingZoneUpdate,
  accounts: readonly Baselined[],
): Promise<ReadonlyMap<Baselined, readonly PreviewedChange[]>> {
  const begun = new Map<string, Date | null>();
  const ids = update.updatedAt === null ? [] : accounts.flatMap(({ operationId }) => operationId ?? []);
  for (const id of new Set(ids)) begun.set(id, (await baselines.operation(id))?.startedAt ?? null);
  const judged = accounts.map((account) => {
    const operatedAt = begun.get(account.operationId ?? '') ?? null;
    return [account, behindIn({ ...account, operatedAt }, update)] as const;
  });
  return new Map(judged.filter(([, changes]) => changes.length > 0));
}
