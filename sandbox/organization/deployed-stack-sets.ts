import { isAccessStackSet } from '../../functions/domain/configuration/access-stack';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import {
  buildRoleNameOf,
  customizationsIn,
  projectNameOf,
} from '../../functions/domain/customizations/planned-customizations';
import { ALWAYS_PASSED } from '../../functions/domain/stack-sets/landing-zone-parameters';
import type { BuildProjectSeed, OrganizationSeed } from './organization-seed';

/**
 * The organization with the stack sets and the projects of CodeBuild that AutomationAccountStack makes, where no stack
 * is deployed. As if their templates declared everything that accounts are always told.
 */
export function withDeployedStackSets(seed: OrganizationSeed, configuration: Configuration): OrganizationSeed {
  const { platform, landingZones } = configuration;
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
    buildProjects: [...(seed.buildProjects ?? []), ...deployedProjects(configuration, accountId)],
  };
}

const deployedProjects = (configuration: Configuration, accountId: string): readonly BuildProjectSeed[] =>
  customizationsIn(configuration).map(({ landingZone, customization: { name } }) => ({
    accountId,
    region: configuration.platform.region,
    name: projectNameOf({ landingZone, name }),
    serviceRole: configuration.platform.automationAccountRole.replace(
      /:role\/.*$/u,
      `:role/${buildRoleNameOf({ landingZone, name })}`,
    ),
    variables: { VENDING_STATE_BUCKET: 'state', VENDING_STATE_REGION: configuration.platform.region },
  }));
