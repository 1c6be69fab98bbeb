import { accountVending } from '../../command/run';
import type { CheckReport } from '../../functions/domain/fleet/preflight';
import { screenOf } from '../../operator/screen';
import { preflightTable } from '../../operator/preflight/preflight-table';
import { withoutUntrustedFailures } from '../../operator/preflight/untrusted-caller';
import { type ApiServer, serveApi } from '../fakes/api-server';

const check = (changes: Partial<CheckReport> = {}): CheckReport => ({
  id: 'account-quota',
  sentence: 'There is room.',
  result: 'ok',
  detail: null,
  remedy: null,
  ...changes,
});
const finding = check({
  id: 'unit-exists:aws-dev',
  sentence: 'It is there.',
  result: 'failed',
  detail: 'It is not.',
  remedy: 'Make it.',
});

describe('account-vending preflight', () => {
  let output: string;
  let notices: string;
  let pauses: number;
  let server: ApiServer;
  let api: string;
  let answers: readonly (readonly [status: number, body: object | string])[];
  let seen: string[];

  const run = (...args: readonly string[]): Promise<number> =>
    accountVending(['preflight', ...args], {
      screen: screenOf({}),
      print: (text) => {
        output += text;
      },
      notify: (text) => {
        notices += text;
      },
      pause: () => Promise.resolve(void (pauses += 1)),
      now: () => new Date(),
    });

  beforeEach(async () => {
    [output, notices, pauses, seen, answers] = ['', '', 0, [], []];
    delete process.env['VENDING_API'];
    delete process.env['VENDING_EXTERNAL_ID'];
    server = await serveApi(({ method, url, headers }, response) => {
      const [status, body] = answers[seen.length] ?? [500, ''];
      seen.push(
        `${method ?? ''} ${url ?? ''} ${/Credential=[^,]*/u.exec(headers.authorization ?? '')?.[0] ?? 'unsigned'}`,
      );
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    api = server.url;
    delete process.env['VENDING_API'];
  });

  afterEach(async () => {
    await server.close();
  });

  const record = (status: string, checks: readonly CheckReport[] = []) => ({
    id: 'p-1',
    status,
    startedAt: '2026-11-24T12:00:00.000Z',
    finishedAt: null,
    checks,
  });

  it('asks for a preflight with a signature, waits for its end, and shows it', async () => {
    answers = [
      [202, { id: 'p-1', status: 'RUNNING' }],
      [200, record('RUNNING')],
      [200, record('PASSED', [check({ detail: '3 of 10.' })])],
    ];

    expect(await run('--api', `${api}/`)).toBe(0);

    const calls = seen.map((line) => line.split(' Credential=')[0]);
    expect(calls).toEqual(['POST /v1/preflight', 'GET /v1/preflight/p-1', 'GET /v1/preflight/p-1']);
    expect(seen.every((line) => /000000000000\/\d{8}\/eu-central-1\/execute-api/u.test(line))).toBe(true);
    expect(pauses).toBe(1);
    expect(output).toBe('ok       There is room. (3 of 10)\n\n1 checks: 1 ok, 0 failed, 0 unknown, 0 skipped\n');
    expect(notices).toContain('p-1');
  });

  it('takes the API of VENDING_API, and ends with 1 when there are findings; --json gives the record', async () => {
    process.env['VENDING_API'] = api;
    answers = [
      [202, { id: 'p-1', status: 'RUNNING' }],
      [200, record('FINDINGS', [finding])],
    ];

    expect(await run('--json')).toBe(1);

    expect(JSON.parse(output)).toEqual(record('FINDINGS', [finding]));
  });

  it.each([
    { what: 'a preflight that did not end', given: [200, record('FAILED')], message: 'has not come to its end' },
    {
      what: 'a refusal',
      given: [403, { type: 'x', title: 'Not allowed', status: 403, detail: 'Ask for the right.', errors: [] }],
      message: 'answers 403. Not allowed. Ask for the right.',
    },
    { what: 'something else than the API', given: [404, '<html>'], message: 'check --api' },
    { what: 'another answer', given: [200, { a: 1 }], message: 'Check --api' },
  ] as const)('cannot be run on $what', async ({ given, message }) => {
    answers = [[202, { id: 'p-1', status: 'RUNNING' }], given];

    await expect(run('--api', api)).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringContaining(message) as string,
    });
  });

  it('cannot be run where nobody listens', async () => {
    await expect(run('--api', 'http://127.0.0.1:9/v1')).rejects.toThrow(/cannot be reached: .*Check --api/u);
  });

  it.each([
    { args: ['--api', 'nonsense'], message: /is no URL/u },
    { args: ['--api', 'https://x.example', '--config', 'mine'], message: /^--config goes with --direct/u },
    { args: ['--api', 'https://x.example', '--external-id-secret', 's'], message: /^--external-id-secret goes with/u },
    { args: ['--unknown'], message: /^Unknown option '--unknown'/u },
    {
      args: ['--direct', '--api', 'https://x.example'],
      message: /^Option '--direct' cannot be used with option '--api <url>'/u,
    },
    { args: ['--direct', '--config', 'sandbox/config'], message: /Set VENDING_EXTERNAL_ID/u },
  ])('says how it is used: $args', async ({ args, message }) => {
    await expect(run(...args)).rejects.toThrow(message);
  });

  it('explains itself', async () => {
    expect(await run('--help')).toBe(0);
    expect(output).toContain('account-vending preflight --direct');
  });
});

describe('the table', () => {
  it('shows under a finding what was found and what to do', () => {
    expect(preflightTable([check({ result: 'skipped', detail: 'Not now.' }), finding])).toBe(
      [
        'skipped  There is room. (Not now)',
        'FAILED   It is there.',
        '         check:  unit-exists:aws-dev',
        '         found:  It is not.',
        '         remedy: Make it.',
        '',
        '2 checks: 0 ok, 1 failed, 0 unknown, 1 skipped',
        '',
      ].join('\n'),
    );
  });
});

describe('anyone who looks with credentials that no role trusts', () => {
  const refused = check({ id: 'role-lets-in:MeshfedServiceRole', result: 'failed', detail: 'No.', remedy: 'Deploy.' });

  it('learns nothing about the roles', () => {
    const [seen, other] = withoutUntrustedFailures([refused, finding], 'arn:aws:iam::111111111111:user/jane');

    expect(seen).toMatchObject({ result: 'unknown', remedy: expect.stringContaining('Look over the API') as string });
    expect(other).toBe(finding);
  });

  it('is not the function that looks', () => {
    const arn = 'arn:aws:sts::111111111111:assumed-role/vending-RunPreflight/x';

    expect(withoutUntrustedFailures([refused], arn)).toEqual([refused]);
  });

  it('is also the user of meshStack’s own connector: the roles of our functions do not trust it', () => {
    const [seen] = withoutUntrustedFailures([refused], 'arn:aws:iam::111111111111:user/meshfed-service-user');

    expect(seen).toMatchObject({ result: 'unknown' });
  });
});
