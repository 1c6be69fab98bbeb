import type { Context } from 'aws-lambda';

import { ConfigurationError } from '../../../functions/domain/base/errors';
import type { Runtime } from '../../../functions/runtime/environment';
import { onLambda } from '../../../functions/runtime/on-lambda';

const context = { functionName: 'Intake', awsRequestId: '1' } as Context;

describe('a function on Lambda', () => {
  const before = { ...process.env };

  beforeEach(() => {
    process.env['LEDGER_TABLE_NAME'] = 'ledger';
    process.env['AWS_REGION'] = 'eu-central-1';
    delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
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
