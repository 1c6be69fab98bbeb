import * as z from 'zod/mini';

import { AnyNumber, AnyText, TextOrNull } from '../base/plain-schemas';
import type { PreviewedChange } from '../run/preview';

/*
 * A rollout of the kind `landing-zone` changes no configuration: it brings accounts to what the landing zone of Control
 * Tower has become. Each registered unit is a wave of its own, and a last wave has the accounts that are updated one by
 * one.
 */

const UnitSchema = z.object({
  id: AnyText,
  arn: AnyText,
  /** The ARN of its enabled baseline. */
  baseline: AnyText,
  /** The version of its baseline when it was planned. */
  version: TextOrNull,
  /** That are in it; an operation works on all of them. */
  accounts: AnyNumber,
  /** That are to be brought still. */
  behind: AnyNumber,
});

const OperationSchema = z.object({
  /** Of Control Tower, or a record of Service Catalog where one account is updated. */
  id: AnyText,
  /** Whose account is updated alone; null: it is on the unit of the wave. */
  tenantUuid: TextOrNull,
  accounts: AnyNumber,
  startedAt: AnyText,
  /** Why AWS has not begun it; null: it has. */
  refusal: TextOrNull,
});

export const LandingZoneUpdateSchema = z.object({
  version: AnyText,
  /** The version of AWSControlTowerBaseline that goes with it. */
  baselineVersion: AnyText,
  /** When its last update has ended; null: longer ago than Control Tower remembers. */
  updatedAt: TextOrNull,
  /** How many it governs. */
  regions: AnyNumber,
  units: z.array(UnitSchema),
  /** How many accounts are to be updated one by one still. */
  single: AnyNumber,
  /** The one that runs. */
  operation: z.nullable(OperationSchema),
  /** Of the operations that have ended: the seconds that were expected, and those that they took. */
  pace: z.object({ expected: AnyNumber, taken: AnyNumber }),
});

export type LandingZoneUpdate = Readonly<z.infer<typeof LandingZoneUpdateSchema>>;
export type FleetOperation = NonNullable<LandingZoneUpdate['operation']>;
export type UpdatedUnit = LandingZoneUpdate['units'][number];

/** How an account stands. */
export interface AccountBaseline {
  readonly version: string | null;
  readonly status: string;
  readonly isDrifted: boolean;
  /** When the last operation on it has begun; null: longer ago than Control Tower remembers. */
  readonly operatedAt: Date | null;
}

/**
 * The newest version that is compatible; undefined for a landing zone that came after this release.
 *
 * @evidence documented controltower/userguide/table-of-baselines: 5.0 goes with landing zone 4.0, 4.0 with 3.2 and 3.3,
 *   3.0 with 3.0 and 3.1, 2.0 with 2.8 and 2.9, 1.0 with 2.0 to 2.7
 */
export function baselineVersionOf(landingZoneVersion: string): string | undefined {
  const [major = 0, minor = 0] = landingZoneVersion.split('.').map(Number);
  if (major === 4) return '5.0';
  if (major === 3) return minor >= 2 ? '4.0' : '3.0';
  return major === 2 ? (minor >= 8 ? '2.0' : '1.0') : undefined;
}

/**
 * How many accounts a unit may have whose baseline is put on them.
 *
 * @evidence documented controltower/userguide/region-stackset-limitations: 1000 accounts with 15 governed regions, 680
 *   with 22, fewer with more
 */
export const mostAccountsOfUnit = (regions: number): number => (regions <= 15 ? 1000 : Math.floor(14_960 / regions));

/**
 * What an account lacks; empty: it is not behind. Control Tower tells no regions of an account: it governs them since
 * the last operation on the account, if that is newer than the update of the landing zone.
 *
 * @evidence documented controltower/userguide/region-how: accounts are not updated with the landing zone, and get new
 *   regions once they are updated themselves
 */
export function behindIn(
  { version, status, isDrifted, operatedAt }: AccountBaseline,
  { baselineVersion, updatedAt }: Pick<LandingZoneUpdate, 'baselineVersion' | 'updatedAt'>,
): readonly PreviewedChange[] {
  const isOlder = updatedAt !== null && (operatedAt === null || operatedAt.getTime() < Date.parse(updatedAt));
  const changes = [
    ...(version === null || version === baselineVersion
      ? []
      : [{ what: 'baseline', from: version, to: baselineVersion }]),
    ...(isOlder ? [{ what: 'regions', from: operatedAt?.toISOString() ?? 'unknown', to: updatedAt }] : []),
    ...(isDrifted ? [{ what: 'drift', from: 'DRIFTED', to: 'IN_SYNC' }] : []),
    ...(status === 'SUCCEEDED' ? [] : [{ what: 'enrollment', from: status, to: 'SUCCEEDED' }]),
  ];
  return changes.map((change) => ({ ...change, state: 'ControlTower' }));
}

/** The wave of the accounts that are updated one by one. */
export const lastWaveOf = ({ units }: Pick<LandingZoneUpdate, 'units'>): number => units.length;

/** An operation takes about as long as that on one account, and some seconds for each. AWS publishes no figures. */
const expectedSeconds = (accounts: number): number => 1800 + 6 * accounts;

/**
 * How long what is left takes, by the operations that have ended; by what one takes about, as long as none has.
 *
 * @param wave the wave that it is in
 */
export function secondsLeft({ units, single, operation, pace }: LandingZoneUpdate, wave: number, now: Date): number {
  const ofUnits = units.filter(({ behind }, index) => index >= wave && behind > 0);
  const ofAll = ofUnits.map(({ accounts }) => expectedSeconds(accounts)).reduce((sum, one) => sum + one, 0);
  const factor = pace.expected === 0 ? 1 : pace.taken / pace.expected;
  const gone = operation === null ? 0 : (now.getTime() - Date.parse(operation.startedAt)) / 1000;
  return Math.max(0, Math.round((ofAll + single * expectedSeconds(1)) * factor - gone));
}

/** The operation is over. */
export function withEndedOperation(update: LandingZoneUpdate, now: Date): LandingZoneUpdate {
  const { operation, pace } = update;
  if (operation?.refusal !== null) return { ...update, operation: null };
  const taken = (now.getTime() - Date.parse(operation.startedAt)) / 1000;
  return {
    ...update,
    operation: null,
    pace: { expected: pace.expected + expectedSeconds(operation.accounts), taken: pace.taken + taken },
  };
}

/** Smaller units first, after one that is named: a mistake is found before many have it. */
export const inOrder = (units: readonly UpdatedUnit[], first: string | undefined): UpdatedUnit[] =>
  units.toSorted(
    (one, other) =>
      Number(other.id === first) - Number(one.id === first) ||
      one.accounts - other.accounts ||
      one.id.localeCompare(other.id),
  );
