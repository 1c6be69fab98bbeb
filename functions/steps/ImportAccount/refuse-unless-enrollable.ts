import { cannotBeEnrolled, enrollmentObstacles, type RegionSetup } from '../../domain/enrollment/enrollment-obstacles';
import { isGoverned } from '../../domain/enrollment/governance';
import type { Vending } from '../../domain/run/vending';
import type { DirectoryAccount } from '../../ports/organizations';
import type { ControlTower } from '../../ports/control-tower';
import type { RegionSetups } from '../../ports/iam';

export interface EnrollabilityPorts {
  readonly controlTower: Pick<ControlTower, 'landingZone' | 'governanceOf'>;
  readonly regions: RegionSetups;
}

/**
 * Looks at what keeps Control Tower from enrolling an account that was there before, in every region that it governs:
 * it would tell half an hour later, and leave a product that has failed. An account that is governed already has passed
 * that, whatever it has set up.
 */
export async function refuseUnlessEnrollable(
  { controlTower, regions }: EnrollabilityPorts,
  { plan: { account, enrollment } }: Vending,
  found: DirectoryAccount,
): Promise<void> {
  if (enrollment === null || isGoverned(await controlTower.governanceOf(found.arn))) return;
  const governed = (await controlTower.landingZone())?.governedRegions ?? [enrollment.region];
  const entry = { accountId: found.id, accessRole: account.accessRole };
  const setups: RegionSetup[] = [];
  for (const region of governed) setups.push(await regions.of(entry, region));
  const obstacles = enrollmentObstacles(setups);
  if (obstacles.length > 0) throw cannotBeEnrolled(found, obstacles);
}
