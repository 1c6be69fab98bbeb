import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Rollout, RolloutTenants } from '../../../functions/api/rollout-responses';
import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import { DEFAULT_LIMITS } from '../../../functions/domain/rollout/rollout-request';
import { loadConfiguration } from '../../../infra/config';
import { ran } from '../../command/ran';
import { type ApiServer, callIn, serveApi } from '../../fakes/api-server';

const AT = '2026-11-24T12:00:00.000Z';
const ID = '0b9d7c1e-0000-4000-8000-00000000000a';
const TOKEN = `${ID}.hash`;
const RUNNING = `${ID} RUNNING, canary: 2 done, 3 running, 0 failed, 0 overtaken\n`;

const rollout = (change: Partial<Rollout> = {}): Rollout => ({
  id: ID,
  status: 'PLANNED',
  fromHash: 'old',
  targetHash: 'new',
  limits: DEFAULT_LIMITS,
  plannedAt: AT,
  plannedBy: 'arn:jane',
  token: TOKEN,
  startedAt: null,
  startedBy: null,
  changing: 4,
  unchanged: 1,
  refused: 0,
  leftAlone: 2,
  severe: { removesAccess: 0, movesUnit: 0, removesStackSet: 0 },
  groups: [{ kinds: ['adds tag a', 'changes tag b'], tenants: 4, example: 't-1', isRefusal: false }],
  wave: 0,
  running: 0,
  done: 0,
  failed: 0,
  overtaken: 0,
  unexpected: 0,
  reason: null,
  endedAt: null,
  ...change,
});

const tenant = (one: number, change: Partial<RolloutTenants['tenants'][number]> = {}) => ({
  tenantUuid: `t-${one}`,
  workspaceIdentifier: 'retail',
  projectIdentifier: `shop-${one}`,
  landingZone: 'aws-dev',
  accountId: `70000000000${one}`,
  wave: 0,
  changesLeftOut: 0,
  refusal: null,
  state: 'WAITING',
  unexpected: false,
  changes: [{ state: 'TagAccount', what: 'tag a', from: null, to: 'b' }],
  run: null,
  reason: null,
  ...change,
});

type Reply = readonly [status: number, body: object];

describe('account-vending rollouts', () => {
  let server: ApiServer;
  let seen: string[];
  /** One after the other; the last one again and again. */
  let replies: Record<string, Reply[]>;

  beforeEach(async () => {
    [seen, replies] = [[], {}];
    server = await serveApi((request, response) => {
      void callIn(request).then((call) => {
        seen.push(call);
        const [first, ...others] = replies[call] ?? [];
        if (others.length > 0) replies[call] = others;
        const [status, answer] = first ?? [500, { message: `Nobody answers ${call}` }];
        response.writeHead(status).end(JSON.stringify(answer));
      });
    });
  });

  afterEach(() => server.close());

  const run = (...args: readonly string[]) => ran('rollouts', ...args, '--api', server.url);
  const READ = `GET /v1/rollouts/${ID}`;
  const TENANTS = `GET /v1/rollouts/${ID}/tenants?limit=100`;

  const planned = (request: object, change: Partial<Rollout> = {}): void => {
    replies[`POST /v1/rollouts ${JSON.stringify(request)}`] = [[202, { id: ID }]];
    replies[READ] = [
      [200, rollout({ status: 'PLANNING', token: null })],
      [200, rollout(change)],
    ];
    replies[TENANTS] = [[200, { tenants: [tenant(1)], cursor: 't-1' }]];
    replies[`${TENANTS}&cursor=t-1`] = [[200, { tenants: [tenant(2)], cursor: null }]];
  };

  it('plan shows the groups of tenants and those that cannot be planned, and how to start', async () => {
    planned({}, { refused: 1, severe: { removesAccess: 0, movesUnit: 3, removesStackSet: 0 } });
    const refusal = { state: 'PlanVending', message: 'The tag is missing.', remedy: 'Add it.' };
    replies[`${TENANTS}&cursor=t-1`] = [
      [200, { tenants: [tenant(2, { state: 'REFUSED', changes: null, refusal })], cursor: null }],
    ];
    const { exitCode, out, notices } = await run('plan');
    expect(out.split('\n')).toEqual([
      `${ID}: 4 tenants change, 1 need no change, 1 cannot be planned, 2 are left alone.`,
      '       4  adds tag a, changes tag b (such as t-1)',
      'Severe: access is removed in 0, 3 accounts are moved, a stack set is removed in 0.',
      't-2 retail.shop-2 (700000000002), wave 0: REFUSED',
      '    The tag is missing. Add it.',
      '',
    ]);
    expect(notices).toContain(`npx account-vending rollouts start ${TOKEN}`);
    expect(exitCode).toBe(1);
  });

  it.each<[string, readonly string[], object]>([
    ['nothing', [], {}],
    ['a configuration of before', ['--to', 'old'], { configurationHash: 'old' }],
    ['the landing zone', ['--kind', 'landing-zone'], { kind: 'landing-zone' }],
    ['a unit first', ['--canary-unit', 'ou-1'], { canary: { organizationalUnit: 'ou-1' } }],
    ['a tag first', ['--canary-tag', 'stage=a=b'], { canary: { tag: { key: 'stage', value: 'a=b' } } }],
    ['some tenants first', ['--canary-tenants', '9'], { canary: { tenants: 9 } }],
    [
      'waves and limits',
      ['--waves', '0.1,1', '--most-per-hour', '50', '--most-at-once', '5', '--stop-at', '0.2'],
      { waves: [0.1, 1], mostTenantsPerHour: 50, mostAtOnce: 5, stopAtFailedShare: 0.2 },
    ],
  ])('plan asks for %s', async (_, args, request) => {
    planned(request);
    expect((await run('plan', ...args, '--json')).exitCode).toBe(0);
    expect(seen[0]).toBe(`POST /v1/rollouts ${JSON.stringify(request)}`);
  });

  it('plan tells of a landing zone what is done, and how long it takes; start how long is left', async () => {
    const units = [
      { id: 'ou-1', accounts: 3, behind: 2 },
      { id: 'ou-2', accounts: 9, behind: 0 },
    ];
    const landingZone = { version: '4.0', baselineVersion: '5.0', updatedAt: null, units, single: 2 };
    const ofLandingZone = { kind: 'landing-zone', landingZone, secondsLeft: 5400 } as const;
    planned({ kind: 'landing-zone' }, ofLandingZone);
    const { out } = await run('plan', '--kind', 'landing-zone');
    expect(out).toContain('Landing zone 4.0, baseline 5.0: 1 unit, 2 accounts one by one, about 1.5 hours.\n');
    replies[READ] = [[200, rollout({ ...ofLandingZone, status: 'RUNNING' })]];
    replies[TENANTS] = [[200, { tenants: [], cursor: null }]];
    expect((await run('show', ID)).out).toMatch(/landing zone RUNNING, canary: .*, about 1.5 hours\n/u);
  });

  it('plan says why it was refused, and names no token', async () => {
    planned({}, { status: 'REFUSED', token: null, reason: "The configuration has no landing zone 'a' (2 tenants)." });
    const { exitCode, out, notices } = await run('plan');
    expect(out).toContain("no landing zone 'a' (2 tenants)");
    expect(notices).not.toContain('start');
    expect(exitCode).toBe(1);
  });

  it('start tells how far it is until it has ended, each line once', async () => {
    replies[`POST /v1/rollouts/${ID}/start ${JSON.stringify({ token: TOKEN, consent: 6 })}`] = [[200, rollout()]];
    const running = rollout({ status: 'RUNNING', done: 2, running: 3 });
    replies[READ] = [
      [200, running],
      [200, running],
      [200, rollout({ status: 'ENDED', wave: 4, done: 5 })],
    ];
    const { exitCode, out, notices } = await run('start', TOKEN, '--consent', '6');
    expect({ exitCode, notices }).toEqual({ exitCode: 0, notices: RUNNING });
    expect(out).toBe(`${ID} ENDED, wave 4: 5 done, 0 running, 0 failed, 0 overtaken\n`);
  });

  it.each<[string, Partial<Rollout>, string]>([
    ['has stopped', { status: 'STOPPED', failed: 2, reason: '2 of the 2 runs have failed.' }, '2 of the 2 runs'],
    ['has ended with a failure', { status: 'ENDED', done: 4, failed: 1 }, '1 failed'],
    ['has changed something else', { status: 'STOPPED', unexpected: 2 }, '2 with unexpected changes'],
  ])('start ends with 1 where the rollout %s', async (_, change, said) => {
    replies[`POST /v1/rollouts/${ID}/start ${JSON.stringify({ token: TOKEN })}`] = [[200, rollout()]];
    replies[READ] = [[200, rollout(change)]];
    const { exitCode, out, notices } = await run('start', TOKEN);
    expect(exitCode).toBe(1);
    expect(out + notices).toContain(said);
  });

  it('start says which number the consent has to name', async () => {
    const problem = {
      type: 'urn:x',
      title: 'Conflict',
      status: 409,
      detail: 'Start it with "consent": 6.',
      errors: [],
    };
    replies[`POST /v1/rollouts/${ID}/start ${JSON.stringify({ token: TOKEN })}`] = [[409, problem]];
    const { exitCode, notices } = await run('start', TOKEN);
    expect(exitCode).not.toBe(0);
    expect(notices).toContain('"consent": 6');
  });

  it.each(['pause', 'abort'])('%s acts, and watches nothing', async (action) => {
    replies[`POST /v1/rollouts/${ID}/${action}`] = [[200, rollout({ status: 'PAUSED', done: 1 })]];
    const { exitCode, out } = await run(action, ID);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: `${ID} PAUSED, canary: 1 done, 0 running, 0 failed, 0 overtaken\n`,
    });
  });

  it.each(['resume', 'retry'])('%s watches it until its end', async (action) => {
    replies[`POST /v1/rollouts/${ID}/${action}`] = [[200, rollout({ status: 'RUNNING' })]];
    replies[READ] = [
      [200, rollout({ status: 'RUNNING', done: 2, running: 3 })],
      [200, rollout({ status: 'ENDED', done: 5 })],
    ];
    expect(await run(action, ID)).toMatchObject({ exitCode: 0, notices: RUNNING });
  });

  it('show has the tenants, and with --failed those that have failed alone', async () => {
    replies[READ] = [[200, rollout({ status: 'ENDED', done: 1, failed: 1 })]];
    const failed = tenant(2, { state: 'FAILED', reason: 'AWS refused the tag.' });
    replies[TENANTS] = [[200, { tenants: [tenant(1, { state: 'DONE' }), failed], cursor: null }]];
    const all = await run('show', ID);
    expect(all.out).toContain('t-1 retail.shop-1 (700000000001), wave 0: DONE\n    TagAccount: tag a - -> b\n');
    const { exitCode, out } = await run('show', ID, '--failed');
    expect(exitCode).toBe(1);
    expect(out).not.toContain('t-1 ');
    expect(out).toContain('wave 0: FAILED\n    TagAccount: tag a - -> b\n    AWS refused the tag.\n');
  });

  describe('promote', () => {
    let folder: string;
    let file: string;

    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'promotion-'));
      file = path.join(folder, 'promotion.json');
      cpSync('config', path.join(folder, 'config'), { recursive: true });
      for (const [name, region] of [
        ['test', 'eu-central-1'],
        ['production', 'eu-west-1'],
      ] as const) {
        mkdirSync(path.join(folder, name));
        writeFileSync(path.join(folder, name, 'overlay.json'), '{ "base": "../config" }');
        writeFileSync(path.join(folder, name, 'platform.json'), JSON.stringify({ region }));
      }
    });

    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    const hashOf = (name: string): string => configurationHash(loadConfiguration(path.join(folder, name)));
    const promoted = (change: Partial<Rollout> = {}) => {
      replies[READ] = [
        [200, rollout({ status: 'ENDED', endedAt: AT, done: 5, targetHash: hashOf('test'), ...change })],
      ];
      return run('promote', ID, '--config', path.join(folder, 'test'), '--out', file);
    };
    const started = () => {
      replies[READ] = [
        [200, rollout({ targetHash: hashOf('production') })],
        [200, rollout({ status: 'ENDED', done: 5 })],
      ];
      replies[`POST /v1/rollouts/${ID}/start ${JSON.stringify({ token: TOKEN })}`] = [[200, rollout()]];
      return run('start', TOKEN, '--after-promotion', file, '--config', path.join(folder, 'production'));
    };

    it('lets the next organization start a rollout of the same files', async () => {
      expect(await promoted()).toMatchObject({ exitCode: 0 });
      expect(await started()).toMatchObject({ exitCode: 0 });
    });

    it.each<[string, Partial<Rollout>, string]>([
      ['has not ended', { status: 'RUNNING', endedAt: null }, 'only one that has ENDED can be promoted'],
      ['has failed in some tenant', { failed: 1 }, '1 tenants of the rollout'],
      ['was of another configuration', { targetHash: 'f'.repeat(64) }, 'is not that of the rollout'],
    ])('writes nothing of a rollout that %s', async (_, change, message) => {
      const { exitCode, notices } = await promoted(change);
      expect(exitCode).not.toBe(0);
      expect(notices).toContain(message);
      expect(existsSync(file)).toBe(false);
    });

    const edited = (): void => {
      writeFileSync(file, readFileSync(file, 'utf8').replace('"done": 5', '"done": 50'));
    };

    const other = (): void => {
      writeFileSync(path.join(folder, 'config/landing-zones/note.txt'), 'later');
    };

    const none = (): void => {
      rmSync(file);
    };

    const something = (): void => {
      writeFileSync(file, '{}');
    };

    it.each<[string, () => void, string]>([
      ['no record', none, 'cannot be read'],
      ['something else', something, 'is no record of npx account-vending rollouts promote'],
      ['a record that was edited', edited, 'was changed since it was written'],
      ['a record of other files', other, 'is of other files'],
    ])('starts nothing with %s', async (_, change, message) => {
      await promoted();
      change();
      const { exitCode, notices } = await started();
      expect(exitCode).not.toBe(0);
      expect(notices).toContain(message);
      expect(seen.filter((call) => call.includes('/start'))).toEqual([]);
    });
  });

  it('list has one line for each, and says how to make one where there is none', async () => {
    replies['GET /v1/rollouts?limit=100'] = [
      [200, { rollouts: [rollout({ status: 'ENDED', done: 5 })], cursor: null }],
      [200, { rollouts: [], cursor: null }],
    ];
    expect((await run('list')).out).toBe(`${ID} ENDED, canary: 5 done, 0 running, 0 failed, 0 overtaken\n`);
    expect((await run('list')).notices).toContain('npx account-vending rollouts plan');
  });
});
