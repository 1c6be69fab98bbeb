import type { Configuration } from '../configuration/configuration';
import {
  ACCOUNT_ASSIGNMENTS,
  ACCOUNT_CLOSING,
  ACCOUNT_CREATION,
  accountFactoryLane,
  autoEnrollLane,
  type Lane,
  RECONCILIATION,
  stackSetLane,
  UNENROLLMENT,
} from './lanes';

/** Every lane that runs of this configuration may come through, by name. */
export function configuredLanes({ platform, landingZones }: Configuration): readonly Lane[] {
  const zones = Object.values(landingZones);
  const enrollment = platform.enrollmentConfiguration;
  const units = zones.flatMap(({ awsTargetOrgUnitId }) => awsTargetOrgUnitId ?? []);
  const all = [
    ACCOUNT_CREATION,
    RECONCILIATION,
    ACCOUNT_ASSIGNMENTS,
    ACCOUNT_CLOSING,
    UNENROLLMENT,
    ...(enrollment === undefined ? [] : [accountFactoryLane(enrollment)]),
    ...(enrollment?.strategy === 'auto-enroll' ? units.map(autoEnrollLane) : []),
    ...zones
      .flatMap(({ stackSets }) => stackSets)
      .map(({ name, homeRegion }) => stackSetLane({ name, homeRegion: homeRegion ?? platform.region })),
  ];
  const byName = new Map(all.map((lane) => [lane.name, lane]));
  return [...byName.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
