import path from 'node:path';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { loadConfiguration } from '../../infra/config';
import type { CommandContext } from '../command-context';
import type { ProfileSettings } from '../discover/profile-settings';
import { slowly } from '../elapsed';
import { OperatorError } from '../operator-error';
import { asJson } from '../written/write-files';
import { accountFaults } from './account-faults';
import { applicationAccount, type ApplicationAccount } from './application-account';
import { configurationFolderOf } from './cdk-settings';
import { OUTPUTS_FILE, readDeployment } from './installation';
import { recordedStacks, type RecordedStacks } from './outputs';
import { type PlaceOptions, type Places, placesOf } from './places';
import { cdkIn, type RunCdk } from './run-cdk';
import { StacksDeployment } from './stacks-deployment';

export interface DeployOptions {
  readonly folder: string;
  /** Absent: those that `deployment.json` names. */
  readonly profiles: PlaceOptions['profiles'];
  /** Of the delegated administrator account of IAM Identity Center, where the configuration names a role there. */
  readonly identityCenterProfile: string | undefined;
  readonly region: string | undefined;
  /** Whether the account of the application is prepared for the CDK, if it is not yet. */
  readonly bootstraps: boolean;
  readonly json: boolean;
  /** In the place of profiles, the CDK and the account of the application, for tests. */
  readonly instead?: {
    readonly settingsOf: (profile: string) => ProfileSettings;
    readonly cdk: RunCdk;
    readonly application: ApplicationAccount;
  };
}

/**
 * `account-vending deploy`: the application, then what lets it into the other accounts. Each stack is recorded once it
 * is there; whatever is there already stays, so a deployment that was killed is run again.
 *
 * @returns 0
 * @throws OperatorError when it cannot be deployed, with what to do
 */
export async function deploy(options: DeployOptions, context: CommandContext): Promise<number> {
  const folder = path.resolve(options.folder);
  const configuration = loadConfiguration(configurationFolderOf(folder));
  const settingsOf = options.instead?.settingsOf ?? ((profile: string): ProfileSettings => ({ profile }));
  const places = await placesOf({ ...options, settingsOf }, readDeployment(folder));
  refuseMixUp(places, configuration, recordedStacks(folder));
  const log = (line: string): void => {
    context.notify(`  ${line}\n`);
  };
  const { meshcloud, profiles } = places;
  const deployed = await slowly(context, (report) =>
    new StacksDeployment({
      folder,
      configuration,
      places,
      report,
      pause: context.pause,
      bootstraps: options.bootstraps,
      cdk: options.instead?.cdk ?? cdkIn({ folder, profile: profiles.meshcloud, region: meshcloud.region, log }),
      application: options.instead?.application ?? applicationAccount(meshcloud),
    }).run(),
  );
  context.print(options.json ? asJson(deployed) : said(folder, deployed));
  return 0;
}

function refuseMixUp(places: Places, { platform }: Configuration, recorded: RecordedStacks): void {
  const faults = accountFaults(places, platform, recorded);
  if (faults.length > 0) throw new OperatorError(faults.join('\n'));
}

const said = (folder: string, deployed: RecordedStacks): string =>
  [
    'Deployed:',
    ...Object.entries(deployed).map(([id, { account, region }]) => `  ${id}  account ${account}, ${region}`),
    '',
    `The outputs stand in ${path.join(folder, OUTPUTS_FILE)}; the API is ${deployed['VendingStack']?.outputs['ApiUrl'] ?? 'unknown'}`,
    'Next, in the folder above it: npx account-vending preflight, then npx account-vending order FILE --wait',
    '',
  ].join('\n');
