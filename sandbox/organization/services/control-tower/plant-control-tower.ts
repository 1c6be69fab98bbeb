import type { MovedAccountShows, OrganizationSeed } from '../../organization-seed';
import type { ControlTowerWork } from '../../organization-state';
import type { ProductRecord } from '../service-catalog/account-factory-state';

/** Longer ago than it remembers. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

const SHOWN: readonly [MovedAccountShows, MovedAccountShows, MovedAccountShows] = [
  'former unit',
  'no unit',
  'new unit',
];

/** @param accountOperations the records of the Account Factory, where there is one */
export function plantControlTower(
  { controlTower = {}, accountFactory, organizationalUnits }: OrganizationSeed,
  accountOperations: ReadonlyMap<string, ProductRecord>,
): ControlTowerWork {
  const { homeRegion = accountFactory?.homeRegion, movedAccountShows } = controlTower;
  return {
    setup: {
      homeRegion,
      status: controlTower.status ?? 'ACTIVE',
      version: controlTower.version ?? '4.0',
      enrollsByItself: controlTower.enrollsByItself ?? false,
      governedRegions: controlTower.governedRegions ?? (homeRegion === undefined ? [] : [homeRegion]),
      sharedAccounts: controlTower.sharedAccounts ?? {},
      updatedAt: controlTower.updatedAt ?? LONG_AGO,
      movedAccountShows: (accountId) =>
        movedAccountShows ?? SHOWN[Number(accountId.slice(-1)) % SHOWN.length] ?? SHOWN[0],
    },
    refusesRoleIn: new Set(),
    operations: new Map(),
    accountOperations,
    unitVersions: new Map(
      organizationalUnits.flatMap(({ id, baselineVersion }) =>
        baselineVersion === undefined ? [] : [[id, baselineVersion] as const],
      ),
    ),
  };
}
