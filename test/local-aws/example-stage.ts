import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import fraudLab from '../../sandbox/examples/fraud-lab.json';
import {
  type DeployedStage,
  deployedStage,
  type DeployedStageOptions,
} from '../../sandbox/runtime/stage/deployed-stage';
import { changed } from '../functions/domain/examples';

/** The application with the sandbox's own configuration, deployed. */
export function exampleStage(
  options: Pick<DeployedStageOptions, 'seed' | 'detours' | 'awsEventDelays' | 'organizationNow'>,
): Promise<DeployedStage> {
  const configurationFolder = path.join(projectRoot, 'sandbox', 'config');
  return deployedStage({ ...options, configurationFolder, report: () => undefined });
}

/** The example without Luis, whom one story erases: for all other stories of the same deployment. */
export const withoutLuis = {
  ...fraudLab,
  projectCreatorEmail: 'aino.virtanen@corp.example',
  userPermissions: fraudLab.userPermissions.filter(({ username }) => username !== 'luis'),
};

/** A tenant that no other story has. */
export function ownTenant(story: string, number: number): { readonly uuid: string; readonly desiredState: unknown } {
  const uuid = `c4f2a6d8-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const project = `${story}-${number}`;
  const desiredState = changed(
    withoutLuis,
    ['tenant.metadata.uuid', uuid],
    ['tenant.metadata.ownedByProject', project],
    ['project.metadata.name', project],
    ['tenantPlatformNumber', 900 + number],
  );
  return { uuid, desiredState };
}
