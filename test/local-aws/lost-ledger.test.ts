import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';

import { vend } from '../../sandbox/demo/vend';
import { type DeployedStage, deployedStage } from '../../sandbox/stage/deployed-stage';
import { type Ended, nodeAlone, runNpm } from '../commands/run-npm';
import { changed } from '../functions/domain/examples';
import { EXAMPLES, nobodyWatches } from './vending-story';

const profile = (name: string, accountId: string): string =>
  `[${name}]\naws_access_key_id=${accountId}\naws_secret_access_key=test\n`;

const CREDENTIALS = { accessKeyId: '000000000000', secretAccessKey: 'test' };

describe('a ledger that is lost, on the local AWS', () => {
  let stage: DeployedStage;
  let programs: string;
  let folder: string;

  beforeAll(async () => {
    programs = nodeAlone();
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-profile-'));
    writeFileSync(
      path.join(folder, 'credentials'),
      `${profile('default', '000000000000')}${profile('management', '222222222222')}`,
    );
    stage = await deployedStage({ configurationFolder: 'sandbox/config', seed: 1, tell: () => undefined });
  }, 240_000);
  afterAll(async () => {
    await stage.stop();
    for (const made of [programs, folder]) rmSync(made, { recursive: true });
  });

  /** As in a shell that has sourced .cache/endpoints.env, with a profile for the management account. */
  const rebuild = (...args: readonly string[]): Promise<Ended> => {
    const { runtime, organization } = stage.endpoints;
    return runNpm(
      'vendings',
      ['rebuild', '--config', 'sandbox/config', '--management-profile', 'management', ...args, '--json'],
      {
        programs,
        variables: {
          ...{ AWS_ENDPOINT_URL: runtime, AWS_ENDPOINT_URL_ORGANIZATIONS: organization },
          ...{ AWS_ENDPOINT_URL_IDENTITYSTORE: organization, AWS_ENDPOINT_URL_SERVICE_CATALOG: organization },
          AWS_REGION: 'eu-central-1',
          ...{
            AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
            AWS_CONFIG_FILE: path.join(folder, 'config'),
          },
        },
      },
    );
  };

  /** Everything is gone, and a table of the same name and shape is there. */
  const loseTable = async (): Promise<void> => {
    const aws = { endpoint: stage.endpoints.runtime, region: 'eu-central-1', credentials: CREDENTIALS };
    const { Stacks = [] } = await new CloudFormationClient(aws).send(
      new DescribeStacksCommand({ StackName: 'VendingStack' }),
    );
    const TableName = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'LedgerTableName')?.OutputValue;
    const dynamodb = new DynamoDBClient(aws);
    const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = Table;
    const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
      IndexName,
      KeySchema: keys,
      Projection,
    }));
    await dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await dynamodb.send(new DeleteTableCommand({ TableName }));
    const made = {
      TableName,
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes: indexes,
      BillingMode: 'PAY_PER_REQUEST' as const,
    };
    await dynamodb.send(new CreateTableCommand(made));
    expect((await dynamodb.send(new ScanCommand({ TableName }))).Count).toBe(0);
  };

  const later = EXAMPLES.map((order) => ({
    ...order,
    desiredState: changed(order.desiredState, ['replicationSequence', 1000]),
  }));

  it('is rebuilt from the organization, and the next desired state of each tenant writes nothing to AWS', async () => {
    const first = await vend(stage, EXAMPLES, nobodyWatches);
    expect(first.map(({ status }) => status)).toEqual(['VENDED', 'VENDED']);
    await loseTable();

    const { exitCode, stdout, stderr } = await rebuild();
    expect([exitCode, stderr.split('\n').filter((line) => line.includes('rror'))]).toEqual([0, []]);
    const uuids = first.map(({ tenantUuid }) => tenantUuid).toSorted();
    const report = JSON.parse(stdout) as { readonly rebuilt: readonly string[]; readonly findings: readonly unknown[] };
    expect([report.rebuilt.toSorted(), report.findings]).toEqual([uuids, []]);

    const before = stage.organization.calls.length;
    const again = await vend(stage, later, nobodyWatches);
    expect(again.map(({ status, detail }) => [status, detail?.account?.id])).toEqual(
      first.map(({ detail }) => ['VENDED', detail?.account?.id]),
    );
    // What the landing zone's function is told is no change of AWS.
    const writes = stage.organization.calls
      .slice(before)
      .filter(({ write, service }) => write && service !== 'sts' && service !== 'lambda');
    expect(writes.map(({ operation }) => operation)).toEqual([]);
  }, 480_000);
});
