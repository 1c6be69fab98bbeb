import type { Configuration } from '../../functions/domain/configuration/configuration';
import { withDeployedStackSets } from '../../sandbox/organization/deployed-stack-sets';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { BuildWork } from '../../sandbox/organization/services/codebuild/build-state';
import type { OrganizationSeed } from '../../sandbox/organization/organization-seed';
import { customized, network, SOURCE } from '../functions/domain/example-customization';
import { plainConfiguration, type SimulatedVending } from './simulated-vending';

/** With the scripts that builds download. */
export const seedFor = (
  configuration: Configuration = plainConfiguration(customized(network())),
): OrganizationSeed => ({
  ...withDeployedStackSets(exampleOrganization(), configuration),
  buildSources: [
    {
      location: SOURCE,
      files: {
        'network.sh': [
          'stage=$(sed -n \'s/.*"Stage":"\\([^"]*\\)".*/\\1/p\' vending.auto.tfvars.json)',
          'export NETWORK_ID="net-$stage-$VENDING_ACCOUNT_ID-$CIDR"',
        ].join('\n'),
      },
    },
  ],
});

export const buildsOf = ({ organization }: SimulatedVending): readonly BuildWork[] => [
  ...organization.state.builds.values(),
];
