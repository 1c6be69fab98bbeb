import { rmSync } from 'node:fs';
import path from 'node:path';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import type { OutcomeEvent } from '../../functions/ports/outcome-publisher';
import { loadConfiguration } from '../../infra/config';
import { MESH_STACK_SECRET_NAME } from '../../infra/names';
import { projectRoot } from '../../sandbox/environment';
import { MeshStackModel } from '../../sandbox/runtime/meshstack/mesh-stack-model';
import { MeshStackServer } from '../../sandbox/runtime/meshstack/mesh-stack-server';
import { type ServedMeshStack, serveMeshStack } from '../../sandbox/runtime/meshstack/serve-mesh-stack';
import { readOrganization } from '../../sandbox/organization/independent-reader';
import { type DeployedStage, deployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { makeConfigurationFolder } from '../commands/configuration-folder';

const KEY = { clientId: 'key-1', clientSecret: 'secret-1' };
const RUNNER = '0a0c1b1e-0000-4000-8000-00000000000a';
const REGION = 'eu-central-1';

/** A busy machine takes its time. */
const PATIENCE_MILLISECONDS = 150_000;

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
    stage = await deployedStage({ configurationFolder: folder, seed: 7, report: () => undefined });
    for (const user of ['jane', 'omar']) model.addUser(user);
    model.addWorkspace('retail');
  });
  afterAll(async () => {
    await stage.stop();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['v4', 'webshop-dev'],
    ['v4-preview', 'webshop-old'],
  ] as const)(
    'as %s is vended, changed, deleted and closed through the poller, and told of',
    async (version, project) => {
      server.tenants = version;
      model.addProject('retail', project, null, { environment: ['dev'] });
      model.addUserRole('retail', project, 'jane', 'Project Admin');
      tenant = model.orderTenant('retail', project, 'aws-dev');
      const run = model.requestRun(tenant, 'APPLY');
      await giveKey();
      await poll();
      expect(model.blockRuns.get(run)?.status).toBe('IN_PROGRESS');

      await untilShown(run, 'SUCCEEDED');
      const vended = await outcome('Account Vended', 0);
      expect(stepsOf(run)).toEqual({ account: 'SUCCEEDED', setup: 'SUCCEEDED', access: 'SUCCEEDED' });
      expect(accountIn(run)).toBe(vended.accountId);
      expect(await members(vended.accountId)).toEqual(['jane@corp.example']);

      model.addUserRole('retail', project, 'omar', 'Project Admin');
      const again = model.requestRun(tenant, 'APPLY');
      await poll();
      await untilShown(again, 'SUCCEEDED');
      expect(accountIn(again)).toBe(vended.accountId);
      await outcome('Account Vended', 1);
      expect(await members(vended.accountId)).toEqual(['jane@corp.example', 'omar@corp.example']);

      // Nobody has approved yet: people lose their access, and their groups stay.
      model.requestDeletion(tenant);
      const end = model.requestRun(tenant, 'DESTROY');
      await poll();
      await outcome('Account Vended', 2);
      expect(await members(vended.accountId)).toEqual([]);
      expect(model.blockRuns.get(end)?.status).toBe('IN_PROGRESS');

      model.approveDeletion(tenant);
      await poll();
      await untilShown(end, 'SUCCEEDED');
      const { accountId } = vended;
      expect(await outcome('Account Closed', 0)).toMatchObject({ accountId, accountState: 'CLOSED' });
      expect(await stateInAws(accountId)).toBe('CLOSED');
      expect(model.blockRuns.get(end)?.steps).toMatchObject([{ id: 'account', userMessage: 'The account is closed.' }]);
      expect(await statusOf(tenant)).toBe('CLOSED');
      expect((await outcomesOf(tenant)).map(({ type }) => type)).toEqual([
        'Account Vended',
        'Account Vended',
        'Account Vended',
        'Account Closed',
      ]);
      expect(server.violations).toEqual([]);
    },
  );

  const stepsOf = (run: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(model.blockRuns.get(run)?.steps.map(({ id, status }) => [String(id), status]) ?? []);

  /** Of our groups that have something in the account, as IAM Identity Center knows them. */
  async function members(accountId: string | null): Promise<readonly string[]> {
    const [account] = await readOrganization({
      ...stage.access,
      region: REGION,
      managementAccountId: '222222222222',
      automationAccountId: '333333333333',
      accountIds: [accountId ?? ''],
    });
    const ours = account?.groups.filter(({ name }) => name.startsWith('mst-')) ?? [];
    const names = ours.flatMap((group) => group.members.map((name) => name.toLowerCase()));
    return [...new Set(names)].toSorted();
  }

  async function stateInAws(accountId: string | null): Promise<string | undefined> {
    const organizations = new OrganizationsClient({
      endpoint: stage.endpoints.organization,
      region: REGION,
      credentials: { accessKeyId: '222222222222', secretAccessKey: 'test' },
    });
    const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: accountId ?? '' }));
    return Account?.State ?? Account?.Status;
  }

  const outcomesOf = async (tenantUuid: string): Promise<readonly OutcomeEvent[]> =>
    (await stage.outcomes()).filter(({ detail }) => detail.tenantUuid === tenantUuid);

  /** The tenant's n-th outcome of its kind. */
  async function outcome(type: OutcomeEvent['type'], n: number): Promise<OutcomeEvent['detail']> {
    const found = async (): Promise<OutcomeEvent | undefined> =>
      (await outcomesOf(tenant)).filter((one) => one.type === type)[n];
    await until(async () => (await found()) !== undefined);
    const { detail } = (await found()) ?? {};
    if (detail === undefined) throw new Error(`There is no outcome ${type} any more.`);
    return detail;
  }

  const untilShown = (run: string, status: string): Promise<void> =>
    until(() => model.blockRuns.get(run)?.status === status);

  async function statusOf(tenantUuid: string): Promise<unknown> {
    const { body } = await stage.callApi({ method: 'GET', path: `/vendings/${tenantUuid}` });
    return (body as { status?: unknown }).status;
  }

  const accountIn = (run: string): unknown => {
    const outputs = model.blockRuns.get(run)?.steps.find(({ id }) => id === 'account')?.['outputs'];
    return (outputs as { accountId?: { value?: unknown } } | undefined)?.accountId?.value;
  };

  const client = () => ({
    endpoint: stage.endpoints.runtime,
    region: REGION,
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  /** While the reporter speaks with meshStack, a poll leaves it to that. */
  async function poll(): Promise<void> {
    await until(async () => (await pollOnce()).status === 'done');
  }

  async function pollOnce(): Promise<{ readonly status: string }> {
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
    const patience = Date.now() + PATIENCE_MILLISECONDS;
    while (!(await isSo())) {
      if (Date.now() > patience) {
        const { body } = await stage.callApi({ method: 'GET', path: `/vendings/${tenant}` });
        throw new Error(`Nothing has come of it: ${JSON.stringify([body, [...model.blockRuns.values()]])}`);
      }
      await stage.pause();
    }
  }
});

function makeFolder(endpoint: string): string {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  const meshStack = {
    endpoint,
    platformIdentifier: 'aws.eu',
    platformUuid: '5b0c1b1e-0000-4000-8000-000000000002',
    contactEmail: 'platform@corp.example',
    buildingBlockRunnerUuid: RUNNER,
    pollMinutes: 60,
  };
  return makeConfigurationFolder({ ...platform, meshStack }, Object.values(landingZones));
}
