import { rmSync } from 'node:fs';
import path from 'node:path';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { loadConfiguration } from '../../infra/config';
import { MESH_STACK_SECRET_NAME } from '../../infra/names';
import { projectRoot } from '../../sandbox/environment';
import { MeshStackModel } from '../../sandbox/meshstack/mesh-stack-model';
import { MeshStackServer } from '../../sandbox/meshstack/mesh-stack-server';
import { type ServedMeshStack, serveMeshStack } from '../../sandbox/meshstack/serve-mesh-stack';
import { type DeployedStage, deployedStage } from '../../sandbox/stage/deployed-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';

const KEY = { clientId: 'key-1', clientSecret: 'secret-1' };
const RUNNER = '0a0c1b1e-0000-4000-8000-00000000000a';
const REGION = 'eu-central-1';

describe('a tenant that is ordered in meshStack', () => {
  const model = new MeshStackModel('aws.eu', () => new Date());
  const server = new MeshStackServer({ model, key: KEY, now: () => new Date() });
  let served: ServedMeshStack;
  let folder: string;
  let stage: DeployedStage;
  let tenant: string;

  beforeAll(async () => {
    served = await serveMeshStack(server);
    folder = makeFolder(served.endpoint);
    stage = await deployedStage({ configurationFolder: folder, seed: 7, tell: () => undefined });
    for (const user of ['jane', 'omar']) model.addUser(user);
    model.addWorkspace('retail');
    model.addProject('retail', 'webshop-dev', null, { environment: ['dev'] });
    model.addUserRole('retail', 'webshop-dev', 'jane', 'Project Admin');
    tenant = model.orderTenant('retail', 'webshop-dev', 'aws-dev');
  }, 400_000);
  afterAll(async () => {
    await stage.stop();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it('is vended, changed and deleted through the poller, and shows in meshStack how it stands', async () => {
    const run = model.requestRun(tenant, 'APPLY');
    await giveKey();
    expect(await poll()).toEqual({ status: 'done' });
    expect(model.blockRuns.get(run)?.status).toBe('IN_PROGRESS');

    await until(() => model.blockRuns.get(run)?.status === 'SUCCEEDED');
    const [vended] = await stage.outcomes();
    expect(vended).toMatchObject({ type: 'Account Vended', detail: { tenantUuid: tenant } });
    expect(accountIn(run)).toBe(vended?.detail.accountId);

    model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    const again = model.requestRun(tenant, 'APPLY');
    await poll();
    await until(() => model.blockRuns.get(again)?.status === 'SUCCEEDED');
    expect(accountIn(again)).toBe(vended?.detail.accountId);
    expect(await stage.outcomes()).toHaveLength(2);

    model.markForDeletion(tenant);
    const end = model.requestRun(tenant, 'DESTROY');
    await poll();
    await until(async () => {
      await poll();
      return model.blockRuns.get(end)?.steps[0]?.['userMessage'] !== undefined;
    });
    expect(server.violations).toEqual([]);
  }, 300_000);

  const accountIn = (run: string): unknown => {
    const outputs = model.blockRuns.get(run)?.steps.find(({ id }) => id === 'account')?.['outputs'];
    return (outputs as { accountId?: { value?: unknown } } | undefined)?.accountId?.value;
  };

  const client = () => ({
    ...{ endpoint: stage.endpoints.runtime, region: REGION },
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  async function poll(): Promise<{ readonly status: string }> {
    const answer = await new LambdaClient(client()).send(
      new InvokeCommand({ FunctionName: 'vending-PollMeshStack', Payload: '{}' }),
    );
    const text = answer.Payload?.transformToString() ?? '';
    if (answer.FunctionError !== undefined) throw new Error(text);
    return JSON.parse(text) as { status: string };
  }

  async function giveKey(): Promise<void> {
    const secret = { SecretId: MESH_STACK_SECRET_NAME, SecretString: JSON.stringify(KEY) };
    await new SecretsManagerClient(client()).send(new PutSecretValueCommand(secret));
  }

  /** Something that others bring about, soon. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let looks = 0; !(await isSo()); looks += 1) {
      if (looks > 200) throw new Error(`Nothing has come of it: ${JSON.stringify([...model.blockRuns.values()])}`);
      await stage.pause();
    }
  }
});

function makeFolder(endpoint: string): string {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  const meshStack = {
    ...{ endpoint, platformIdentifier: 'aws.eu', platformUuid: '5b0c1b1e-0000-4000-8000-000000000002' },
    ...{ contactEmail: 'platform@corp.example', buildingBlockRunnerUuid: RUNNER, pollMinutes: 60 },
  };
  return makeConfigurationFolder({ ...platform, meshStack }, Object.values(landingZones));
}
