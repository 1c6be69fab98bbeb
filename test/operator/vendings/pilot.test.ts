import { accountVending } from '../../../command/run';
import { screenOf } from '../../../operator/screen';
import { type ApiServer, callIn, serveApi } from '../../fakes/api-server';

const AT = '2026-11-24T12:00:00.000Z';
const ZONE = 'aws-dev';
const uuid = (one: number): string => `7d0c1b1e-0000-4000-8000-00000000000${one}`;

const shadowed = (one: number, changes: object): object => ({
  tenantUuid: uuid(one),
  workspaceIdentifier: 'retail',
  projectIdentifier: `shop-${one}`,
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  at: AT,
  landingZone: ZONE,
  accountId: null,
  verdict: 'CREATE',
  changes: null,
  changesLeftOut: 0,
  refusal: null,
  ...changes,
});

const change = { state: 'TagAccount', what: 'tag meshstack_env', from: null, to: 'prod' };
const refusal = { state: 'PlanVending', message: 'The alias belongs to another tenant.', remedy: 'Render another.' };

const first = [
  shadowed(1, { verdict: 'SAME', changes: [], accountId: '555555555555' }),
  shadowed(2, { verdict: 'CHANGE', changes: [change], changesLeftOut: 3, workflow: 'close-account' }),
];
const second = [shadowed(3, { verdict: 'REFUSED', refusal }), shadowed(4, {})];

const rejected = {
  tenantUuid: uuid(5),
  replicationSequence: 17,
  status: 'REJECTED',
  statusChangedAt: AT,
  supersededBy: null,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'shop-5',
  accountId: null,
};

const rejectedDetail = {
  tenantUuid: uuid(5),
  workspaceIdentifier: 'retail',
  projectIdentifier: 'shop-5',
  replicationSequence: null,
  run: null,
  workflow: null,
  executionArn: null,
  status: 'REJECTED',
  statusChangedAt: AT,
  waitingSequence: null,
  supersededBy: null,
  deletion: null,
  account: null,
  timeline: [],
  lane: null,
  lastError: null,
  rejection: { replicationSequence: 17, at: AT, faults: [{ field: 'tenantPlatformNumber', message: 'is missing.' }] },
};

const problem = { type: 'urn:x', title: 'Conflict', status: 409, detail: 'It is under way.', errors: [] };

const state = (mode: string): object => ({
  name: ZONE,
  mode,
  configuredMode: 'shadow',
  switches: [{ mode, at: AT, by: 'arn:jane' }],
});

describe('account-vending vendings, in a pilot', () => {
  let output: string;
  let server: ApiServer;
  let seen: string[];
  let answers: Readonly<Record<string, readonly [status: number, body: object]>>;

  const run = (...args: readonly string[]): Promise<number> =>
    accountVending(['vendings', ...args], {
      print: (text) => {
        output += text;
      },
      notify: (text) => {
        output += text;
      },
      pause: () => Promise.resolve(),
      now: () => new Date(AT),
      screen: screenOf({}),
    });

  beforeEach(async () => {
    [output, seen] = ['', []];
    answers = {
      'GET /v1/shadow-report?limit=100': [200, { tenants: first, cursor: 'next' }],
      'GET /v1/shadow-report?limit=100&cursor=next': [200, { tenants: second, cursor: null }],
      [`GET /v1/shadow-report?limit=100&landingZone=${ZONE}`]: [200, { tenants: first, cursor: null }],
      'GET /v1/vendings?limit=100&status=REJECTED': [200, { vendings: [rejected], cursor: null }],
      [`GET /v1/vendings/${uuid(5)}`]: [200, rejectedDetail],
      [`POST /v1/landing-zones/${ZONE}/mode`]: [200, state('act')],
      [`POST /v1/vendings/${uuid(1)}/replay`]: [
        202,
        {
          tenantUuid: uuid(1),
          replicationSequence: 17,
          executionArn: 'arn:x',
          status: 'ACCEPTED',
          replay: 'restarted',
        },
      ],
      [`POST /v1/vendings/${uuid(2)}/replay`]: [409, problem],
    };
    server = await serveApi((request, response) => {
      const path = `${request.method ?? ''} ${request.url ?? ''}`;
      const [status, answer] = answers[path] ?? [404, { ...problem, status: 404, detail: `No ${path}.` }];
      void callIn(request).then((call) => {
        seen.push(call);
        response.writeHead(status).end(JSON.stringify(answer));
      });
    });
  });

  afterEach(async () => {
    await server.close();
  });

  it('reports of every tenant what would become of it, and what was refused before a run', async () => {
    expect(await run('shadowed')).toBe(0);
    expect(output.split('\n')).toEqual([
      `${uuid(1)}  retail.shop-1  ${ZONE}  555555555555  same`,
      `${uuid(2)}  retail.shop-2  ${ZONE}  -  would change (deletion)`,
      '  TagAccount: tag meshstack_env: nothing -> prod',
      '  and 3 more (GET /vendings/{tenantUuid} has them)',
      `${uuid(3)}  retail.shop-3  ${ZONE}  -  would be refused`,
      '  refused by PlanVending: The alias belongs to another tenant.',
      '  remedy: Render another.',
      `${uuid(4)}  retail.shop-4  ${ZONE}  -  would be created`,
      `${uuid(5)}  retail.shop-5  was refused before it had a run`,
      '  tenantPlatformNumber: is missing.',
      '4 shadowed: 1 same, 1 would change, 1 would be created, 1 would be refused; 1 refused before a run',
      '',
    ]);
  });

  it('reports all that were refused, page after page, each once, and none that was accepted since', async () => {
    const page = 'GET /v1/vendings?limit=100&status=REJECTED';
    const of = (one: number): object => ({ ...rejected, tenantUuid: uuid(one), projectIdentifier: `shop-${one}` });
    const detailOf = (one: number): object => ({
      ...rejectedDetail,
      tenantUuid: uuid(one),
      projectIdentifier: `shop-${one}`,
    });
    answers = {
      ...answers,
      [page]: [200, { vendings: [of(5), of(6)], cursor: 'next' }],
      [`${page}&cursor=next`]: [200, { vendings: [of(5), of(7)], cursor: null }],
      [`GET /v1/vendings/${uuid(6)}`]: [200, { ...detailOf(6), rejection: null }],
      [`GET /v1/vendings/${uuid(7)}`]: [200, detailOf(7)],
    };
    expect(await run('shadowed')).toBe(0);
    expect(output.match(/shop-\d {2}was refused/gu)).toEqual(['shop-5  was refused', 'shop-7  was refused']);
    expect(output).toContain('; 2 refused before a run\n');
  });

  it('reports of one landing zone alone, as JSON', async () => {
    expect(await run('shadowed', ZONE, '--json')).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ tenants: first, rejected: [] });
    expect(seen).toEqual([`GET /v1/shadow-report?limit=100&landingZone=${ZONE}`]);
  });

  it('lets a landing zone act and runs its shadowed tenants; one that cannot run now stops no other', async () => {
    expect(await run('act', ZONE)).toBe(1);
    expect(seen).toEqual([
      `POST /v1/landing-zones/${ZONE}/mode {"mode":"act"}`,
      `GET /v1/shadow-report?limit=100&landingZone=${ZONE}`,
      `POST /v1/vendings/${uuid(1)}/replay`,
      `POST /v1/vendings/${uuid(2)}/replay`,
    ]);
    expect(output).toContain(`${ZONE}: its runs change AWS from now on.`);
    expect(output).toContain('1 of its shadowed tenants run now.');
    expect(output).toContain(`${uuid(2)} was left: http://127.0.0.1`);
  });

  it('sets it back, and runs nothing unless it is asked to', async () => {
    expect(await run('shadow', ZONE)).toBe(0);
    expect(seen).toEqual([`POST /v1/landing-zones/${ZONE}/mode {"mode":"shadow"}`]);
    expect(await run('shadow', ZONE, '--again')).toBe(1);
    expect(seen).toContain(`POST /v1/vendings/${uuid(1)}/replay`);
  });

  it.each([
    [['act'], 'No landing-zone given. Add the name of the landing zone.'],
    [['shadow', ZONE, 'aws-prod'], "Unexpected argument 'aws-prod'"],
    [['act', ZONE, '--again'], "Unknown option '--again'"],
  ])('says how it is used: %p', async (args, message) => {
    await expect(run(...args, '--api', 'http://x')).rejects.toThrow(message);
  });
});
