import timers from 'node:timers/promises';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';

import { ConfigurationError } from '../../../functions/domain/base/errors';
import { type Runtime, stateMachines, throttle } from '../../../functions/runtime/environment';
import { onLambda } from '../../../functions/runtime/on-lambda';

const context = { functionName: 'Intake', awsRequestId: '1' } as Context;

describe('a function on Lambda', () => {
  const before = { ...process.env };

  beforeEach(() => {
    process.env['LEDGER_TABLE_NAME'] = 'ledger';
    process.env['AWS_REGION'] = 'eu-central-1';
    for (const name of ['AWS_LAMBDA_FUNCTION_NAME', 'AWS_ENDPOINT_URL']) Reflect.deleteProperty(process.env, name);
  });

  afterEach(() => {
    process.env = { ...before };
  });

  /** Counts how often the function is composed. */
  const counted = () => {
    const hosts: Runtime[] = [];
    const compose = (runtime: Runtime) => {
      hosts.push(runtime);
      return (event: unknown) => Promise.resolve({ got: event });
    };
    return { hosts, compose };
  };

  it('is composed while its process starts, once for all its events', async () => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'Intake';
    const { hosts, compose } = counted();
    const handler = onLambda(compose);
    expect(hosts).toHaveLength(1);
    expect(await handler({ a: 1 }, context)).toEqual({ got: { a: 1 } });
    expect(await handler({ a: 2 }, context)).toEqual({ got: { a: 2 } });
    expect(hosts).toHaveLength(1);
  });

  it('is composed elsewhere not before its first event', async () => {
    const { hosts, compose } = counted();
    const handler = onLambda(compose);
    expect(hosts).toEqual([]);
    await handler({}, context);
    await handler({}, context);
    expect(hosts).toHaveLength(1);
  });

  /** What functions have around them, by these variables. */
  const hostBy = (variables: Readonly<Record<string, string>>): Runtime => {
    Object.assign(process.env, { AWS_LAMBDA_FUNCTION_NAME: 'Intake' }, variables);
    const { hosts, compose } = counted();
    onLambda(compose);
    const [host] = hosts;
    if (host === undefined) throw new Error('It was not composed.');
    return host;
  };

  it('asks AWS where, and bounded by what, the app has told it', () => {
    expect(hostBy({}).aws).toStrictEqual({ region: 'eu-central-1' });
    const roles = { IDENTITY_CENTER_ROLE_ARN: 'arn:center', MANAGEMENT_ACCESS_ROLE_ARN: 'arn:people' };
    const everywhere = { region: 'eu-central-1', memberPermissionsBoundary: 'Boundary' };
    const told = { identityCenterRoleArn: 'arn:center', managementAccessRoleArn: 'arn:people' };
    const all = 'http://127.0.0.1:4566';
    const general = { MEMBER_PERMISSIONS_BOUNDARY: 'Boundary', AWS_ENDPOINT_URL: all, ...roles };
    expect(hostBy(general).aws).toStrictEqual({
      ...everywhere,
      ...told,
      ownFunctionsEndpoint: all,
      controlTowerEndpoint: all,
      codeBuildEndpoint: all,
      storageEndpoint: all,
    });
    const named = { AWS_ENDPOINT_URL_CONTROLTOWER: 'ct', AWS_ENDPOINT_URL_CODEBUILD: 'cb', AWS_ENDPOINT_URL_S3: 's3' };
    expect(hostBy(named).aws).toStrictEqual({
      ...everywhere,
      ...told,
      ownFunctionsEndpoint: all,
      controlTowerEndpoint: 'ct',
      codeBuildEndpoint: 'cb',
      storageEndpoint: 's3',
    });
  });

  it('has its own ledger, secret and queue', async () => {
    const host = hostBy({ EXTERNAL_ID_SECRET_ARN: 'arn:secret', RUN_WATCH_QUEUE_URL: 'https://queue.example' });
    const sent: unknown[] = [];
    const answer = ({ input }: { readonly input: unknown }) => {
      sent.push(input);
      return Promise.resolve({ SecretString: 'id', Items: [] });
    };
    const spies = [DynamoDBClient, SecretsManagerClient, SQSClient].map((client) =>
      jest.spyOn(client.prototype, 'send').mockImplementation(answer as never),
    );
    try {
      await host.ledger.readPartition({ partition: 'p', prefix: '', limit: 1 });
      expect(await host.secrets.externalId()).toBe('id');
      await host.watch.watch({ tenantUuid: 'uuid' } as never);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(sent).toMatchObject([
      { TableName: 'ledger' },
      { SecretId: 'arn:secret' },
      { QueueUrl: 'https://queue.example' },
    ]);
  });

  it('tells time, and lets it pass', async () => {
    const { now, wait } = hostBy({});
    expect(Math.abs(now().getTime() - Date.now())).toBeLessThan(60_000);
    const pause = jest.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);
    await wait(250);
    expect(pause).toHaveBeenCalledWith(250);
    pause.mockRestore();
  });

  it.each([
    ['byState', true],
    ['together', false],
    [undefined, false],
  ])('keeps durations of steps as the app has told it: %s', (kept, isByState) => {
    const { metrics } = hostBy(kept === undefined ? {} : { STEP_DURATIONS: kept });
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    metrics.record([{ name: 'StepDuration', unit: 'Seconds', value: 2, dimensions: { State: 'TagAccount' } }]);
    const line = String(write.mock.calls[0]?.[0]);
    write.mockRestore();
    expect(line.includes('["service","State"]')).toBe(isByState);
  });

  it('counts one throttle, and knows both state machines', () => {
    const dimensions = { State: 'TagAccount' };
    expect(throttle('TagAccount')).toEqual({ name: 'Throttles', unit: 'Count', value: 1, dimensions });
    expect(stateMachines((name) => name)).toEqual({
      'vend-account': 'STATE_MACHINE_ARN',
      'close-account': 'CLOSING_STATE_MACHINE_ARN',
    });
  });

  it('stops its start when a variable is missing', () => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'Intake';
    delete process.env['LEDGER_TABLE_NAME'];
    expect(() => onLambda(counted().compose)).toThrow(/LEDGER_TABLE_NAME/);
  });

  it('lets its errors through with their names: the workflow matches them', async () => {
    const handler = onLambda(() => () => Promise.reject(new ConfigurationError('odd')));
    await expect(handler({}, context)).rejects.toMatchObject({ name: 'ConfigurationError' });
  });
});
