import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { accountVending } from '../../../command/run';
import { screenOf } from '../../../operator/screen';
import { type ApiServer, serveApi } from '../../fakes/api-server';

const AT = '2026-11-24T12:00:00.000Z';
const uuid = (one: number): string => `7d0c1b1e-0000-4000-8000-00000000000${one}`;

const summary = (one: number): object => ({
  tenantUuid: uuid(one),
  replicationSequence: 17,
  status: 'VENDED',
  statusChangedAt: AT,
  supersededBy: null,
  workspaceIdentifier: 'retail',
  projectIdentifier: `shop-${one}`,
  accountId: null,
});

const detail = (one: number): object => ({
  tenantUuid: uuid(one),
  workspaceIdentifier: 'retail',
  projectIdentifier: `shop-${one}`,
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  executionArn: null,
  status: 'VENDED',
  statusChangedAt: AT,
  waitingSequence: null,
  supersededBy: null,
  deletion: null,
  timeline: [],
  lane: null,
  lastError: null,
  rejection: null,
  account:
    one === 3
      ? null
      : {
          id: `70000000000${9 - one}`,
          arn: 'arn:x',
          name: `shop, "${one}"`,
          email: `${one}@corp.example`,
          knownSince: AT,
          imported: one === 1,
        },
  desiredState: { tenant: { spec: { landingZoneRef: { name: 'aws-dev' } } }, replicationSequence: 17 },
  plan: { planVersion: 1 },
});

describe('account-vending vendings export', () => {
  let folder: string;
  let printed: string;
  let notified: string;
  let server: ApiServer;
  let seen: string[];
  let afterCall: () => void;
  let answers: Record<string, object | undefined>;
  let now: Date;

  const run = (...args: readonly string[]): Promise<number> =>
    accountVending(['vendings', 'export', ...args], {
      print: (text) => (printed += text),
      notify: (text) => (notified += text),
      pause: () => Promise.resolve(),
      now: () => now,
      screen: screenOf({}),
    });

  const told = (one: number): string => `GET /v1/vendings/${uuid(one)}?include=desiredState%2Cplan`;

  const tenantFile = (one: number): string => path.join(folder, 'tenants', `${uuid(one)}.json`);

  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'export-'));
    [printed, notified, seen, now] = ['', '', [], new Date(AT)];
    afterCall = () => undefined;
    answers = {
      'GET /v1/vendings?limit=100': { vendings: [summary(1), summary(2), summary(1)], cursor: 'next' },
      'GET /v1/vendings?limit=100&cursor=next': { vendings: [summary(3)], cursor: null },
      [told(1)]: detail(1),
      [told(2)]: detail(2),
      [told(3)]: detail(3),
    };
    server = await serveApi((request, response) => {
      const call = `${request.method ?? ''} ${request.url ?? ''}`;
      seen.push(call);
      const answer = answers[call];
      const problem = { type: 'urn:x', title: 'Not there', status: 503, detail: 'AWS did not answer.', errors: [] };
      response.writeHead(answer === undefined ? 503 : 200).end(JSON.stringify(answer ?? problem));
      afterCall();
    });
  });

  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('writes every tenant of every page once, with desired state and plan, and a list of their accounts', async () => {
    expect(await run(folder, '--json')).toBe(0);
    expect(JSON.parse(printed)).toEqual({ folder, tenants: 3, accounts: 2 });
    expect(readdirSync(folder).toSorted()).toEqual(['accounts.csv', 'export.json', 'tenants']);
    expect(readdirSync(path.join(folder, 'tenants')).toSorted()).toEqual([1, 2, 3].map((one) => `${uuid(one)}.json`));
    expect(read(tenantFile(1))).toEqual({
      exportedAt: AT,
      vending: expect.objectContaining(detail(1)) as unknown,
    });
    expect(readFileSync(path.join(folder, 'accounts.csv'), 'utf8').split('\n')).toEqual([
      'accountId,accountName,accountEmail,workspace,project,landingZone,status,imported,knownSince,tenantUuid',
      `700000000007,"shop, ""2""",2@corp.example,retail,shop-2,aws-dev,VENDED,no,${AT},${uuid(2)}`,
      `700000000008,"shop, ""1""",1@corp.example,retail,shop-1,aws-dev,VENDED,yes,${AT},${uuid(1)}`,
      '',
    ]);
    expect(read(path.join(folder, 'export.json'))).toMatchObject({ startedAt: AT, finishedAt: AT, tenants: 3 });
    for (const one of [1, 2, 3]) expect(seen.filter((call) => call === told(one))).toHaveLength(1);
  });

  it('reads the pages until no new tenant comes: one that changes meanwhile moves to the front', async () => {
    const [first, second] = ['GET /v1/vendings?limit=100', 'GET /v1/vendings?limit=100&cursor=next'];
    answers[second] = { vendings: [summary(2)], cursor: null };
    afterCall = () => {
      if (seen.filter((call) => call === second).length === 1)
        answers[first] = { vendings: [summary(3), summary(1)], cursor: 'next' };
    };
    expect(await run(folder)).toBe(0);
    expect(printed).toContain('3 tenants and 2 accounts');
  });

  it('goes on where it was interrupted, and begins again once it was finished', async () => {
    answers[told(2)] = undefined;
    await expect(run(folder)).rejects.toThrow(/answers 503.*\nThe export is not complete\. Start it again/su);
    expect(readdirSync(folder)).not.toContain('accounts.csv');
    answers[told(2)] = detail(2);
    now = new Date('2026-11-24T13:00:00.000Z');
    seen.length = 0;
    expect(await run(folder)).toBe(0);
    expect(seen).not.toContain(told(1));
    expect(seen).toContain(told(2));
    expect(printed).toContain('3 tenants and 2 accounts');
    seen.length = 0;
    answers['GET /v1/vendings?limit=100'] = { vendings: [summary(1)], cursor: null };
    now = new Date('2026-11-24T14:00:00.000Z');
    expect(await run(folder)).toBe(0);
    expect(seen).toContain(told(1));
    expect(notified).toContain(`${tenantFile(2)} is of an earlier export`);
    expect(read(tenantFile(1))).toMatchObject({ exportedAt: now.toISOString() });
    expect(read(tenantFile(2))).toMatchObject({ exportedAt: '2026-11-24T13:00:00.000Z' });
  });

  it('does not go on in what another installation has exported', async () => {
    answers[told(2)] = undefined;
    await expect(run(folder)).rejects.toThrow('not complete');
    const mark = path.join(folder, 'export.json');
    writeFileSync(mark, JSON.stringify({ ...(read(mark) as object), apiUrl: 'https://other.example/v1' }));
    answers[told(2)] = detail(2);
    now = new Date('2026-11-24T13:00:00.000Z');
    seen.length = 0;
    expect(await run(folder)).toBe(0);
    expect(seen).toContain(told(1));
  });

  it.each(['notes.txt', 'tenants/notes.txt'])('touches no folder with files of others: %s', async (name) => {
    if (name.includes('/')) {
      await run(folder);
      rmSync(path.join(folder, 'export.json'));
    }
    writeFileSync(path.join(folder, name), 'mine');
    await expect(run(folder)).rejects.toThrow('has files that no export has written');
    expect(readFileSync(path.join(folder, name), 'utf8')).toBe('mine');
  });

  it('writes no file beside its folder, whatever answers', async () => {
    const strange = { ...summary(1), tenantUuid: '../../../../etc/passwd-of-no-one-000000' };
    answers['GET /v1/vendings?limit=100'] = { vendings: [strange], cursor: null };
    await expect(run(folder)).rejects.toThrow('which is no uuid');
  });

  it('names a file that stands where the folder should', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    await expect(run(file)).rejects.toThrow(`${file} cannot be written to`);
  });

  it.each([
    [[], 'No folder given. Add a new folder'],
    [['one', 'two'], "Unexpected argument 'two'"],
    [['one', '--mapping', 'x'], "Unknown option '--mapping'"],
  ])('says how it is used: %p', async (args, message) => {
    await expect(run(...args, '--api', 'http://x')).rejects.toThrow(message);
  });
});
