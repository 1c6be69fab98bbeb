import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { choosePort } from '../../sandbox/runtime/ministack/choose-port';
import {
  type MiniStackOptions,
  type RunningMiniStack,
  startMiniStack,
} from '../../sandbox/runtime/ministack/ministack';
import { clientFor, createThrowAwayStack, nodeFunction } from './throw-away-stack';

// Tells what a Lambda of the application would see, and holds a connection as long as its process lives.
const source = `
exports.handler = async (event, context) => {
  const { LIFELINE, ...env } = process.env;
  if (LIFELINE) require('node:net').connect(Number(LIFELINE), '127.0.0.1');
  return { event, env, node: process.versions.node, folder: __dirname, arn: context.invokedFunctionArn };
};`;

interface Seen {
  readonly event: unknown;
  readonly env: Record<string, string>;
  readonly node: string;
  readonly folder: string;
  readonly arn: string;
}

const running: RunningMiniStack[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((ministack) => ministack.stop()));
});

const start = async (changes: Partial<MiniStackOptions> = {}): Promise<RunningMiniStack> => {
  const ministack = await startMiniStack({ region: 'eu-central-1', waitScale: 0.01, endpoints: {}, ...changes });
  running.push(ministack);
  return ministack;
};

const startWithProbe = async (
  endpoints: Record<string, string>,
  variables: Record<string, string> = {},
): Promise<{ ministack: RunningMiniStack; seen: Seen }> => {
  const ministack = await start({ endpoints });
  await createThrowAwayStack(ministack, {
    Function: nodeFunction('probe', source, { variables: { AWS_SDK_UA_APP_ID: 'CreateAccount', ...variables } }),
  });
  const invoke = new InvokeCommand({ FunctionName: 'probe', Payload: '{"tenantUuid":"1"}' });
  const { Payload } = await new LambdaClient(clientFor(ministack)).send(invoke);
  return { ministack, seen: JSON.parse(Payload?.transformToString() ?? '') as Seen };
};

/** Resolves when the other end is gone, whether it said so or not. */
const closeOf = (connection: Socket): Promise<void> =>
  new Promise((resolve) => {
    connection
      .on('error', () => undefined)
      .once('close', () => {
        resolve();
      });
  });

describe('startMiniStack', () => {
  it('runs Lambdas as Node processes that find the organization, know who they are, and end with it', async () => {
    const organization = 'http://127.0.0.1:4999';
    const lifeline = createServer().listen(0, '127.0.0.1');
    await once(lifeline, 'listening');
    const connected = once(lifeline, 'connection') as Promise<[Socket]>;
    const LIFELINE = String((lifeline.address() as AddressInfo).port);
    const { ministack, seen } = await startWithProbe({ ORGANIZATIONS: organization, STS: organization }, { LIFELINE });
    expect(ministack).toMatchObject({ region: 'eu-central-1', accountId: '000000000000' });
    expect(seen.env).toMatchObject({
      AWS_ENDPOINT_URL: ministack.endpoint,
      AWS_ENDPOINT_URL_ORGANIZATIONS: organization,
      AWS_ENDPOINT_URL_STS: organization,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: '000000000000',
      AWS_SESSION_TOKEN: '',
      AWS_SDK_UA_APP_ID: 'CreateAccount',
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
    });
    expect(seen.arn).toBe('arn:aws:lambda:eu-central-1:000000000000:function:probe');
    expect(seen.node).toBe(process.versions.node);

    const lambdaEnds = closeOf((await connected)[0]);
    await ministack.stop();
    await ministack.stop();
    await lambdaEnds;
    lifeline.close();
    expect(existsSync(seen.folder)).toBe(false);
    await expect(fetch(ministack.endpoint)).rejects.toThrow('fetch failed');
  });

  it('hands a payload to a Lambda exactly as it was sent', async () => {
    const { seen } = await startWithProbe({});
    expect(seen.event).toEqual({ tenantUuid: '1' });
  });

  it('runs twice at once without a clash', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.endpoint).not.toBe(two.endpoint);
  });

  it('takes another port where somebody has taken the free one before it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = (other.address() as AddressInfo).port;
    const ports = [taken];
    const options = { region: 'eu-central-1', waitScale: 0.01, endpoints: {} };
    const ministack = await startMiniStack(options, async () => ports.pop() ?? choosePort());
    running.push(ministack);
    other.close();
    expect(ministack.endpoint).not.toContain(String(taken));
  });

  it('writes its log when asked to', async () => {
    const lines: string[] = [];
    const ministack = await start({ log: (line) => lines.push(line) });
    await ministack.stop();
    expect(lines.join('\n')).toContain(`Running on ${ministack.endpoint}`);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('ends when the process that started it is ended by %s', async (signal) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'ended-parent-'));
    const module = path.join(projectRoot, 'sandbox/runtime/ministack/ministack');
    const program = `
      import { startMiniStack } from ${JSON.stringify(module)};
      void startMiniStack({ region: 'eu-central-1', waitScale: 1, endpoints: {} }).then(({ endpoint }) => console.log(endpoint));`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
      cwd: projectRoot,
      env: { ...isolatedEnvironment(), TMPDIR: folder },
    });
    const [endpoint] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const connection = connect(Number(new URL(endpoint).port), '127.0.0.1');
    await once(connection, 'connect');
    const closed = closeOf(connection);
    parent.kill(signal);
    await closed;
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
    expect((await readdir(folder)).filter((name) => name.includes('ministack'))).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
