import { type Command, Option } from 'commander';

import { INSTALLATION_FOLDER } from '../../operator/deploy/installation-folder';
import { described } from '../described';
import { acting, type Session } from '../session';
import { jsonOption } from './common';
import { profileOptions, type ProfilesGiven } from './profile-options';

interface Given extends ProfilesGiven {
  readonly profileIdentityCenter?: string;
  readonly folder?: string;
  readonly region?: string;
  readonly bootstrap?: boolean;
  readonly json?: boolean;
}

export function deployCommand(session: Session): Command {
  const command = described('deploy', {
    summary: 'deploy the stacks, each to its account',
    notes:
      'Deploys VendingStack, ManagementAccountStack and AutomationAccountStack, hands on the ExternalId, and opens the Account Factory’s portfolio to ' +
      'the roles. Writes what each stack answers into outputs.json. A deployment that was interrupted is run again.',
    examples: ['npx account-vending deploy', 'npx account-vending deploy --folder my-installation --bootstrap'],
  }).option('--folder <folder>', `the folder with cdk.json and the configuration (default: ${INSTALLATION_FOLDER})`);
  for (const option of profileOptions()) command.addOption(option);
  return command
    .addOption(
      new Option('--profile-identity-center <name>', 'the same for the delegated administrator of IAM Identity Center'),
    )
    .option('--region <region>', 'the region of the application (default: that of deployment.json)')
    .option('--bootstrap', 'prepare the account of the application for the CDK, if it is not yet')
    .addOption(jsonOption())
    .action(
      acting(session, async (given: Given) => {
        const { deploy } = await import('../../operator/deploy/deploy');
        return deploy(
          {
            folder: given.folder ?? INSTALLATION_FOLDER,
            profiles: {
              management: given.profile,
              automation: given.profileAutomation,
              meshcloud: given.profileMeshcloud,
            },
            identityCenterProfile: given.profileIdentityCenter,
            region: given.region,
            bootstraps: given.bootstrap ?? false,
            json: given.json ?? false,
          },
          session.context,
        );
      }),
    );
}
