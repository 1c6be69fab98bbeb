import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

import { DeadLetterListSchema } from '../../../functions/api/dead-letter-responses';
import { VendingDetailSchema, VendingListSchema } from '../../../functions/api/responses';
import { listVendings } from '../../../functions/ledger/runs/list-vendings';
import { dynamodbLedgerStore } from '../../../functions/aws/ledger/dynamodb-ledger-store';
import { projectRoot } from '../../../sandbox/environment';
import webshop from '../../../sandbox/examples/webshop-dev.json';
import type { DeployedStage } from '../../../sandbox/runtime/stage/deployed-stage';
import { tellEndpoints } from '../../../sandbox/runtime/stage/local-start';
import { changed } from '../../functions/domain/examples';
import { awsCommandLine } from '../shell-session';

const { uuid } = webshop.tenant.metadata;
const UNREADABLE = 'not-a-uuid-of-operators';

interface LedgerCall {
  readonly operation: string;
  readonly index: string | undefined;
}

interface SentRequest {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** Settings whose client tells what it calls. */
function recorded<Access extends object>(access: Access) {
  const calls: LedgerCall[] = [];
  const { requestHandler } = new DynamoDBClient(access).config;
  const { handle } = requestHandler;
  requestHandler.handle = (...args: Parameters<typeof handle>) => {
    const { body, headers } = args[0] as SentRequest;
    const { IndexName: index } = JSON.parse(new TextDecoder().decode(body)) as { readonly IndexName?: string };
    calls.push({ operation: headers['x-amz-target']?.split('.')[1] ?? '', index });
    return handle.apply(requestHandler, args);
  };
  return { settings: { ...access, requestHandler }, calls };
}

/** What an operator asks of the installation: the only story that orders the example `retail.webshop-dev`. */
export function operatorsView(given: () => DeployedStage): void {
  let stage: DeployedStage;
  let accountId: string;

  const access = () => ({
    endpoint: stage.endpoints.runtime,
    region: 'eu-central-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  /** `account-vending` as a person runs it, with nothing of this process's environment. */
  const ran = async (program: string, args: readonly string[], variables: Readonly<Record<string, string>>) => {
    const env = { PATH: process.env['PATH'] ?? '', ...variables };
    const child = spawn(program, args, { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { exitCode: await ended, stdout, stderr };
  };

  const vendings = (...args: readonly string[]) =>
    ran(process.execPath, ['command/account-vending.cjs', 'vendings', ...args, '--json'], {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: '000000000000',
      AWS_SECRET_ACCESS_KEY: 'test',
      VENDING_API: stage.endpoints.api,
    });

  const eventually = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`Not within ${stage.patienceSeconds} s.`);
      await stage.pause();
    }
  };

  beforeAll(async () => {
    stage = given();
    await stage.sendEvent(webshop);
    accountId = await eventually(async () => {
      const { body } = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      const { data } = VendingDetailSchema.safeParse(body);
      return data?.status === 'VENDED' ? data.account?.id : undefined;
    });
  });

  it('shows a vending by its account and by its project', async () => {
    for (const named of [accountId, 'retail.webshop-dev']) {
      const { exitCode, stdout, stderr } = await vendings('show', named);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(VendingDetailSchema.parse(JSON.parse(stdout))).toMatchObject({ tenantUuid: uuid, status: 'VENDED' });
    }
  });

  it('lists all of a workspace since a week', async () => {
    const { exitCode, stdout } = await vendings('list', '--workspace', 'retail', '--since', '7d', '--all');
    expect(exitCode).toBe(0);
    const { vendings: rows, cursor } = VendingListSchema.parse(JSON.parse(stdout));
    expect(rows.map(({ tenantUuid }) => tenantUuid)).toContain(uuid);
    expect(new Set(rows.map(({ workspaceIdentifier }) => workspaceIdentifier))).toEqual(new Set(['retail']));
    expect(cursor).toBeNull();
  });

  it('answers filters from an index: by queries of it and reads of keys, and by no scan', async () => {
    const { TableNames = [] } = await new DynamoDBClient(access()).send(new ListTablesCommand({}));
    const table = TableNames.find((name) => name.includes('Ledger')) ?? '';
    const { settings, calls } = recorded(access());
    const ledger = dynamodbLedgerStore(settings, table);

    const { rows } = await listVendings(ledger, { workspace: 'retail', since: '2020-01-01T00:00:00.000Z', limit: 10 });

    expect(rows.map(({ tenantUuid }) => tenantUuid)).toContain(uuid);
    expect(calls.filter(({ operation }) => operation === 'Query').map(({ index }) => index)).toEqual(['byFilter']);
    expect(calls.map(({ operation }) => operation)).not.toContain('Scan');
  });

  it('shows, sends back and deletes one dead letter by the API', async () => {
    await stage.sendEvent(changed(webshop, ['tenant.metadata.uuid', UNREADABLE]));
    const letterThere = (besides?: string) =>
      eventually(async () => {
        const { body } = await stage.callApi({ method: 'GET', path: '/dead-letters' });
        const { deadLetters } = DeadLetterListSchema.parse(body);
        return deadLetters.find((letter) => letter.body.includes(UNREADABLE) && letter.id !== besides);
      });
    const letter = await letterThere();
    expect(letter).toMatchObject({
      queue: 'desired-states',
      field: 'tenant.metadata.uuid',
      returnsTo: 'vending-Intake',
    });

    const path = `/dead-letters/desired-states/${letter.id}`;
    expect(await stage.callApi({ method: 'POST', path: `${path}/replay` })).toMatchObject({ status: 202 });

    // Nobody has mended it: it went through Intake, and is a letter of its own now.
    const again = await letterThere(letter.id);
    const other = `/dead-letters/desired-states/${again.id}`;
    expect(await stage.callApi({ method: 'DELETE', path: other })).toMatchObject({ status: 200 });
    expect(await stage.callApi({ method: 'GET', path: other })).toMatchObject({ status: 404 });
  });

  it('reaches the local AWS by a profile of the AWS CLI alone', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-profile-'));
    try {
      tellEndpoints(folder, process.pid, stage.endpoints);
      const variables = { AWS_CONFIG_FILE: path.join(folder, 'aws-config'), HOME: folder };
      const aws = path.join(await awsCommandLine(), 'aws');
      const call = async (profile: string, ...args: readonly string[]): Promise<unknown> => {
        const { exitCode, stdout, stderr } = await ran(
          aws,
          ['--profile', profile, ...args, '--output', 'json'],
          variables,
        );
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
        return JSON.parse(stdout);
      };
      expect(await call('local-management', 'sts', 'get-caller-identity')).toMatchObject({ Account: '222222222222' });
      expect(await call('local', 'stepfunctions', 'list-state-machines')).toMatchObject({
        stateMachines: expect.arrayContaining([expect.objectContaining({ name: 'vend-account' })]) as unknown,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
