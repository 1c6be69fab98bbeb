import { InvalidRequestError } from '../../../functions/domain/base/errors';
import { blockRunReporter } from '../../../functions/meshstack/api/block-run-reporter';
import { meshStackReader } from '../../../functions/meshstack/api/mesh-stack-reader';
import { type MeshStackSession, meshStackSession } from '../../../functions/meshstack/api/mesh-stack-session';
import { type MeshStackRequest, sendPatiently } from '../../../functions/meshstack/api/send-patiently';
import { MeshWorld, twoTenants } from './mesh-world';

describe('A meshStack that is updated', () => {
  it('to the release that has meshTenant v4 says nothing new of its tenants', async () => {
    const world = new MeshWorld({}, 'v4-preview');
    twoTenants(world);
    await world.poll();
    expect(world.published).toHaveLength(2);
    world.server.tenants = 'v4';
    world.pass(24 * 3600);
    await world.poll();
    expect(world.published).toHaveLength(2);
  });

  it('is asked for v4 once, as long as it has the preview alone', async () => {
    const world = new MeshWorld({}, 'v4-preview');
    twoTenants(world);
    await world.poll();
    expect(world.server.notServed).toBe(1);
    world.pass(24 * 3600);
    await world.poll();
    expect(world.server.notServed).toBe(1);
  });
});

type Asked = Parameters<MeshStackSession>;
type Answer = Awaited<ReturnType<MeshStackSession>>;

/** meshStack with these answers, one after the other; the last one stays. */
function answering(...answers: readonly (readonly [status: number, content?: unknown])[]) {
  const asked: Asked[] = [];
  const left = [...answers];
  const session: MeshStackSession = (...question) => {
    asked.push(question);
    const [status = 200, content] = (left.length > 1 ? left.shift() : left[0]) ?? [];
    return Promise.resolve<Answer>({ status, content });
  };
  return { asked, reporter: blockRunReporter(session, 'runner-1'), reader: meshStackReader(session, 'aws.global') };
}

const faultsOf = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidRequestError);
  return (error as Error).message;
};

describe('A building block run', () => {
  const mediaType = 'application/vnd.meshcloud.api.meshbuildingblockrun.v1.hal+json';
  const path = '/api/meshobjects/meshbuildingblockruns';
  const spec = { workspaceIdentifier: 'w', projectIdentifier: 'p', fullPlatformIdentifier: 'aws.global' };
  const run = { metadata: { uuid: 'run-1' }, spec: { behavior: 'APPLY', buildingBlock: { spec } } };

  it('is taken for our runner, and never by a second try', async () => {
    const { reporter, asked } = answering([200, run]);
    expect(await reporter.claim()).toEqual(run);
    const doing = 'take a building block run';
    const question = {
      doing,
      method: 'POST',
      path: `${path}/create?forRunnerUuid=runner-1`,
      mediaType,
      mayRepeat: false,
    };
    expect(asked).toEqual([[question, [404, 409]]]);
  });

  it.each([404, 409])('is none where meshStack answers %i', async (status) => {
    expect(await answering([status, run]).reporter.claim()).toBeUndefined();
  });

  it('that cannot be read is named', async () => {
    expect(await faultsOf(answering([200, { ...run, metadata: {} }]).reporter.claim())).toMatch(
      /^meshBuildingBlockRun: /u,
    );
  });

  const step = (id: string, status: 'ABORTED' | 'PENDING', changes: object = {}) => ({
    id,
    displayName: id.toUpperCase(),
    status,
    userMessage: null,
    systemMessage: null,
    accountId: null,
    ...changes,
  });
  const tolerated = [404, 409, 410];

  it('is named with its steps, none of which begins as aborted', async () => {
    const { reporter, asked } = answering([409]);
    await reporter.register('run-1', { status: 'IN_PROGRESS', steps: [step('a', 'ABORTED'), step('b', 'PENDING')] });
    const doing = 'name the steps of a building block run';
    const steps = [
      { id: 'a', displayName: 'A', status: 'FAILED' },
      { id: 'b', displayName: 'B', status: 'PENDING' },
    ];
    const body = { source: { id: 'account-vending' }, steps };
    const question = { doing, method: 'POST', path: `${path}/run-1/status/source`, mediaType, body, mayRepeat: true };
    expect(asked).toEqual([[question, tolerated]]);
  });

  it('is told what there is to tell, and nothing else', async () => {
    const { reporter, asked } = answering([410]);
    const told = { userMessage: 'u', systemMessage: 's', accountId: '444444444444' };
    const steps = [step('a', 'ABORTED', told), step('b', 'PENDING')];
    await reporter.update('run-1', { status: 'ABORTED', steps });
    const outputs = { accountId: { value: '444444444444', type: 'STRING', isSensitive: false } };
    const body = {
      status: 'ABORTED',
      steps: [
        { id: 'a', status: 'ABORTED', userMessage: 'u', systemMessage: 's', outputs },
        { id: 'b', status: 'PENDING' },
      ],
    };
    const doing = 'update a building block run';
    const at = `${path}/run-1/status/source/account-vending`;
    expect(asked).toEqual([[{ doing, method: 'PATCH', path: at, mediaType, body, mayRepeat: true }, tolerated]]);
  });
});

describe('What is read of meshStack', () => {
  const page = (name: string, objects: readonly unknown[], more: object = {}): readonly [number, object] => [
    200,
    { _embedded: { [name]: objects }, _links: {}, ...more },
  ];
  const event = { metadata: { uuid: 'e-1', createdAt: '2026' }, spec: { title: 'Project Created' } };
  const from = new Date(0);
  const eventsPath = '/api/meshobjects/meshEventLogs?from=1970-01-01T00%3A00%3A00.000Z&size=500'.toLowerCase();

  it('are events to the end of their list, each that cannot be read among them', async () => {
    const next = { _links: { next: { href: 'https://elsewhere.example/api/meshobjects/next?page=1' } } };
    const { reader, asked } = answering(page('meshEventLogs', [event], next), page('meshEventLogs', [{}]), [200, {}]);
    expect(await reader.events(from)).toEqual([event, null]);
    expect(asked.map(([question]) => question.path.toLowerCase())).toEqual([
      eventsPath,
      '/api/meshobjects/next?page=1',
    ]);
    expect(asked[0]?.[0]).toMatchObject({ doing: 'read event logs', method: 'GET', mayRepeat: true });
  });

  it('is read by number where the server gives no links', async () => {
    const of = (number: number) => page('meshEventLogs', [event], { page: { number, totalPages: 3 } });
    const { reader, asked } = answering(of(0), of(1), of(2));
    expect(await reader.events(from)).toHaveLength(3);
    expect(asked.map(([{ path }]) => /page=(\d)/u.exec(path)?.[1])).toEqual([undefined, '1', '2']);
    const empty = answering([200, { _links: {}, page: {} }]);
    expect(await empty.reader.events(from)).toEqual([]);
  });

  it('has an end: a page that leads back, or a list of more than a thousand pages, is a fault', async () => {
    const back = answering(page('meshEventLogs', [], { _links: { next: { href: eventsPath } } }));
    expect(await faultsOf(back.reader.events(from))).toMatch(/^event logs: .*more than 1000 pages/u);
    let number = 0;
    const session: MeshStackSession = () => {
      number += 1;
      return Promise.resolve({ status: 200, content: { _links: { next: { href: `/api/x?page=${number}` } } } });
    };
    expect(await faultsOf(meshStackReader(session, 'aws.global').events(from))).toContain('leads back');
    expect(number).toBe(1000);
  });

  it.each([404, 410])('is not a tenant where meshStack answers %i', async (status) => {
    const { reader, asked } = answering([status]);
    expect(await reader.tenant('t-1')).toBeUndefined();
    expect(asked[0]?.[0]).toMatchObject({
      doing: 'read meshTenant t-1',
      path: '/api/meshobjects/meshtenants/t-1',
      mayRepeat: true,
    });
    expect(asked[0]?.[1]).toEqual([404, 410, 406, 415]);
  });

  it('is a tenant that is named where it cannot be read, also among others', async () => {
    expect(await faultsOf(answering([200, {}]).reader.tenant('t-1'))).toMatch(/^meshTenant t-1: /u);
    const listed = await answering(page('meshTenants', [{}, { metadata: { uuid: 'T-2' } }])).reader.tenants({});
    expect(listed.map(({ uuid }) => uuid)).toEqual([null, 't-2']);
    const faults = listed.map(({ tenant }) => (tenant.ok ? '' : (tenant.faults[0]?.field ?? '')));
    expect(faults.map((field) => field.split(':')[0])).toEqual(['meshTenant without a uuid', 'meshTenant t-2']);
  });

  it('is whether a deletion awaits approval, where meshStack can tell', async () => {
    const { reader, asked } = answering(page('meshTenants', [{}]), page('meshTenants', []), [406], [415]);
    const awaits: (boolean | undefined)[] = [];
    for (let times = 0; times < 4; times += 1) awaits.push(await reader.awaitsApproval('w', 'p'));
    expect(awaits).toEqual([true, false, undefined, undefined]);
    const query =
      'workspaceIdentifier=w&projectIdentifier=p&platformIdentifier=aws.global&deletionState=MARKED_FOR_DELETION';
    expect(asked[0]).toEqual([
      {
        doing: 'read whether the deletion of w.p is approved',
        method: 'GET',
        mayRepeat: true,
        path: `/api/meshobjects/meshtenants?${query}`,
        mediaType: 'application/vnd.meshcloud.api.meshtenant.v3.hal+json',
      },
      [406, 415],
    ]);
  });

  it('names what cannot be read of people and roles', async () => {
    const roles = answering(page('meshProjectUserBindings', [{}])).reader.rolesIn('w', 'p');
    expect(await faultsOf(roles)).toMatch(/^meshProjectUserBindings of w\.p: /u);
    const users = answering(page('meshUsers', [{}])).reader.usersWithRole('w', 'p', 'admin');
    expect(await faultsOf(users)).toMatch(/^meshUsers of w\.p with the role admin: /u);
    const { reader, asked } = answering([200, { metadata: {} }]);
    expect(await faultsOf(reader.workspace('w 1'))).toMatch(/^meshWorkspace w 1: /u);
    expect(asked[0]?.[0]).toMatchObject({ path: '/api/meshobjects/meshworkspaces/w%201', mayRepeat: true });
  });
});

describe('A request to meshStack', () => {
  const request: MeshStackRequest = {
    doing: 'do it',
    method: 'GET',
    path: '/x?y=1',
    headers: { a: 'b' },
    mayRepeat: true,
  };

  async function send(changes: Partial<MeshStackRequest>, ...answers: readonly (Response | Error)[]) {
    const [waits, sent, left]: [number[], Request[], (Response | Error)[]] = [[], [], [...answers]];
    const access = {
      endpoint: 'https://mesh.example',
      secretArn: 'arn:s',
      apiKey: () => Promise.resolve(''),
      now: () => new Date('2026-11-29T12:00:00Z'),
      wait: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds / 1000)),
      log: { warn: () => undefined } as never,
      send: (one: Request) => {
        sent.push(one);
        const answer = (left.length > 1 ? left.shift() : left[0]) ?? new Response();
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    };
    const end = await sendPatiently(access, { ...request, ...changes }).catch((error: unknown) => error);
    return { waits, sent, end };
  }

  const busy = (status: number, after?: string) =>
    new Response(null, { status, headers: after === undefined ? {} : { 'retry-after': after } });
  const fine = new Response('{}');

  it.each<readonly [string, Partial<MeshStackRequest>, Response | Error, readonly number[]]>([
    ['in the rhythm of meshStack', { mayRepeat: false }, busy(429, '7'), [7, 7, 7]],
    ['at once, where it says so', {}, busy(429, '-1'), [0, 0, 0]],
    ['at a time that it names', {}, busy(503, 'Sun, 29 Nov 2026 12:00:05 GMT'), [5, 5, 5]],
    ['a second later, where nobody can read when', {}, busy(503, 'soon'), [1, 1, 1]],
    ['longer each time', {}, busy(502), [1, 2, 4]],
    ['longer each time', {}, busy(504), [1, 2, 4]],
    ['longer each time', {}, new Error('reset'), [1, 2, 4]],
    ['not, where it would wait too long', {}, busy(429, '31'), []],
    ['just so long', {}, busy(429, '30'), [30, 30, 30]],
    ['not, where a second time does harm', { mayRepeat: false }, busy(503), []],
    ['not, where a second time does harm', { mayRepeat: false }, new Error('reset'), []],
  ])('is repeated %s: %#', async (_, changes, answer, waits) => {
    const { end, ...seen } = await send(changes, answer);
    expect(seen.waits).toEqual(waits);
    expect(end).toMatchObject({ name: 'TransientError' });
    expect((end as Error).message).toContain('meshStack (https://mesh.example) ');
    expect((end as Error).message).toContain(' when it was asked to do it.');
  });

  it('ends with what meshStack answers, and says for how long to leave it alone', async () => {
    const { end, sent } = await send({ method: 'POST', body: '{"b":1}' }, busy(503), fine);
    expect(end).toBe(fine);
    expect([sent[1]?.url, sent[1]?.method, sent[1]?.redirect, sent[1]?.headers.get('a')]).toEqual([
      'https://mesh.example/x?y=1',
      'POST',
      'error',
      'b',
    ]);
    expect(await sent[1]?.text()).toBe('{"b":1}');
    expect((await send({}, busy(500))).end).toMatchObject({ status: 500 });
    expect((await send({}, busy(429, '60'))).end).toMatchObject({ nothingDone: true, retryAfterSeconds: 60 });
    expect((await send({}, busy(503))).end).toMatchObject({ nothingDone: false, retryAfterSeconds: null });
    expect((await send({}, new Error('reset'))).end).toMatchObject({
      nothingDone: false,
      retryAfterSeconds: null,
      message: expect.stringContaining('could not be reached') as string,
    });
  });
});

describe('A session with meshStack', () => {
  const NOW = Date.parse('2026-11-29T12:00:00Z');
  const login = (token: string) => Response.json({ access_token: token, expires_in: 300 });
  const question = {
    doing: 'read it',
    method: 'GET',
    path: '/x',
    mediaType: 'application/m',
    mayRepeat: true,
  } as const;

  function opened(
    answers: readonly (() => Response)[],
    keys: readonly string[] = ['{"clientId":"i","clientSecret":"s"}'],
  ) {
    const world = { at: NOW, fresh: [] as boolean[], sent: [] as Request[], texts: [] as string[] };
    let reads = 0;
    const session = meshStackSession({
      endpoint: 'https://mesh.example',
      secretArn: 'arn:s',
      log: { warn: () => undefined } as never,
      apiKey: (fresh) => {
        world.fresh.push(fresh);
        reads += 1;
        return Promise.resolve(keys[reads - 1] ?? keys.at(-1) ?? '');
      },
      now: () => new Date(world.at),
      wait: () => Promise.resolve(),
      send: async (request) => {
        world.sent.push(request);
        world.texts.push(await request.clone().text());
        return (answers[world.sent.length - 1] ?? answers.at(-1) ?? (() => new Response()))();
      },
    });
    return { session, world };
  }

  it('logs in once with the key, and asks with its token in the version that is asked for', async () => {
    const { session, world } = opened([() => login('t-1'), () => Response.json({ a: 1 })]);
    expect(await session(question)).toEqual({ status: 200, content: { a: 1 } });
    await session({ ...question, method: 'POST', body: { b: 2 } });
    const headers = world.sent.map((request) =>
      ['authorization', 'accept', 'content-type'].map((name) => request.headers.get(name)),
    );
    expect(headers).toEqual([
      [null, 'application/json', 'application/json'],
      ['Bearer t-1', 'application/m', null],
      ['Bearer t-1', 'application/m', 'application/m'],
    ]);
    expect(world.texts).toEqual(['{"clientId":"i","clientSecret":"s"}', '', '{"b":2}']);
    expect(world.sent[0]).toMatchObject({ url: 'https://mesh.example/api/login', method: 'POST' });
  });

  it('takes another token half a minute before the one that it has ends', async () => {
    const { session, world } = opened([() => login('t-1'), () => Response.json({})]);
    await session(question);
    world.at += 269_999;
    await session(question);
    expect(world.fresh).toEqual([false]);
    world.at += 1;
    await session(question).catch(() => undefined);
    expect(world.fresh.length).toBeGreaterThan(1);
  });

  it.each([400, 401, 403])('reads the secret again where its key is refused by %i', async (status) => {
    const { session, world } = opened(
      [() => new Response('', { status }), () => login('t-2'), () => Response.json({})],
      ['{"clientId":"old","clientSecret":"s"}', '{"clientId":"new","clientSecret":"s"}'],
    );
    await session(question);
    expect(world.fresh).toEqual([false, true]);
    expect(world.texts[1]).toContain('new');
  });

  it.each(['', '{"clientId":"","clientSecret":"s"}', '{"clientId":"i","clientSecret":""}', '{"clientId":"i"}'])(
    'does not log in with a secret that is no key: %s',
    async (key) => {
      const { session, world } = opened([], [key]);
      await expect(session(question)).rejects.toMatchObject({
        name: 'RejectedError',
        denied: true,
        reason: expect.stringContaining('does not take the API key') as string,
      });
      expect([world.sent, world.fresh]).toEqual([[], [false, true]]);
    },
  );

  it('does not take another answer to the login for a refusal of the key', async () => {
    const { session } = opened([() => new Response('', { status: 404 })]);
    await expect(session(question)).rejects.toMatchObject({
      name: 'RejectedError',
      denied: false,
      remedy: expect.stringContaining('meshStack.endpoint') as string,
    });
  });

  it.each([
    { status: 401, method: 'GET', name: 'RejectedError', denied: true },
    { status: 403, method: 'GET', name: 'RejectedError', denied: true },
    { status: 403, method: 'PATCH', name: 'RejectedError', denied: true },
    { status: 400, method: 'PATCH', name: 'RejectedError', denied: false },
    { status: 404, method: 'PATCH', name: 'InvalidRequestError', said: 'it: is not there any more' },
    { status: 410, method: 'GET', name: 'InvalidRequestError', said: 'it: is not there any more' },
    { status: 500, method: 'GET', name: 'InvalidRequestError', said: 'it: cannot be read' },
  ] as const)('tells what $status to a $method means', async ({ status, method, said, ...rest }) => {
    const answer = () => new Response('', { status });
    // A token that is refused is renewed once.
    const { session, world } = opened([
      () => login('t-1'),
      answer,
      status === 401 ? () => login('t-2') : answer,
      answer,
    ]);
    const asked = { ...question, method };
    await expect(session(asked)).rejects.toMatchObject({
      ...rest,
      message: expect.stringContaining(said ?? `refused to read it (${status})`) as string,
    });
    expect(world.sent).toHaveLength(status === 401 ? 4 : 2);
  });

  it.each([400, 403, 404, 410, 500])('hands a %s to anyone who expects it', async (status) => {
    const { session } = opened([() => login('t-1'), () => new Response('', { status })]);
    expect((await session({ ...question, method: 'PATCH' }, [status])).status).toBe(status);
  });
});
