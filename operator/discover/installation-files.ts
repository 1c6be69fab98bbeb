import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { LANDING_ZONES_FOLDER, PLATFORM_FILE } from '../../functions/domain/configuration/configuration';
import { readJsonFile } from '../../infra/json-file';
import { appCommandFrom, CDK_APP } from '../deploy/cdk-app';
import { asJson, type Contents } from '../written/write-files';
import type { FirstConfiguration } from './first-configuration';
import { githubWorkflow } from './github-workflow';
import { CDK_FILE, type Deployment, DEPLOYMENT_FILE } from '../deploy/installation';

export const CONFIGURATION_FOLDER = 'config';

/** All files of an installation, by their paths. */
export function installationFiles(folder: string, first: FirstConfiguration, deployment: Deployment): Contents {
  const configuration = path.join(folder, CONFIGURATION_FOLDER);
  const zones = Object.entries(first.landingZones).map(
    ([name, zone]) => [path.join(configuration, LANDING_ZONES_FOLDER, `${name}.json`), asJson(zone)] as const,
  );
  const repository = repositoryOf(folder);
  return new Map([
    [path.join(configuration, PLATFORM_FILE), asJson(first.platform)],
    ...zones,
    ...schemas(path.join(configuration, 'schema')),
    [path.join(folder, CDK_FILE), asJson(cdkSettings(folder, first))],
    [path.join(folder, DEPLOYMENT_FILE), asJson(deployment)],
    [
      path.join(repository, '.github', 'workflows', 'account-vending.yml'),
      githubWorkflow({ folder: path.relative(repository, folder) || '.', region: deployment.region }),
    ],
  ]);
}

function schemas(target: string): readonly (readonly [string, string])[] {
  const source = path.join(CDK_APP.folder, CDK_APP.schemas);
  if (!existsSync(source)) return [];
  return readdirSync(source).map((name) => [path.join(target, name), readFileSync(path.join(source, name), 'utf8')]);
}

/** The flags of the CDK are those that the app is tested with. */
function cdkSettings(folder: string, { context }: FirstConfiguration): object {
  const tested = readJsonFile(path.join(CDK_APP.folder, CDK_APP.settings));
  const flags = tested.ok && isObject(tested.value) && isObject(tested.value['context']) ? tested.value['context'] : {};
  return {
    app: appCommandFrom(folder),
    context: { configDir: CONFIGURATION_FOLDER, ...context, ...flags },
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** GitHub reads workflows at the root of a repository alone. */
function repositoryOf(folder: string): string {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
  }
  return folder;
}
