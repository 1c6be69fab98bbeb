import { createHash } from 'node:crypto';

import { lastWaveOf } from './landing-zone-update';
import type { VendingPlan } from '../plan/plan';
import type { Canary, RolloutLimits, RolloutRecord, RolloutTenant } from './rollout';

/** The canary. */
export const FIRST_WAVE = 0;

/** Of the tenants that were found after all waves: they came, or were busy, while the rollout went on. */
export const waveOfLatecomers = ({ waves }: Pick<RolloutLimits, 'waves'>): number => waves.length + 1;

/** The wave in which those come that have failed and are tried again. */
export const waveOfRetries = ({ limits, landingZone }: Pick<RolloutRecord, 'limits' | 'landingZone'>): number =>
  landingZone === undefined ? waveOfLatecomers(limits) : lastWaveOf(landingZone);

/**
 * The wave of a tenant that is not in the canary, by a number that is drawn from its uuid: the same each time, and
 * other tenants first in each rollout.
 */
export function waveOf(rolloutId: string, tenantUuid: string, { waves }: Pick<RolloutLimits, 'waves'>): number {
  const drawn = createHash('sha256').update(`${rolloutId}/${tenantUuid}`).digest().readUInt32BE(0) / 2 ** 32;
  const wave = waves.findIndex((share) => drawn < share);
  return 1 + (wave === -1 ? waves.length - 1 : wave);
}

const HOUR_MILLISECONDS = 3_600_000;

/** The hour that is counted: a new one, once the one before is over. */
export const hourOf = ({ hour }: Pick<RolloutRecord, 'hour'>, now: Date): RolloutRecord['hour'] =>
  now.getTime() - Date.parse(hour.since) < HOUR_MILLISECONDS ? hour : { since: now.toISOString(), begun: 0 };

/** How many tenants may be begun now. */
export const roomNow = ({ running, limits, hour }: Pick<RolloutRecord, 'running' | 'limits' | 'hour'>): number =>
  Math.max(0, Math.min(limits.mostAtOnce - running.length, limits.mostTenantsPerHour - hour.begun));

/** Counts a tenant by what has become of it. */
export const counted = (record: RolloutRecord, { state }: RolloutTenant): RolloutRecord => ({
  ...record,
  done: record.done + Number(state === 'DONE'),
  failed: record.failed + Number(state === 'FAILED'),
  overtaken: record.overtaken + Number(state === 'OVERTAKEN'),
});

/** The same of one whose run has ended: by it the rollout is judged. */
export function countedEnd(record: RolloutRecord, tenant: RolloutTenant): RolloutRecord {
  const { ended, failed, unexpected } = record.judged;
  const isUnexpected = Number(tenant.unexpected);
  return {
    ...counted(record, tenant),
    unexpected: record.unexpected + isUnexpected,
    judged: {
      ended: ended + Number(tenant.state !== 'OVERTAKEN'),
      failed: failed + Number(tenant.state === 'FAILED'),
      unexpected: unexpected + isUnexpected,
    },
  };
}

/** One account may have a reason of its own. */
const LEAST_TO_STOP = 2;

/** Why a rollout has to stop; null: it goes on. */
export function stopReason({ judged, limits, wave }: Pick<RolloutRecord, 'judged' | 'limits' | 'wave'>): string | null {
  const { ended, failed, unexpected } = judged;
  const place = wave === FIRST_WAVE ? 'the canary' : `wave ${wave}`;
  if (isOverShare(failed, ended, limits.stopAtFailedShare)) {
    return `${failed} of the ${ended} runs that have ended in ${place} have failed. Look at their causes, then go back, or mend them and resume.`;
  }
  if (isOverShare(unexpected, ended, limits.stopAtUnexpectedShare)) {
    return `${unexpected} of the ${ended} runs that have ended in ${place} have changed something else than was planned. Compare their changes with the plan before you resume.`;
  }
  return null;
}

const isOverShare = (some: number, all: number, share: number): boolean =>
  some >= LEAST_TO_STOP && all > 0 && some / all >= share;

interface Candidate {
  readonly landingZone: string;
  readonly plan: Pick<VendingPlan, 'targetOrgUnitId' | 'tags'>;
}

/**
 * Whether a tenant goes into the canary, as tenants come one after the other. A second tenant of a landing zone gets a
 * place only as long as others are left for landing zones that have none yet.
 *
 * @param taken the places that others have
 * @param landingZones all of the configuration
 */
export function isInCanary(
  canary: Canary,
  { landingZone, plan }: Candidate,
  taken: readonly { readonly landingZone: string }[],
  landingZones: readonly string[],
): boolean {
  const { organizationalUnit, tag, tenants = 0 } = canary;
  if (organizationalUnit !== undefined) return plan.targetOrgUnitId === organizationalUnit;
  if (tag !== undefined) return plan.tags[tag.key] === tag.value;
  const free = tenants - taken.length;
  if (free <= 0) return false;
  const reached = new Set(taken.map((one) => one.landingZone));
  const missing = landingZones.filter((name) => !reached.has(name)).length;
  return !reached.has(landingZone) || free > missing;
}
