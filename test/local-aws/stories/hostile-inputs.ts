import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { ProblemSchema } from '../../../functions/api/responses';
import {
  DESIRED_STATE_DETAIL_TYPE,
  REPLICATOR_SOURCE,
} from '../../../functions/domain/desired-state/desired-state-event';
import { parsedJson } from '../../../functions/domain/base/json';
import type { DeployedStage } from '../../../sandbox/runtime/stage/deployed-stage';
import type { ApiAnswer } from '../../../sandbox/runtime/stage/stage';
import { changed } from '../../functions/domain/examples';
import { withoutLuis } from '../example-stage';
import { UNREADABLE_UUID } from './vendings-command';

const uuidOf = (number: number): string => `d00d0000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A desired state of a tenant of its own, with a text put in after its first brace. */
const texts = (number: number) => {
  const json = JSON.stringify(changed(withoutLuis, ['tenant.metadata.uuid', uuidOf(number)]));
  return { json, with: (inserted: string) => json.replace('{', `{${inserted},`) };
};

const tags = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 1])));

const people = Array.from({ length: 1300 }, (_, n) => ({
  meshIdentifier: `u-${n}`,
  username: `u-${n}`,
  euid: `${n}@`.padEnd(100, 'x'),
  roles: ['admin', 'user', 'reader'],
}));

/** Each with what it is, its text, and how the API answers it. An event of the same text is refused, too. */
const HOSTILE: readonly { readonly what: string; readonly text: string; readonly status: number }[] = [
  { what: '5,000 levels', text: texts(1).with(`"x":${'['.repeat(5000)}${']'.repeat(5000)}`), status: 400 },
  { what: 'a key twice', text: texts(2).with('"trigger":"a","trigger":"b"'), status: 400 },
  { what: 'half a character', text: texts(3).with('"x":"\\ud800"'), status: 400 },
  {
    what: '10,000 faulty tags',
    text: texts(4)
      .json.replace('"tags":{', `"tags":${tags(10_000).slice(0, -1)},`)
      .replace(',}', '}'),
    status: 422,
  },
  {
    what: '60,000 people without anything',
    text: texts(5)
      .json.replace(/"userPermissions":\[/u, `"userPermissions":[${'{},'.repeat(60_000)}`)
      .replace('},]', '}]'),
    status: 422,
  },
  {
    what: 'a sequence at the end of all numbers',
    text: texts(6).json.replace(/"replicationSequence":\d+/u, '"replicationSequence":9007199254740991'),
    status: 422,
  },
  {
    what: 'an address of two lines',
    text: texts(7).json.replace(/"projectCreatorEmail":"/u, '"projectCreatorEmail":"a\\r\\n'),
    status: 422,
  },
  {
    what: '1,300 people with long names',
    text: JSON.stringify({ ...(JSON.parse(texts(8).json) as object), userPermissions: people }),
    status: 422,
  },
  {
    what: 'a deletion of nobody, far in the future',
    text: texts(9)
      .json.replace('"ACTIVE"', '"DELETED"')
      .replace(/"replicationSequence":\d+/u, '"replicationSequence":9007199254740991'),
    status: 422,
  },
];

/** The bus has read an event before it is ours, and has kept one of the two. */
const MADE_ONE_BY_THE_BUS = 'a key twice';

/** What names no tenant, so that it can only be a dead letter. */
const NAMELESS = [
  '17',
  '"x"',
  '[]',
  '{}',
  '{"tenant":{"metadata":{"uuid":"x"}}}',
  `{"a":${'['.repeat(100)}${']'.repeat(100)}}`,
];

export function hostileInputs(given: () => DeployedStage): void {
  let stage: DeployedStage;

  beforeAll(() => {
    stage = given();
  });

  const aws = () => ({
    endpoint: stage.endpoints.runtime,
    region: 'eu-central-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
  });

  const post = (body: Buffer | string, contentType?: string): Promise<ApiAnswer> =>
    stage.callApi({
      method: 'POST',
      path: '/vendings',
      body: Buffer.from(body),
      ...(contentType === undefined ? {} : { contentType }),
    });

  const expectRefused = async (body: Buffer | string, status: number, contentType?: string): Promise<void> => {
    const answer = await post(body, contentType);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body).length).toBeLessThan(1024 * 1024);
    expect(ProblemSchema.parse(answer.body)).toMatchObject({ status });
  };

  it.each(HOSTILE)('are answered where they have $what', async ({ text, status }) => {
    expect(parsedJson(text)).toBeDefined();
    await expectRefused(text, status);
  });

  it('are answered where they are no UTF-8: the function gets the bytes', async () => {
    const latin = Buffer.from(texts(20).json.replace('"displayName":"', '"displayName":"\u00e9'), 'latin1');
    await expectRefused(latin, 400);
    await expectRefused(Buffer.from('eda080', 'hex'), 400);
  });

  it('are answered where they are another media type', async () => {
    await expectRefused('<a/>', 415, 'application/xml');
    await expectRefused(texts(21).json, 415, 'application/x-www-form-urlencoded');
  });

  it('keep what is good as it is, to the last character', async () => {
    const meshIdentifier = 'j\u00e4ne \u{1F331}';
    const good = changed(
      withoutLuis,
      ['tenant.metadata.uuid', uuidOf(22)],
      ['userPermissions', [{ ...people[0], meshIdentifier }]],
    );
    const query = { dryRun: 'true' };
    const { status, body } = await stage.callApi({ method: 'POST', path: '/vendings', body: good, query });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain(meshIdentifier);
  });

  it('are recorded as refused, or become letters with a reason, when they come as events', async () => {
    const events = [...HOSTILE.entries()].filter(([, { what }]) => what !== MADE_ONE_BY_THE_BUS);
    await put(events.map(([, { text }]) => text));
    await put(NAMELESS);
    for (const [index] of events) await refused(uuidOf(index + 1));
    const letters = await lettersOf(NAMELESS.length);
    expect(letters).toHaveLength(NAMELESS.length);
    for (const { reason, field } of letters) expect([reason, field]).not.toContain('');
  });

  async function put(details: readonly string[]): Promise<void> {
    const events = new EventBridgeClient(aws());
    for (const Detail of details) {
      const entry = {
        EventBusName: 'meshstack',
        Source: REPLICATOR_SOURCE,
        DetailType: DESIRED_STATE_DETAIL_TYPE,
        Detail,
      };
      const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      expect(FailedEntryCount).toBe(0);
    }
  }

  async function refused(uuid: string): Promise<void> {
    for (;;) {
      const { status, body } = await stage.callApi({ method: 'GET', path: `/vendings/${uuid}` });
      if (status === 200) {
        expect(body).toMatchObject({ status: 'REJECTED' });
        return;
      }
      await stage.pause();
    }
  }

  async function lettersOf(count: number): ReturnType<DeployedStage['deadLetters']> {
    for (;;) {
      const letters = (await stage.deadLetters()).filter(({ body }) => !body.includes(UNREADABLE_UUID));
      if (letters.length >= count) return letters;
      await stage.pause();
    }
  }
}
