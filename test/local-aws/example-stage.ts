import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import {
  type DeployedStage,
  deployedStage,
  type DeployedStageOptions,
} from '../../sandbox/runtime/stage/deployed-stage';

/** The application with the sandbox's own configuration, deployed. */
export function exampleStage(options: Pick<DeployedStageOptions, 'seed' | 'detours'>): Promise<DeployedStage> {
  const configurationFolder = path.join(projectRoot, 'sandbox', 'config');
  return deployedStage({ ...options, configurationFolder, report: () => undefined });
}
