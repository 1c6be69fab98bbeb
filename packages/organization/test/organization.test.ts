import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';

import { type OrganizationOptions, startOrganization, type StartedOrganization } from '../src/index';

let started: StartedOrganization;
const start = async (options: OrganizationOptions): Promise<void> => {
  started = await startOrganization(options);
};
afterEach(() => started.close());

/** As an SDK takes it from the variables. */
const settings = (): {
  endpoint: string;
  region: string;
  credentials: Record<'accessKeyId' | 'secretAccessKey', string>;
} => ({
  endpoint: started.environment['AWS_ENDPOINT_URL'] ?? '',
  region: started.environment['AWS_REGION'] ?? '',
  credentials: {
    accessKeyId: started.environment['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: started.environment['AWS_SECRET_ACCESS_KEY'] ?? '',
  },
});

const accountNames = async (): Promise<readonly (string | undefined)[]> => {
  const { Accounts = [] } = await new OrganizationsClient(settings()).send(new ListAccountsCommand({}));
  return Accounts.map(({ Name }) => Name);
};

describe('an organization of its own', () => {
  it('has units, Control Tower and IAM Identity Center', async () => {
    await start({});

    expect(await accountNames()).toEqual(['management', 'automation', 'meshcloud']);
    expect(await new SSOAdminClient(settings()).send(new ListInstancesCommand({}))).toMatchObject({ Instances: [{}] });
  });

  it('has the management account alone, if asked for', async () => {
    await start({ landscape: 'bare' });

    expect(await accountNames()).toEqual(['management']);
    expect(await new SSOAdminClient(settings()).send(new ListInstancesCommand({}))).toMatchObject({ Instances: [] });
  });

  it('says that it does not know other services', async () => {
    await start({});

    await expect(new SQSClient(settings()).send(new ListQueuesCommand({}))).rejects.toThrow('has no service "sqs"');
  });

  it('lets another emulator answer for them', async () => {
    const seen: string[] = [];
    const other = createServer((incoming, outgoing) => {
      seen.push(String(incoming.headers['x-amz-target']));
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      outgoing.end('{"QueueUrls":["https://queue.example"]}');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    await start({ others: `http://127.0.0.1:${(other.address() as AddressInfo).port}` });
    try {
      expect(await new SQSClient(settings()).send(new ListQueuesCommand({}))).toMatchObject({
        QueueUrls: ['https://queue.example'],
      });
      expect(await accountNames()).toContain('management');
      expect(seen).toEqual(['AmazonSQS.ListQueues']);
    } finally {
      other.close();
      other.closeAllConnections();
    }
  });
});
