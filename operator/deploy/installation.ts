import path from 'node:path';

import * as z from 'zod';

import { readJsonFile } from '../../infra/json-file';
import { OperatorError } from '../operator-error';

export const CDK_FILE = 'cdk.json';
export const DEPLOYMENT_FILE = 'deployment.json';
export const OUTPUTS_FILE = 'outputs.json';

const DeploymentSchema = z.object({
  /** Of the application. */
  region: z.string().min(1),
  /** Profiles of the AWS CLI, each of the account of its name. */
  profiles: z.object({ management: z.string(), automation: z.string(), meshcloud: z.string() }),
});

/** How an installation is deployed: what is no part of its configuration. */
export type Deployment = Readonly<z.infer<typeof DeploymentSchema>>;

/** @returns undefined where the folder has none */
export function readDeployment(folder: string): Deployment | undefined {
  const file = path.join(folder, DEPLOYMENT_FILE);
  const read = readJsonFile(file);
  if (!read.ok) return undefined;
  const { data } = DeploymentSchema.safeParse(read.value);
  if (data !== undefined) return data;
  throw new OperatorError(
    `${file} has no region, or no profiles of management, automation and meshcloud. Run init --discover again.`,
  );
}
