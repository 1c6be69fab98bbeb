import { apiRequest, jsonBody } from '../../../functions/api/api-request';
import { faultOfText } from '../../../functions/domain/base/json-text';
import { desiredStateJson } from '../domain/examples';
import { type ApiAnswer, ApiWorld, detailOf, expectProblem } from './api-world';

const json = JSON.stringify(desiredStateJson);

/** As API Gateway hands over a body of a binary media type: its bytes in base64. */
const bytes = (body: Buffer | string, query: Record<string, string> | null = null) => ({
  httpMethod: 'POST',
  resource: '/vendings',
  queryStringParameters: query,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
});

const typed = (contentType: string, body: string) => ({
  httpMethod: 'POST',
  resource: '/vendings',
  headers: { 'Content-Type': contentType },
  body,
  isBase64Encoded: false,
});

describe('a call of the API', () => {
  const read = (event: object) => apiRequest({ httpMethod: 'POST', resource: '/vendings', ...event });

  it('is read by the names of its headers in any case, whatever stands before them', () => {
    const headers = { Host: 'x', ACCEPT: 'text/csv', 'Content-Type': ' Application/JSON ; charset=utf-8' };
    expect(read({ headers, body: '{}' })).toMatchObject({
      accept: 'text/csv',
      body: { bytes: 2, text: '{}', mediaType: 'application/json' },
    });
    expect(read({})).toMatchObject({ accept: '*/*', body: null, caller: null, query: {}, pathParameters: {} });
    expect(read({ requestContext: { identity: null } }).caller).toBeNull();
  });

  it('has its text where its bytes are UTF-8, with all that is in it', () => {
    const textOf = (body: Buffer | string, isBase64Encoded = true) =>
      read({ body: isBase64Encoded ? Buffer.from(body).toString('base64') : body, isBase64Encoded }).body?.text;
    expect(textOf('\uFEFF{}')).toBe('\uFEFF{}');
    expect(textOf(Buffer.from([0x7b, 0xff, 0x7d]))).toBeNull();
    expect(textOf('{"a":"\uFFFD"}')).toBe('{"a":"\uFFFD"}');
    expect(textOf('{"a":"\uFFFD"}', false)).toBeNull();
  });

  it('is not read where it is too large, or in no alphabet', () => {
    const body = { bytes: 300 * 1024, text: '{}', mediaType: null };
    const request = { ...read({}), body };
    expect(jsonBody(request, 'Hint.')).toMatchObject({ ok: false, answer: { statusCode: 422 } });
    expect(jsonBody({ ...request, body: { ...body, bytes: 2 } }, 'Hint.')).toEqual({ ok: true, value: {} });
    for (const [text, says] of [
      [null, 'The body is not UTF-8. Send JSON in UTF-8.'],
      ['{', 'The body is not JSON. Hint.'],
      ['{"a":1,"a":2}', 'The body is JSON that cannot be taken.'],
    ] as const) {
      const refused = jsonBody({ ...request, body: { ...body, bytes: 2, text } }, 'Hint.');
      expect(refused).toMatchObject({ ok: false, answer: { statusCode: 400 } });
      expect(JSON.stringify(refused)).toContain(says);
    }
  });
});

describe('the body of a request', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const expectNothingDone = (): void => {
    expect(api.ledger.writes).toEqual([]);
    expect(api.workflow.calls).toEqual([]);
    expect(api.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  };

  it('is taken as bytes', async () => {
    expect(await api.call(bytes(json.replace('Jane', 'Jané 🌱')))).toMatchObject({ status: 202 });
    expect(JSON.stringify(api.ledger.lastWriteOf('CONTENT#0000000000000017'))).toContain('Jané 🌱');
  });

  it.each([
    ['a byte that is no UTF-8', Buffer.from(json.replace('Jane', 'Jan\u00e9'), 'latin1')],
    [
      'a lone surrogate in UTF-8’s clothes',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from('eda080', 'hex'), Buffer.from('"}')]),
    ],
    ['a character that breaks off', Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from('f09f8c', 'hex')])],
    ['UTF-16', Buffer.from(json, 'utf16le')],
  ])('is refused as unreadable where it has %s', async (_, body) => {
    expectProblem(await api.call(bytes(body)), 400, 'invalid-request');
    expectNothingDone();
  });

  it('is refused where API Gateway has replaced what is no UTF-8', async () => {
    const answer = await api.call(typed('application/json; charset=utf-8', json.replace('Jane', 'Jan\ufffd')));
    expectProblem(answer, 400, 'invalid-request');
    expect(detailOf(answer)).toContain('UTF-8');
  });

  it.each([
    ['half a character', json.replace('Jane', '\\ud800'), 'userPermissions[0].firstName'],
    ['a key twice', json.replace('{', '{"trigger":"x",'), 'trigger'],
    ['5,000 levels', json.replace('{', `{"deep":${'['.repeat(5000)}${']'.repeat(5000)},`), 'body'],
  ])('is refused as unreadable where it has %s, with the field', async (_, body, field) => {
    expect(faultOfText(body, 'body')).toBeDefined();
    expectProblem(await api.call(bytes(body)), 400, 'invalid-request', field);
    expectProblem(await api.call(bytes(body, { dryRun: 'true' })), 400, 'invalid-request', field);
    expectNothingDone();
  });

  it.each(['application/xml', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is no %s',
    async (contentType) => {
      expectProblem(await api.call(typed(contentType, json)), 415, 'unsupported-media-type');
      expectNothingDone();
    },
  );

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.meshcloud+json'])(
    'may be %s',
    async (contentType) => {
      expect(await api.call(typed(contentType, json))).toMatchObject({ status: 202 });
    },
  );

  it('is measured as it was sent', async () => {
    const spaces = ' '.repeat(256 * 1024 - Buffer.byteLength(json));
    expect(await api.call(bytes(json + spaces))).toMatchObject({ status: 202 });
    expectProblem(await api.call(bytes(`${json}${spaces} `)), 422, 'invalid-desired-state', 'desiredState');
  });
});

describe('an answer', () => {
  const sizeOf = ({ body }: ApiAnswer): number => Buffer.byteLength(JSON.stringify(body));
  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 1]));

  it.each([
    ['10,000 faulty tags', { ...desiredStateJson.project.spec, tags: tags(10_000) }],
    [
      'values without end under a long name',
      { ...desiredStateJson.project.spec, tags: { ['k'.repeat(9e4)]: Array(50_000).fill(1) } },
    ],
  ])('has a hundred faults at most: %s', async (_, spec) => {
    const answer = await new ApiWorld().send({ ...desiredStateJson, project: { ...desiredStateJson.project, spec } });
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { field: string; message: string }[] };
    expect(errors.length).toBeLessThanOrEqual(101);
    expect(errors.at(-1)?.message).toMatch(/^has \d+ more faults/u);
    expect(sizeOf(answer)).toBeLessThan(80_000);
  });

  it('to 80,000 people without anything is that they cannot be', async () => {
    const answer = await new ApiWorld().post(null, ['userPermissions', Array.from({ length: 80_000 }, () => ({}))]);
    expectProblem(answer, 422, 'invalid-desired-state', 'userPermissions');
  });

  it('to a dry run has not more changes than it has room for', async () => {
    const api = new ApiWorld();
    const change = {
      state: 'GrantAccess',
      what: 'member of mst-retail.webshop-dev-admin',
      from: null,
      to: 'x'.repeat(36),
    };
    api.previewed.changes?.push(...Array.from({ length: 20_000 }, () => change));
    const answer = await api.post({ dryRun: 'true' });
    const { changes, changesLeftOut } = answer.body as { changes: object[]; changesLeftOut: number };
    expect(changes.length + changesLeftOut).toBe(20_001);
    expect(sizeOf(answer)).toBeLessThan(500_000);
  });

  it('says in a dry run, too, that a sequence is implausible', async () => {
    for (const state of ['ACTIVE', 'DELETED']) {
      const answer = await new ApiWorld().post(
        { dryRun: 'true' },
        ['tenant.status.lifecycle.state', state],
        ['replicationSequence', 2 ** 53 - 1],
      );
      expectProblem(answer, 422, 'invalid-desired-state', 'replicationSequence');
    }
  });

  it('takes milliseconds of the next ten years', async () => {
    const soon = Date.parse('2036-01-01T00:00:00Z');
    expect(await new ApiWorld().post(null, ['replicationSequence', soon])).toMatchObject({ status: 202 });
    const answer = await new ApiWorld().post(null, ['replicationSequence', soon * 1000]);
    expectProblem(answer, 422, 'invalid-desired-state', 'replicationSequence');
    expect(answer.body).toMatchObject({ errors: [{ value: soon * 1000, limit: expect.any(Number) as number }] });
  });
});
