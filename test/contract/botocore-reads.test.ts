import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { serveOrganization } from '../../sandbox/organization/http-server';
import { ensurePythonEnvironment } from '../../sandbox/runtime-plane/python-environment';
import {
  AUTOMATION,
  DEV,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  ROOT,
} from '../sandbox/organization/organization-under-test';
import { botocoreReadings, type Ground, type Reading } from './botocore-readings';
import { importedOperations, operationsOf } from './imported-operations';

interface Seen {
  readonly answer?: unknown;
  readonly error?: string;
  readonly status?: number;
}

/** Every reading's call, and after it the one that is refused. */
function callsOf(readings: readonly Reading[], ground: Ground): readonly object[] {
  const accounts = { management: ground.management, automation: AUTOMATION, member: ground.member };
  return readings.flatMap(({ operation, account = 'management', input, refused }) => {
    const [service, name] = operation.split(':');
    const call = { service, operation: name, region: 'eu-central-1', accessKeyId: accounts[account] };
    return [
      { ...call, input },
      { ...call, input: refused.input, accessKeyId: refused.accessKeyId ?? accounts[account] },
    ];
  });
}

async function readWithBotocore(endpoint: string, calls: readonly object[]): Promise<readonly Seen[]> {
  const { python } = await ensurePythonEnvironment();
  const child = spawn(python, [path.join(projectRoot, 'test/contract/read_with_botocore.py')], {
    env: isolatedEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ endpoint, calls }));
  return JSON.parse(await text(child.stdout)) as readonly Seen[];
}

async function openGround(): Promise<{
  readonly ground: Ground;
  readonly test: ReturnType<typeof organizationUnderTest>;
}> {
  const seed = exampleOrganization();
  const open = {
    accountId: MANAGEMENT,
    name: 'Open',
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    },
  };
  const test = organizationUnderTest({ seed: { ...seed, serviceRoles: [...seed.serviceRoles, open] } });
  const member = await openAccount(test);
  const [requestId = ''] = test.organization.state.creations.keys();
  return { test, ground: { management: MANAGEMENT, member, root: ROOT, unit: DEV, requestId } };
}

describe('botocore', () => {
  const seen = new Map<string, readonly [Seen, Seen]>();
  const placeholders = botocoreReadings({ management: '', member: '', root: '', unit: '', requestId: '' });
  let expected: readonly Reading[] = [];

  beforeAll(async () => {
    const { test, ground } = await openGround();
    const server = await serveOrganization(test.organization);
    expected = botocoreReadings(ground);
    try {
      const results = await readWithBotocore(server.endpoint, callsOf(expected, ground));
      expected.forEach(({ operation }, n) => seen.set(operation, [results[2 * n] ?? {}, results[2 * n + 1] ?? {}]));
    } finally {
      await server.close();
    }
  }, 180_000);

  it.each(placeholders.map(({ operation }) => operation))('reads an answer and an error of %s', (operation) => {
    const reading = expected.find((one) => one.operation === operation);
    const [answered, refused] = seen.get(operation) ?? [];
    expect(answered).toMatchObject({ answer: reading?.answer });
    expect(refused).toEqual({ error: reading?.refused.error, status: reading?.refused.status });
  });

  it('reads every operation that the functions import', () => {
    const imported = importedOperations(path.join(projectRoot, 'functions/aws'));
    expect(imported.length).toBeGreaterThan(10);
    expect(placeholders.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...imported]));
  });
});

describe('the list of imported operations', () => {
  it('knows commands and paginators, and no other service', () => {
    const source = `
      import { type Account, DescribeAccountCommand, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
      import { SendMessageCommand } from '@aws-sdk/client-sqs';`;
    expect(operationsOf(source)).toEqual(['organizations:DescribeAccount', 'organizations:ListAccounts']);
  });
});
