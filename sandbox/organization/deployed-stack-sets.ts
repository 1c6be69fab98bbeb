import { isAccessStackSet } from '../../functions/domain/configuration/access-stack-name';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { ALWAYS_PASSED } from '../../functions/domain/stack-sets/landing-zone-parameters';
import type { OrganizationSeed } from './organization-seed';

/**
 * The organization with the stack sets that AutomationAccountStack makes, where no stack is deployed. As if their
 * templates declared everything that accounts are always told.
 */
export function withDeployedStackSets(
  seed: OrganizationSeed,
  { platform, landingZones }: Configuration,
): OrganizationSeed {
  const made = Object.values(landingZones).flatMap(({ stackSets }) =>
    stackSets.flatMap(({ name, homeRegion = platform.region }) =>
      isAccessStackSet(name) ? [{ name, region: homeRegion }] : [],
    ),
  );
  const parameters = Object.fromEntries(ALWAYS_PASSED.map((name) => [name, name]));
  const { automationAccountId: accountId, stackSets = [] } = seed;
  return {
    ...seed,
    stackSets: [...stackSets, ...made.map((one) => ({ ...one, accountId, parameters, managedExecution: true }))],
  };
}
