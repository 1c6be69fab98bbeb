import { rm } from 'node:fs/promises';
import path from 'node:path';

import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { paginateListFunctions, LambdaClient } from '@aws-sdk/client-lambda';

import { loadConfiguration } from '../../infra/config';
import { reportOn } from '../../sandbox/commands/demo/report';
import { type OrderStatus, vend } from '../../sandbox/commands/demo/vend';
import { projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type DeployedStage, deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { STRICT_CONTEXT } from '../infra/strict-context';
import { EXAMPLES, nobodyWatches } from './vending-story';

const KEY = 'arn:aws:kms:eu-central-1:000000000000:key/0f0f0f0f-0000-4000-8000-000000000001';

/** Anyone who governs the organization has put it into the accounts that our stacks are deployed to. */
async function putBoundary(endpoint: string): Promise<void> {
  const { managementAccountId, automationAccountId, meshcloudAccountId } = exampleOrganization();
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  for (const accessKeyId of [managementAccountId, automationAccountId, meshcloudAccountId]) {
    const credentials = { accessKeyId, secretAccessKey: 'test' };
    const policy = { PolicyName: 'Vending', Path: '/boundaries/', PolicyDocument: JSON.stringify(all) };
    await new IAMClient({ endpoint, region: 'us-east-1', credentials }).send(new CreatePolicyCommand(policy));
  }
}

describe('the application as a strict organization deploys it, with all of its rules together', () => {
  let folder: string;
  let stage: DeployedStage;
  let statuses: readonly OrderStatus[];

  beforeAll(async () => {
    const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
    folder = makeConfigurationFolder(platform, Object.values(landingZones));
    stage = await deployedStage({
      configurationFolder: folder,
      seed: 4711,
      report: () => undefined,
      context: { ...STRICT_CONTEXT, kmsKeyArn: KEY },
      prepare: putBoundary,
    });
    statuses = await vend(stage, EXAMPLES, nobodyWatches);
  });
  afterAll(async () => {
    await stage.stop();
    await rm(folder, { recursive: true });
  });

  it('vends by event and by API', () => {
    expect(statuses.map(({ detail }) => detail?.status)).toEqual(['VENDED', 'VENDED']);
  });

  it('has the prefix before the names of all functions, and the path before those of their roles', async () => {
    const credentials = { accessKeyId: '000000000000', secretAccessKey: 'test' };
    const client = new LambdaClient({ endpoint: stage.endpoints.runtime, region: 'eu-central-1', credentials });
    const functions = [];
    for await (const { Functions = [] } of paginateListFunctions({ client }, {})) functions.push(...Functions);
    const own = functions.filter(({ FunctionName = '' }) => FunctionName.includes('vending-'));

    expect(own.length).toBeGreaterThan(40);
    expect(own.filter(({ FunctionName = '' }) => !FunctionName.startsWith('corp-vending-'))).toEqual([]);
    expect(own.filter(({ Role = '' }) => !Role.includes(':role/platform/corp-vending-'))).toEqual([]);
  });

  it('puts the boundary on the roles that it makes in accounts, but not on the one of Control Tower', async () => {
    const { organization, authorization } = await reportOn(stage, statuses);
    const roles = organization.accounts
      .filter(({ id }) => statuses.some(({ detail }) => detail?.account?.id === id))
      .flatMap((account) => account.roles)
      .flatMap(({ name, permissionsBoundary }) =>
        /^AWS(?:CloudFormationStackSetExecutionRole|ControlTowerExecution)$/u.test(name)
          ? [[name, permissionsBoundary?.arn ?? null]]
          : [],
      );

    expect(Object.fromEntries(roles)).toEqual({
      AWSCloudFormationStackSetExecutionRole: STRICT_CONTEXT.memberPermissionsBoundary,
      AWSControlTowerExecution: null,
    });
    expect(authorization).toMatchObject({ enforced: true, denied: 0 });
  });
});
