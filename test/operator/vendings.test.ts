import { accountVending } from '../../command/run';
import { type Screen, screenOf } from '../../operator/screen';
import { type ApiServer, serveApi } from '../fakes/api-server';

const UUID = '7d0c1b1e-0000-4000-8000-000000000001';
const AT = '2026-11-24T12:00:00.000Z';
const NOW = '2026-11-24T12:03:20.000Z';

const detail = {
  tenantUuid: UUID,
  workspaceIdentifier: 'retail',
  projectIdentifier: 'webshop',
  replicationSequence: 17,
  run: 2,
  workflow: 'vend-account',
  executionArn: 'arn:any',
  status: 'FAILED',
  statusChangedAt: AT,
  waitingSequence: 18,
  supersededBy: null,
  stoppedAt: null,
  settlesAt: null,
  requestedBy: 'meshstack.replicator@111111111111',
  replayedBy: 'arn:jane',
  stoppedBy: null,
  approval: null,
  account: {
    id: '444455556666',
    arn: 'arn:account',
    name: 'retail.webshop',
    email: 'a@corp.example',
    knownSince: AT,
    imported: false,
  },
  deletion: null,
  lane: { name: 'account-creation', position: 2, since: AT },
  estimate: { readyAt: AT, earliest: AT, latest: AT, basedOnRuns: 3 },
  timeline: [
    { state: 'PlanVending', startedAt: AT, finishedAt: AT, attempts: 1, remark: null, error: null, changes: [] },
    { state: 'MoveAccount', startedAt: AT, finishedAt: null, attempts: 3, remark: 'slow', error: null, changes: [] },
  ],
  lastError: { name: 'RejectedError', message: 'There is no such unit.', remedy: 'Make it and replay.' },
  rejection: { replicationSequence: 16, at: AT, faults: [{ field: 'tenant.spec', message: 'is missing.' }] },
};

const untouched = { error: null, changes: [] };

const summary = {
  tenantUuid: UUID,
  replicationSequence: 17,
  status: 'FAILED',
  statusChangedAt: AT,
  workspaceIdentifier: 'retail',
  projectIdentifier: null,
  accountId: '444455556666',
  supersededBy: null,
  stoppedAt: null,
  settlesAt: null,
  landingZone: 'aws-dev',
  error: 'RejectedError',
};

describe('account-vending vendings, over the API', () => {
  let output: string;
  let notices: string;
  let server: ApiServer;
  let answer: readonly [status: number, body: object];
  /** What is answered after each pause. */
  let answers: (typeof answer)[];
  let seen: string[];
  let paused: number[];
  let screen: Screen;

  const run = (...args: readonly string[]): Promise<number> =>
    accountVending(['vendings', ...args], {
      print: (text) => {
        output += text;
      },
      notify: (text) => {
        notices += text;
      },
      pause: (seconds) => {
        paused.push(seconds);
        answer = answers.shift() ?? answer;
        return Promise.resolve();
      },
      now: () => new Date(NOW),
      screen,
    });

  beforeEach(async () => {
    [output, notices, seen, paused, answers] = ['', '', [], [], []];
    screen = screenOf({});
    server = await serveApi(({ method, url, headers }, response) => {
      seen.push(`${method ?? ''} ${url ?? ''} ${headers.authorization === undefined ? 'unsigned' : 'signed'}`);
      response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
    });
  });

  afterEach(async () => {
    await server.close();
  });

  it('lists vendings of a status, one on a line', async () => {
    answer = [200, { vendings: [summary], cursor: 'next' }];

    expect(await run('list', '--status', 'failed')).toBe(0);

    expect(seen).toEqual(['GET /v1/vendings?limit=100&status=FAILED signed']);
    expect(output.split('\n')).toEqual([
      `${'tenant'.padEnd(36)}  status  ${'since'.padEnd(24)}  project   sequence  account`,
      `${UUID}  FAILED  ${AT}  retail.?  17        444455556666`,
      '',
    ]);
    expect(notices).toContain('the newest 100');
  });

  it('lists all that fit filters, page by page', async () => {
    answer = [200, { vendings: [summary], cursor: null }];

    expect(await run('list', '--workspace', 'retail', '--landing-zone', 'aws-dev', '--since', '7d', '--all')).toBe(0);

    const from = new Date(Date.parse(NOW) - 7 * 24 * 60 * 60 * 1000).toISOString();
    const query = new URL(`http://x${seen[0]?.split(' ')[1] ?? ''}`).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      limit: '100',
      workspace: 'retail',
      landingZone: 'aws-dev',
      since: from,
    });
    expect(notices).toBe('');
  });

  it.each([
    { named: '444455556666', query: 'accountId=444455556666' },
    { named: 'Aws@corp.example', query: 'email=Aws%40corp.example' },
    { named: 'retail.webshop-dev', query: 'workspace=retail&project=webshop-dev' },
  ])('finds the tenant that is named $named', async ({ named, query }) => {
    answer = [200, { vendings: [], cursor: null }];

    await expect(run('show', named)).rejects.toThrow(`There is no tenant '${named}'.`);

    expect(seen).toEqual([`GET /v1/vendings?limit=100&${query} signed`]);
  });

  it('says how many tenants it has filed', async () => {
    answer = [200, { read: 3, written: 2, cursor: null }];

    expect(await run('reindex')).toBe(0);

    expect([output, seen]).toEqual(['3 rows read, 2 filed.\n', ['POST /v1/reindex?limit=50 signed']]);
  });

  it('says that there are none', async () => {
    answer = [200, { vendings: [], cursor: null }];

    expect(await run('list')).toBe(0);

    expect([output, notices]).toEqual(['', 'No vendings found.\n']);
  });

  it('shows the whole story of a tenant, with the error and its remedy', async () => {
    answer = [200, detail];

    expect(await run('show', UUID)).toBe(1);

    expect(seen).toEqual([`GET /v1/vendings/${UUID} signed`]);
    expect(output.split('\n')).toEqual([
      `${UUID}  retail.webshop`,
      `status:   FAILED since ${AT}`,
      'run:      2 of sequence 17',
      '          arn:any',
      '          asked by meshstack.replicator@111111111111',
      '          replayed by arn:jane',
      'account:  444455556666, retail.webshop, a@corp.example',
      `waits:    in the lane account-creation since ${AT}, position 2`,
      `ready:    about ${AT}, between ${AT} and`,
      `          ${AT}`,
      'next:     sequence 18',
      'progress: vend-account',
      '  [x] PlanVending  0 s',
      '  [-] AwaitApproval, AwaitReconciliationTurn, ImportAccount, AwaitCreationTurn, RevokeAccess,',
      '      CreateAccount, CheckAccount, CheckAccess',
      // CheckEnrollment leads back to it after a failed enrollment.
      '  [ ] UnenrollAccount, EnsureWorkspaceUnit, OpenAccount',
      '  [!] MoveAccount  0 s, 3 tries: slow',
      '  [ ] TagAccount, SetAccountAlias, AwaitWithdrawalTurn, RemoveStackInstances, CheckRemoval,',
      '      AwaitEnrollmentTurn, EnrollAccount, CheckEnrollment, AwaitStackSetTurn, DeployStackInstances,',
      '      PrepareAccess, CheckStackInstances, CustomizeAccount, CheckCustomizations,',
      '      InvokeLandingZoneFunction, CheckExternalAvm, GrantAccess, CheckGrants, DowngradeAccessRole,',
      '      ConfirmDowngrade, CheckGroups, CompleteVending',
      '  ([x] done  [!] failed  [-] not in this run  [ ] may come)',
      'error:    RejectedError: There is no such unit.',
      'remedy:   Make it and replay.',
      `refused:  sequence 16, ${AT}`,
      '  tenant.spec: is missing.',
      '',
    ]);
  });

  it.each([
    ['until now while it is under way', { status: 'RUNNING' }, '[>] MoveAccount  for 3 min, 3 tries: slow'],
    [
      'until it was stopped',
      { status: 'RUNNING', stoppedAt: '2026-11-24T12:01:00.000Z' },
      '[#] MoveAccount  1 min, 3 tries: slow',
    ],
    [
      'until it has ended',
      { status: 'FAILED', statusChangedAt: '2026-11-24T12:02:00.000Z' },
      '[!] MoveAccount  2 min, 3 tries: slow',
    ],
  ])('tells how long a state has taken that has not finished: %s', async (_, changes, line) => {
    answer = [200, { ...detail, lane: null, ...changes }];
    await run('show', UUID);
    expect(output).toContain(`  ${line}\n`);
  });

  it('leaves out what there is not, and errors that are over', async () => {
    const nothing = {
      replicationSequence: null,
      run: null,
      workflow: null,
      executionArn: null,
      account: null,
      timeline: [],
    };
    answer = [
      200,
      { ...detail, ...nothing, lane: null, estimate: null, waitingSequence: null, rejection: null, status: 'VENDED' },
    ];

    expect(await run('show', UUID)).toBe(0);

    expect(output).toBe(`${UUID}  retail.webshop\nstatus:   VENDED since ${AT}\n`);
  });

  it('watches a vending until it has ended, and tells every change once', async () => {
    const none = { lane: null, waitingSequence: null, lastError: null, rejection: null };
    const waits = { state: 'AwaitCreationTurn', startedAt: AT, finishedAt: null, attempts: 1, remark: null };
    const queued = { ...detail, ...none, status: 'QUEUED', lane: detail.lane, timeline: [{ ...waits, ...untouched }] };
    answer = [200, queued];
    answers = [
      [200, queued],
      [200, { ...queued, ...none, status: 'RUNNING', timeline: [{ ...waits, ...untouched, finishedAt: AT }] }],
      [200, { ...detail, ...none, status: 'VENDED' }],
    ];

    expect(await run('show', UUID, '--watch')).toBe(0);

    expect(notices.split('\n')).toEqual([
      `${NOW}  QUEUED  AwaitCreationTurn  position 2 in the lane account-creation`,
      `${NOW}  RUNNING  CreateAccount`,
      '',
    ]);
    expect(paused).toEqual([5, 5, 5]);
    expect(output).toContain(`status:   VENDED since ${AT}\n`);
  });

  it('goes on watching while something newer waits', async () => {
    answer = [200, { ...detail, lane: null }];
    answers = [[200, { ...detail, lane: null, waitingSequence: null }]];

    expect(await run('show', UUID, '--watch', '--json')).toBe(1);

    expect(paused).toEqual([5]);
    expect(JSON.parse(output)).toMatchObject({ status: 'FAILED', waitingSequence: null });
  });

  it('draws over its last picture on a terminal, and takes it away at the end', async () => {
    screen = { isTerminal: true, columns: 80, rows: 6, hasColours: false };
    answer = [200, { ...detail, lane: null, status: 'RUNNING' }];
    answers = [[200, { ...detail, lane: null, status: 'VENDED', waitingSequence: null }]];

    await run('show', UUID, '--watch');

    const [first = '', end] = notices.split('\u001B[5A\u001B[0J');
    // As many lines as fit, the last ones: what scrolls away cannot be drawn over.
    expect(first.split('\n')).toHaveLength(6);
    expect(end).toBe('');
    expect(output).toContain('✔ PlanVending');
  });

  it.each([
    { replay: 'redriven', says: 'goes on at the state that had failed (RUNNING, arn:any)' },
    { replay: 'restarted', says: 'begins again, with a new plan (RUNNING, arn:any)' },
  ])('replays a vending that has failed: $replay', async ({ replay, says }) => {
    answer = [202, { tenantUuid: UUID, replicationSequence: 17, executionArn: 'arn:any', status: 'RUNNING', replay }];

    expect(await run('replay', UUID)).toBe(0);

    expect(seen).toEqual([`POST /v1/vendings/${UUID}/replay signed`]);
    expect(output).toBe(`${UUID}: sequence 17 ${says}\n`);
  });

  it('tells of a stopped run that it was stopped, by when it settles, and shows nothing at work', async () => {
    const stop = { stoppedAt: AT, settlesAt: '2026-11-24T12:06:30.000Z' };
    const timeline = [{ ...detail.timeline[0], state: 'CheckAccount', finishedAt: null }];
    answer = [200, { ...detail, ...stop, status: 'RUNNING', lane: null, timeline, lastError: null }];
    await run('show', UUID);
    expect(output).toContain(`stopped:  at ${AT}; FAILED by ${stop.settlesAt}`);
    expect(output).toContain('[#] CheckAccount');
    expect(output).not.toContain('[>]');
    output = '';
    answer = [200, { vendings: [{ ...summary, ...stop, status: 'RUNNING' }], cursor: null }];
    await run('list');
    expect(output).toMatch(new RegExp(`${UUID} +STOPPED +${AT}`, 'u'));
  });

  it('stops a run with a reason, and asks for one', async () => {
    const stop = { stoppedAt: AT, settlesAt: '2026-11-24T12:06:30.000Z' };
    answer = [202, { tenantUuid: UUID, replicationSequence: 17, executionArn: 'arn:any', ...stop }];
    expect(await run('stop', UUID, '--reason', 'the wrong unit')).toBe(0);
    expect(output).toBe(
      `${UUID}: sequence 17 was stopped at ${AT}. It is FAILED by ${stop.settlesAt}, and can be replayed then.\n`,
    );
    await expect(run('stop', UUID)).rejects.toThrow('--reason is missing. Add the reason');
    await expect(run('stop', UUID, '--reason', ' ')).rejects.toThrow('it may not be empty');
  });

  it.each([
    { args: ['list'], given: { vendings: [summary], cursor: null } },
    { args: ['show', UUID], given: detail },
    {
      args: ['replay', UUID],
      given: { tenantUuid: UUID, replicationSequence: 1, executionArn: null, status: 'ACCEPTED', replay: 'restarted' },
    },
  ])('gives programs what the API says: $args', async ({ args, given }) => {
    answer = [200, given];

    await run(...args, '--json');

    expect(JSON.parse(output)).toEqual(given);
  });

  it.each([
    ['approve', 'is approved and goes on'],
    ['reject', 'is rejected and ends'],
  ])('decides whether a run may go on: %s', async (decision, says) => {
    const notices = {
      tenantUuid: UUID,
      replicationSequence: 17,
      run: 1,
      decision,
      decidedBy: 'arn:jane',
      decidedAt: AT,
    };
    answer = [202, { ...notices, reason: 'why' }];

    expect(await run(decision, UUID, '--reason', 'why')).toBe(0);

    expect(seen).toEqual([`POST /v1/vendings/${UUID}/approval signed`]);
    expect(output).toBe(`${UUID}: sequence 17 ${says} (arn:jane, ${AT}).\n`);
    await expect(run(decision, UUID)).rejects.toThrow('--reason');
  });

  it('shows what a run waits for, and what was decided', async () => {
    const open = { askedAt: AT, expiresAt: NOW, decision: null, decidedBy: null, decidedAt: null, reason: null };
    answer = [200, { ...detail, status: 'AWAITING_APPROVAL', approval: open }];
    await run('show', UUID);
    expect(output).toContain(`approval: is waited for until ${NOW}`);
    answer = [
      200,
      { ...detail, approval: { ...open, decision: 'reject', decidedBy: 'arn:jane', decidedAt: AT, reason: 'no' } },
    ];
    await run('show', UUID);
    expect(output).toContain(`approval: reject, by arn:jane at ${AT}: no`);
  });

  it("passes on the API's own reason", async () => {
    const body = {
      type: 'x',
      title: 'Conflict',
      status: 409,
      detail: 'It is under way. Wait for its end.',
      errors: [],
    };
    answer = [409, body];

    await expect(run('replay', UUID)).rejects.toThrow('answers 409. Conflict. It is under way. Wait for its end.');
  });

  it('does not take any answer for one of this API', async () => {
    answer = [200, { hello: 'world' }];

    await expect(run('list')).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringContaining('--api') as string,
    });
  });

  it.each([
    { args: [], message: /^No command given\. It may be one of list, show, .*--help` shows how it is used\.$/su },
    { args: ['lost'], message: /^Unknown command 'lost'\. Did you mean list\?\n/u },
    { args: ['show'], message: /^No tenant given\. Add the tenant's uuid/u },
    {
      args: ['replay', UUID, 'more'],
      message: /^Unexpected argument 'more'\.\n`npx account-vending vendings replay --help`/u,
    },
    { args: ['list', 'more'], message: /^Unexpected argument 'more'/u },
    { args: ['dead-letters', 'desired-states'], message: /^Unexpected argument 'desired-states'/u },
    { args: ['list', '--status', 'BROKEN'], message: /^--status is 'BROKEN'; it may be one of ACCEPTED/u },
    { args: ['list', '--status', 'FALED'], message: /Did you mean FAILED\?/u },
    { args: ['list', '--status', 'FAILED', '--status', 'VENDED'], message: /^--status is given more than once/u },
    { args: ['list', '--status', '--json'], message: /^--status is '--json'/u },
    { args: ['list', '--api', '--json'], message: /^Option '--api' has no value/u },
    { args: ['list', '--replay', 'work'], message: /^Unknown option '--replay'/u },
    { args: ['list', '--statu', 'FAILED'], message: /^Unknown option '--statu'\. Did you mean --status\?/u },
    { args: ['dead-letters', '--api', 'https://x.example'], message: /^Unknown option '--api'/u },
    { args: ['dead-letters', '--replay', 'mine'], message: /^--replay is 'mine'; it may be one of .*work/su },
    { args: ['dead-letters', '--replay'], message: /^Option '--replay <queue>' has no value\./u },
    { args: ['rebuild', 'now'], message: /^Unexpected argument 'now'/u },
    { args: ['rebuild', '--restored-at', 'soon'], message: /^--restored-at is 'soon'; it has to be an instant/u },
    { args: ['rebuild', '--api', 'https://x.example'], message: /^Unknown option '--api'/u },
    { args: ['erase-person'], message: /^No names given\. Add an e-mail/u },
    { args: ['erase-person', 'jo'], message: /^'jo' cannot be taken: a name has 3 characters or more\./u },
    {
      args: ['adopt', '--dry-run', '--token', 'x'],
      message: /^Option '--token <token>' cannot be used with .*--dry-run/u,
    },
    { args: ['list', '--api', 'nonsense'], message: /^--api is 'nonsense', which is no URL/u },
    { args: ['list', '--api', 'ftp://x.example'], message: /^--api is 'ftp:.*which is no URL that begins with https/u },
    { args: ['stop', UUID, '--reasn', 'x'], message: /^Unknown option '--reasn'\. Did you mean --reason\?/u },
    { args: ['list', '--watch'], message: /^Unknown option '--watch'/u },
    { args: ['list', '--unknown'], message: /^Unknown option '--unknown'\.\n/u },
  ])('says how it is used: $args', async ({ args, message }) => {
    await expect(run(...args)).rejects.toThrow(message);
    expect(seen).toEqual([]);
  });

  it('asks where the API is', async () => {
    delete process.env['VENDING_API'];

    await expect(run('list')).rejects.toThrow(/^No API given\./u);
  });

  it('asks for everything else before that', async () => {
    delete process.env['VENDING_API'];

    await expect(run('show')).rejects.toThrow(/^No tenant given\./u);
    await expect(run('list', '--status', 'BROKEN')).rejects.toThrow(/^--status is 'BROKEN'/u);
  });

  it('says which variable does not hold an address', async () => {
    process.env['VENDING_API'] = 'v1';

    await expect(run('list')).rejects.toThrow(/^VENDING_API is 'v1'/u);
  });

  it('explains itself', async () => {
    expect(await run('--help')).toBe(0);
    expect(output).toContain('dead-letters [options]');
    expect(output).toContain('Exit codes:');
  });
});
