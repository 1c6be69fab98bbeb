import { rmSync } from 'node:fs';

import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { DESIRED_STATE_DETAIL_TYPE, REPLICATOR_SOURCE } from '../../functions/domain/desired-state/desired-state-event';
import type { QueueListing } from '../../operator/dead-letters/list-dead-letters';
import type { QueueReplay } from '../../operator/dead-letters/replay-dead-letters';
import fraudLab from '../../sandbox/examples/fraud-lab.json';
import type { DeployedStage } from '../../sandbox/runtime/stage/deployed-stage';
import { type Ended, nodeAlone, runNpm } from '../commands/run-npm';
import { changed } from '../functions/domain/examples';
import { exampleStage } from './example-stage';

const unreadable = changed(fraudLab, ['tenant.metadata.uuid', 'no-uuid']);
const { uuid } = fraudLab.tenant.metadata;

describe('npm run vendings, on the local AWS', () => {
  let stage: DeployedStage;
  let programs: string;

  beforeAll(async () => {
    programs = nodeAlone();
    stage = await exampleStage({ seed: 1 });
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(programs, { recursive: true });
  });

  const vendings = (...args: readonly string[]): Promise<Ended> =>
    runNpm('vendings', [...args, '--json'], {
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

  const aLetter = (): ReturnType<typeof listing> =>
    eventually(listing, ({ desiredStates }) => desiredStates.letters.length > 0);

  it('shows an event that cannot be read, and sends it back, and what takes desired states judges it again', async () => {
    expect(await listing()).toMatchObject({ exitCode: 0, desiredStates: { letters: [] } });
    await stage.sendEvent(unreadable);

    const first = await aLetter();
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
    const [again, ...others] = (await aLetter()).desiredStates.letters;
    expect(others).toEqual([]);
    expect(again).toMatchObject({ field: letter?.field, reason: letter?.reason, body: letter?.body });
    expect(again?.id).not.toBe(letter?.id);
  });

  const NEXT_SEQUENCE = fraudLab.replicationSequence + 1;

  /** Sent back once for all tests, whatever order they run in. */
  let sentBack: Promise<void> | undefined;

  async function sendFraudLabBack(): Promise<void> {
    const { desiredStates } = await listing();
    const aws = { endpoint: stage.endpoints.runtime, region: 'eu-central-1' };
    const sqs = new SQSClient({ ...aws, credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' } });
    const event = { source: REPLICATOR_SOURCE, 'detail-type': DESIRED_STATE_DETAIL_TYPE, detail: fraudLab };
    await sqs.send(new SendMessageCommand({ QueueUrl: desiredStates.url, MessageBody: JSON.stringify(event) }));
    expect((await vendings('show', uuid)).exitCode).toBe(2);

    expect((await vendings('dead-letters', '--replay', 'desired-states')).exitCode).toBe(0);
  }

  it('sends back an event that could not be taken in its time, which is vended then', async () => {
    await (sentBack ??= sendFraudLabBack());

    const shown = await eventually(
      () => vendings('show', uuid),
      ({ exitCode }) => exitCode === 0,
    );
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
    const vended = (sequence: number): Promise<Ended> =>
      eventually(
        () => vendings('show', uuid),
        ({ stdout }) => stdout.includes(`"replicationSequence": ${sequence}`) && stdout.includes('"status": "VENDED"'),
      );
    await (sentBack ??= sendFraudLabBack());
    await vended(fraudLab.replicationSequence);

    expect(await vendings('erase-person', 'luis.ferreira@corp.example')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`the newest desired state names them in the tenant ${uuid}`) as string,
    });

    const userPermissions = fraudLab.userPermissions.filter(({ username }) => username !== 'luis');
    const without = {
      replicationSequence: NEXT_SEQUENCE,
      projectCreatorEmail: 'aino.virtanen@corp.example',
      userPermissions,
    };
    await stage.sendEvent({ ...fraudLab, ...without });
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

  /** The keys of all items of the table whose content names somebody. */
  async function namedInLedger(who: RegExp): Promise<readonly (string | undefined)[]> {
    const aws = { endpoint: stage.endpoints.runtime, region: 'eu-central-1' };
    const client = new DynamoDBClient({
      ...aws,
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
    });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes('Ledger'));
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    expect(LastEvaluatedKey).toBeUndefined();
    return Items.flatMap(({ sort, data }) => (who.test(data?.S ?? '') ? [sort?.S] : []));
  }
});
