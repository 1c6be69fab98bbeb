import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';

import { vend } from '../../sandbox/commands/demo/vend';
import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { shellEnvironment } from '../../sandbox/runtime/stage/shell-environment';
import { pageOf } from '../docs/pages';
import { changed } from '../functions/domain/examples';
import { awsCommandLine, ShellSession } from './shell-session';
import { EXAMPLES, nobodyWatches } from './vending-story';
import { exampleStage } from './example-stage';

const profile = (name: string, accountId: string): string =>
  `[${name}]\naws_access_key_id=${accountId}\naws_secret_access_key=test\n`;

const CREDENTIALS = { accessKeyId: '000000000000', secretAccessKey: 'test' };

/** The blocks of commands of an article of the runbook, without what they are indented by. */
function commandsOf(article: string): readonly string[] {
  const [, text = ''] = pageOf('docs/operation.md').split(`\n## ${article}\n`);
  const [body = ''] = text.split('\n## ');
  return [...body.matchAll(/^( *)```\n(.*?)^\1```$/gmsu)].map(({ 1: indent = '', 2: block = '' }) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gmu'), ''),
  );
}

/**
 * Every command of "Restoring the ledger" is run as it stands there, with ids in the place of words in capitals. What
 * MiniStack does otherwise than AWS:
 *
 * - restore-table-to-point-in-time gives the table as it is, not as it was at the instant: nothing has changed in
 *   between here
 * - DynamoDB makes no last backup of a table that is deleted, and list-backups does not go by its type: the backup that
 *   was made by hand is restored
 * - restores and backups end at once, so `wait` does not wait
 */
describe('a ledger that is lost, on the local AWS', () => {
  const blocks = commandsOf('Restoring the ledger');
  const [stop, restoreDeleted, restoreInstant, putInPlace, makeEmpty, setRest, rebuild, start, look] = blocks;
  let stage: DeployedStage;
  let session: ShellSession;
  let folder: string;
  let outputs: ReadonlyMap<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-profile-'));
    const credentials = path.join(folder, 'credentials');
    writeFileSync(credentials, `${profile('default', '000000000000')}${profile('management', '222222222222')}`);
    session = await ShellSession.open(await awsCommandLine());
    stage = await exampleStage({ seed: 1 });
    const { Stacks = [] } = await new CloudFormationClient(aws()).send(
      new DescribeStacksCommand({ StackName: 'VendingStack' }),
    );
    outputs = new Map(
      Stacks[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const),
    );
    await run(
      [
        shellEnvironment(stage.endpoints),
        'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY',
        `export AWS_SHARED_CREDENTIALS_FILE=${credentials} AWS_CONFIG_FILE=${path.join(folder, 'config')}`,
        `export LEDGER=${outputs.get('LedgerTableName') ?? ''}`,
      ].join('\n'),
    );
  });
  afterAll(async () => {
    await stage.stop();
    await session.close();
    rmSync(folder, { recursive: true });
  });

  const aws = () => ({ endpoint: stage.endpoints.runtime, region: 'eu-central-1', credentials: CREDENTIALS });

  /** @param words in the place of those in capitals */
  async function run(commands: string | undefined, words: Readonly<Record<string, string>> = {}): Promise<string> {
    const written = Object.entries(words).reduce((text, [word, value]) => text.replaceAll(word, value), commands ?? '');
    const { exitCode, stdout, stderr } = await session.run(written);
    expect([written, exitCode, exitCode === 0 ? '' : stderr]).toEqual([written, 0, '']);
    return stdout;
  }

  const ledger = (): { readonly TableName: string } => ({ TableName: outputs.get('LedgerTableName') ?? '' });

  const backupOf = async (TableName: string): Promise<string> => {
    const { BackupSummaries = [] } = await new DynamoDBClient(aws()).send(new ListBackupsCommand({ TableName }));
    return BackupSummaries[0]?.BackupArn ?? '';
  };

  const loseTable = async (): Promise<void> => {
    const dynamodb = new DynamoDBClient(aws());
    await dynamodb.send(new UpdateTableCommand({ ...ledger(), DeletionProtectionEnabled: false }));
    await dynamodb.send(new DeleteTableCommand(ledger()));
  };

  const contents = async (): Promise<readonly string[]> => {
    const { Items = [] } = await new DynamoDBClient(aws()).send(new ScanCommand(ledger()));
    return Items.map((item) => JSON.stringify(item, Object.keys(item).toSorted())).toSorted();
  };

  /** What the functions rely on. */
  const shape = async (): Promise<unknown> => {
    const dynamodb = new DynamoDBClient(aws());
    const { Table = {} } = await dynamodb.send(new DescribeTableCommand(ledger()));
    const { KeySchema, AttributeDefinitions = [], GlobalSecondaryIndexes = [] } = Table;
    return {
      KeySchema,
      attributes: AttributeDefinitions.map(
        ({ AttributeName, AttributeType }) => `${AttributeName} ${AttributeType}`,
      ).toSorted(),
      indexes: GlobalSecondaryIndexes.map((index) => [
        index.IndexName,
        index.KeySchema,
        index.Projection?.ProjectionType,
      ]),
      billing: Table.BillingModeSummary?.BillingMode,
    };
  };

  /** What the runbook sets besides. */
  const rest = async (): Promise<unknown> => {
    const dynamodb = new DynamoDBClient(aws());
    const { Table } = await dynamodb.send(new DescribeTableCommand(ledger()));
    const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand(ledger()));
    const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand(ledger()));
    return {
      isProtected: Table?.DeletionProtectionEnabled,
      expires: [TimeToLiveDescription?.TimeToLiveStatus, TimeToLiveDescription?.AttributeName],
      recovery: ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
    };
  };

  /** As the stack has it on AWS; MiniStack's CloudFormation sets none of these. */
  const REST = { isProtected: true, expires: ['ENABLED', 'expiresAt'], recovery: 'ENABLED' };

  const table = async (): Promise<unknown> => ({
    contents: await contents(),
    shape: await shape(),
    rest: await rest(),
  });

  /** The states of rules and of mappings, each once, and what the API answers. */
  const receiving = async (): Promise<unknown> => {
    const { Rules = [] } = await new EventBridgeClient(aws()).send(new ListRulesCommand({}));
    const { EventSourceMappings = [] } = await new LambdaClient(aws()).send(new ListEventSourceMappingsCommand({}));
    const { status } = await stage.callApi({ method: 'GET', path: '/vendings' });
    const rules = Rules.filter(({ Name = '' }) => Name.startsWith('VendingStack-'));
    return {
      rules: [...new Set(rules.map(({ State }) => State))],
      mappings: [...new Set(EventSourceMappings.map(({ State }) => State))],
      isAnswered: status === 200,
    };
  };

  const later = EXAMPLES.map((order) => ({
    ...order,
    desiredState: changed(order.desiredState, ['replicationSequence', 1000]),
  }));

  it('is restored and rebuilt by the commands of the runbook, and the next desired state of each tenant writes nothing to AWS', async () => {
    expect(blocks).toHaveLength(9);
    const first = await vend(stage, EXAMPLES, nobodyWatches);
    expect(first.map(({ status }) => status)).toEqual(['VENDED', 'VENDED']);

    await run(stop);
    expect(await receiving()).toEqual({ rules: ['DISABLED'], mappings: ['Disabled'], isAnswered: false });
    const before = { contents: await contents(), shape: await shape(), rest: REST };

    await run(restoreInstant, { INSTANT: new Date().toISOString() });
    const backup = await backupOf(`${ledger().TableName}-restored`);
    await run(putInPlace, { ARN: backup });
    await run(setRest);
    expect(await table()).toEqual(before);

    await loseTable();
    expect(await run(restoreDeleted, { ARN: backup })).toContain(ledger().TableName);
    await run(setRest);
    expect(await table()).toEqual(before);
    const inTheSandbox = { '--config config': '--config sandbox/config', PROFILE: 'management' };
    await run(rebuild, { ...inTheSandbox, '2026-11-26T22:30:00Z': new Date().toISOString() });

    await loseTable();
    await run(makeEmpty);
    await run(setRest);
    expect(await table()).toEqual({ ...before, contents: [] });
    await run(rebuild, { ...inTheSandbox, ' --restored-at 2026-11-26T22:30:00Z': '' });

    await run(start);
    expect(await receiving()).toEqual({ rules: ['ENABLED'], mappings: ['Enabled'], isAnswered: true });
    for (const { tenantUuid } of first) {
      const { body } = await stage.callApi({ method: 'GET', path: `/vendings/${tenantUuid}` });
      expect(body).toMatchObject({ tenantUuid, status: 'VENDED' });
    }
    await run(look, {
      TENANT_UUID: first[0]?.tenantUuid ?? '',
      RUN_WATCH: outputs.get('RunWatchQueueUrl') ?? '',
      // The AWS CLI 1 reads no variable for SQS.
      'aws sqs': 'aws --endpoint-url "$RUNTIME_ENDPOINT" sqs',
    });

    const calls = stage.organization.calls.length;
    const again = await vend(stage, later, nobodyWatches);
    expect(again.map(({ status, detail }) => [status, detail?.account?.id])).toEqual(
      first.map(({ detail }) => ['VENDED', detail?.account?.id]),
    );
    // What the landing zone's function is told is no change of AWS.
    const writes = stage.organization.calls
      .slice(calls)
      .filter(({ write, service }) => write && service !== 'sts' && service !== 'lambda');
    expect(writes.map(({ operation }) => operation)).toEqual([]);
  });
});
