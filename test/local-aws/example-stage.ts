import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import {
  type DeployedStage,
  deployedStage,
  type DeployedStageOptions,
} from '../../sandbox/runtime/stage/deployed-stage';

/** The application with the sandbox's own configuration, deployed. It is synthesized once for all files of a run. */
export function exampleStage(options: Pick<DeployedStageOptions, 'seed' | 'detours'>): Promise<DeployedStage> {
  const assembly = process.env['SHARED_ASSEMBLY'];
  if (assembly === undefined) throw new Error('SHARED_ASSEMBLY is set by assembly-folder.ts before the tests run.');
  const configurationFolder = path.join(projectRoot, 'sandbox', 'config');
  return deployedStage({ ...options, configurationFolder, assembly, report: () => undefined });
}
