import { existsSync } from 'node:fs';
import path from 'node:path';

import { configurationFolderOf } from '../deploy/cdk-settings';
import { CDK_FILE, readDeployment } from '../deploy/installation';
import { INSTALLATION_FOLDER } from '../deploy/installation-folder';
import { variable } from '../environment';

interface Given {
  readonly config: string | undefined;
  readonly secretId: string | undefined;
  readonly profile: string | undefined;
  readonly profileAutomation: string | undefined;
}

export interface DirectWay {
  readonly configurationFolder: string;
  readonly secretId: string | undefined;
  readonly profiles: { readonly management: string; readonly automation: string | undefined } | undefined;
}

/**
 * What a direct preflight takes where nothing is said: the configuration of the installation that `init` has written,
 * and its profiles, unless an ExternalId lets it look through the roles.
 */
export function directDefaults({ config, secretId, profile, profileAutomation }: Given): DirectWay {
  const installation = existsSync(path.join(INSTALLATION_FOLDER, CDK_FILE)) ? INSTALLATION_FOLDER : undefined;
  const configurationFolder = config ?? (installation === undefined ? 'config' : configurationFolderOf(installation));
  const known =
    installation === undefined || knowsExternalId(secretId) ? undefined : readDeployment(installation)?.profiles;
  const management = profile ?? known?.management;
  const automation = profileAutomation ?? known?.automation;
  return { configurationFolder, secretId, profiles: profilesOf(management, automation) };
}

const knowsExternalId = (secretId: string | undefined): boolean =>
  secretId !== undefined || variable('VENDING_EXTERNAL_ID') !== undefined;

const profilesOf = (management: string | undefined, automation: string | undefined): DirectWay['profiles'] =>
  management === undefined ? undefined : { management, automation };
