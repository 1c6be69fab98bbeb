import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { VendingDetailSchema } from '../../../functions/api/responses';
import {
  DESIRED_STATE_DETAIL_TYPE,
  REPLICATOR_SOURCE,
} from '../../../functions/domain/desired-state/desired-state-event';
import type { QueueListing } from '../../../operator/dead-letters/list-dead-letters';
import type { QueueReplay } from '../../../operator/dead-letters/replay-dead-letters';
import fraudLab from '../../../sandbox/examples/fraud-lab.json';
import type { DeployedStage } from '../../../sandbox/runtime/stage/deployed-stage';
import type { ApiAnswer } from '../../../sandbox/runtime/stage/stage';
import { type Ended, nodeAlone, runAccountVending } from '../../commands/run-npm';
import { changed } from '../../functions/domain/examples';
import { withoutLuis } from '../example-stage';

/** Of the event that becomes a letter. */
export const UNREADABLE_UUID = 'no-uuid';

const unreadable = changed(fraudLab, ['tenant.metadata.uuid', UNREADABLE_UUID]);
const { uuid } = fraudLab.tenant.metadata;

/** The only story whose tenant has somebody called Luis: he is erased. */
export function vendingsCommand(given: () => DeployedStage): void {
  let stage: DeployedStage;
  let programs: string;

  beforeAll(() => {
    stage = given();
    programs = nodeAlone();
  });
  afterAll(() => {
    rmSync(programs, { recursive: true });
  });

  const vendings = (...args: readonly string[]): Promise<Ended> =>
    runAccountVending(['vendings', ...args, '--json'], {
      programs,
      variables: {
        AWS_ENDPOINT_URL: stage.endpoints.runtime,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: '000000000000',
        AWS_SECRET_ACCESS_KEY: 'test',
        VENDING_API: stage.endpoints.api,
      },
    });

  const listing = async (): Promise<{ readonly exitCode: number | null; readonly desiredStates: QueueListing }> => {
    const { exitCode, stdout, stderr } = await vendings('dead-letters');
    if (stdout === '') throw new Error(stderr);
    const { queues } = JSON.parse(stdout) as { queues: QueueListing[] };
    const desiredStates = queues.find(({ queue }) => queue === 'desired-states');
    if (desiredStates === undefined) throw new Error(stdout);
    return { exitCode, desiredStates };
  };

  const eventually = async <Found>(look: () => Promise<Found>, isThere: (found: Found) => boolean): Promise<Found> => {
    const deadline = Date.now() + stage.patienceSeconds * 1000;
    for (;;) {
      const found = await look();
      if (isThere(found)) return found;
      if (Date.now() > deadline) throw new Error(`Not within ${stage.patienceSeconds} s: ${JSON.stringify(found)}`);
      await stage.pause();
    }
  };

  /** A command takes longer than a question, so that the command is run once there is something. */
  const aLetter = async (url: string): ReturnType<typeof listing> => {
    const count = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] });
    await eventually(
      async () => (await sqs().send(count)).Attributes?.ApproximateNumberOfMessages,
      (messages) => messages !== '0',
    );
    return eventually(listing, ({ desiredStates }) => desiredStates.letters.length > 0);
  };

  const aws = () => ({
    endpoint: stage.endpoints.runtime,
    region: 'eu-central-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  const sqs = (): SQSClient => new SQSClient(aws());

  const ask = (): Promise<ApiAnswer> => stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });

  it('shows an event that cannot be read, and sends it back, and what takes desired states judges it again', async () => {
    const none = await listing();
    expect(none).toMatchObject({ exitCode: 0, desiredStates: { letters: [] } });
    const { url } = none.desiredStates;
    await stage.sendEvent(unreadable);

    const first = await aLetter(url);
    const [letter] = first.desiredStates.letters;
    expect(first.exitCode).toBe(1);
    expect(letter).toMatchObject({
      field: 'tenant.metadata.uuid',
      reason: expect.stringContaining('no-uuid') as string,
    });
    expect(JSON.parse(letter?.body ?? '')).toMatchObject({ detail: { tenant: { metadata: { uuid: 'no-uuid' } } } });

    const { exitCode, stdout } = await vendings('dead-letters', '--replay', 'desired-states');
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as QueueReplay).sent).toEqual([letter?.id]);

    // Nobody has mended it: it went through Intake, and is a letter of its own now.
    const [again, ...others] = (await aLetter(url)).desiredStates.letters;
    expect(others).toEqual([]);
    expect(again).toMatchObject({ field: letter?.field, reason: letter?.reason, body: letter?.body });
    expect(again?.id).not.toBe(letter?.id);
  });

  const NEXT_SEQUENCE = fraudLab.replicationSequence + 1;

  /** Sent back once for all tests, whatever order they run in. */
  let sentBack: Promise<void> | undefined;

  async function sendFraudLabBack(): Promise<void> {
    const { desiredStates } = await listing();
    const event = { source: REPLICATOR_SOURCE, 'detail-type': DESIRED_STATE_DETAIL_TYPE, detail: fraudLab };
    await sqs().send(new SendMessageCommand({ QueueUrl: desiredStates.url, MessageBody: JSON.stringify(event) }));
    expect((await vendings('show', uuid)).exitCode).toBe(2);

    expect((await vendings('dead-letters', '--replay', 'desired-states')).exitCode).toBe(0);
  }

  it('sends back an event that could not be taken in its time, which is vended then', async () => {
    await (sentBack ??= sendFraudLabBack());

    await eventually(ask, ({ status }) => status === 200);
    const shown = await vendings('show', uuid);
    expect(shown.exitCode).toBe(0);
    const { status, replicationSequence } = JSON.parse(shown.stdout) as Record<string, unknown>;
    // The other test may have sent the next one already.
    expect([fraudLab.replicationSequence, NEXT_SEQUENCE]).toContain(replicationSequence);
    const listed = await vendings('list', '--status', String(status));
    expect(JSON.stringify(JSON.parse(listed.stdout))).toMatch(/"vendings":\[/u);
    // It is under way, or done.
    expect(await vendings('replay', uuid)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('answers 409') as string,
    });
  });

  it('erases a person from the ledger, once nobody wants them there any more', async () => {
    const luis = /luis|ferreira/iu;
    const vended = async (replicationSequence: number): Promise<void> => {
      const detail = ({ body }: ApiAnswer) => VendingDetailSchema.safeParse(body).data;
      await eventually(
        ask,
        (answer) => detail(answer)?.replicationSequence === replicationSequence && detail(answer)?.status === 'VENDED',
      );
      const { exitCode, stdout } = await vendings('show', uuid);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ replicationSequence, status: 'VENDED' });
    };
    await (sentBack ??= sendFraudLabBack());
    await vended(fraudLab.replicationSequence);

    expect(await vendings('erase-person', 'luis.ferreira@corp.example')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`the newest desired state names them in the tenant ${uuid}`) as string,
    });

    await stage.sendEvent({ ...withoutLuis, replicationSequence: NEXT_SEQUENCE });
    await vended(NEXT_SEQUENCE);
    expect(await namedInLedger(luis)).not.toEqual([]);
    expect((await vendings('erase-person', 'luis.ferreira@corp.example')).exitCode).toBe(0);
    expect(await namedInLedger(luis)).not.toEqual([]);

    const { exitCode, stdout } = await vendings('erase-person', 'luis.ferreira@corp.example', '--apply');

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ act: 'erase-person', dryRun: false, tenants: [uuid], left: [] });
    expect(stdout).not.toMatch(luis);
    expect(await namedInLedger(luis)).toEqual([]);
  });

  it('exports every tenant, and a list of accounts', async () => {
    await (sentBack ??= sendFraudLabBack());
    await eventually(ask, ({ body }) => (VendingDetailSchema.safeParse(body).data?.account ?? null) !== null);
    const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
    try {
      const { exitCode, stdout } = await vendings('export', folder);
      expect(exitCode).toBe(0);

      const files = readdirSync(path.join(folder, 'tenants'));
      expect(JSON.parse(stdout)).toMatchObject({ tenants: files.length });
      expect(files).toContain(`${uuid}.json`);
      const exported: unknown = JSON.parse(readFileSync(path.join(folder, 'tenants', `${uuid}.json`), 'utf8'));
      const { account } = VendingDetailSchema.parse((await ask()).body);
      expect(exported).toMatchObject({
        vending: {
          desiredState: { tenant: { metadata: { uuid } } },
          plan: { planVersion: expect.any(Number) as number },
        },
      });
      expect(readFileSync(path.join(folder, 'accounts.csv'), 'utf8')).toContain(`\n${account?.id},`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  /** The keys of all items of the table whose content names somebody. */
  async function namedInLedger(who: RegExp): Promise<readonly (string | undefined)[]> {
    const client = new DynamoDBClient(aws());
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes('Ledger'));
    const items = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
      items.push(...Items);
    return items.flatMap(({ sort, data }) => (who.test(data?.S ?? '') ? [sort?.S] : []));
  }
}
