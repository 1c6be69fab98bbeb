import { INSTALLATION_FOLDER } from './installation-folder';
import { readDeployment } from './installation';
import { recordedStacks } from './outputs';

/** The API of an installation, as its last deployment has left it. */
export interface RecordedApi {
  readonly url: string;
  /** A profile of the account of the application; undefined: none was written down. */
  readonly profile: string | undefined;
}

/** That of the installation in the working directory, or in its folder; undefined where nothing was deployed. */
export function recordedApi(): RecordedApi | undefined {
  for (const folder of [INSTALLATION_FOLDER, '.']) {
    const url = recordedStacks(folder)['VendingStack']?.outputs['ApiUrl'];
    if (url !== undefined) return { url, profile: readDeployment(folder)?.profiles.meshcloud };
  }
  return undefined;
}
