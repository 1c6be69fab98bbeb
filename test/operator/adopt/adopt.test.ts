import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { adopt, type AdoptOptions } from '../../../operator/adopt/adopt';
import { changed, desiredStateJson } from '../../functions/domain/examples';
import { type ApiServer, callIn, serveApi } from '../../fakes/api-server';

const AT = '2026-11-24T12:00:00.000Z';
const ID = '0b9d7c1e-0000-4000-8000-00000000000a';
const TOKEN = `${ID}.hash`;

const refusal = { state: 'ImportAccount', message: 'The role lets nobody in.', remedy: 'Make the role.' };

const proposal = (one: number, change: object = {}): object => ({
  accountId: `70000000000${one}`,
  accountName: `legacy ${one}`,
  tenantUuid: ID,
  refusal: null,
  desiredState: changed(desiredStateJson, ['tenant.metadata.ownedByProject', `shop-${one}`]),
  changes: [{ state: 'ImportAccount', what: 'account', from: null, to: `70000000000${one}` }],
  changesLeftOut: 0,
  ...change,
});

const proposals = (change: object): object => ({
  id: ID,
  status: 'PROPOSED',
  pending: 0,
  accounts: 3,
  refused: 0,
  proposals: [],
  cursor: null,
  token: TOKEN,
  expiresAt: AT,
  ...change,
});

const adoption = (change: object): object => ({
  id: ID,
  status: 'ADOPTING',
  startedAt: AT,
  consentedAt: AT,
  consentedBy: 'arn:jane',
  endedAt: null,
  accounts: 3,
  waiting: 3,
  running: 0,
  adopted: 0,
  failed: 0,
  waitsUntil: null,
  reason: null,
  details: [],
  cursor: null,
  ...change,
});

type Reply = readonly [status: number, body: object];

describe('account-vending vendings adopt', () => {
  let folder: string;
  let printed: string;
  let notified: string;
  let pauses: number[];
  let server: ApiServer;
  let seen: string[];
  /** One after the other; the last one again and again. */
  let replies: Record<string, Reply[]>;

  const run = (given: Partial<AdoptOptions> = {}): Promise<number> =>
    adopt(
      {
        json: false,
        mapping: undefined,
        dryRun: false,
        token: undefined,
        apiUrl: server.url,
        ...given,
      },
      {
        print: (text) => (printed += text),
        notify: (text) => (notified += text),
        pause: (seconds) => Promise.resolve(void pauses.push(seconds)),
      },
    );

  const mapping = (): string => {
    const file = path.join(folder, 'accounts.csv');
    writeFileSync(file, 'accountId,workspace,project,landingZone\n700000000001,retail,shop-1,aws-dev\n');
    return file;
  };

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'adopt-'));
    [printed, notified, pauses, seen, replies] = ['', '', [], [], {}];
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

  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const ASK = 'POST /v1/adoptions?dryRun=true&limit=100';
  const row = { line: 2, accountId: '700000000001', workspace: 'retail', project: 'shop-1', landingZone: 'aws-dev' };

  const proposed = (): void => {
    const pending = proposals({ status: 'PROPOSING', pending: null, token: null });
    replies[`${ASK} ${JSON.stringify({ mapping: [row] })}`] = [[200, pending]];
    replies[`${ASK} ${JSON.stringify({ id: ID })}`] = [
      [200, pending],
      [200, proposals({ status: 'PROPOSING', pending: 1, token: null })],
      [200, proposals({ proposals: [proposal(1), proposal(2, { changesLeftOut: 4 })], cursor: 'c', refused: 1 })],
    ];
    replies[`${ASK} ${JSON.stringify({ id: ID, cursor: 'c' })}`] = [
      [200, proposals({ proposals: [proposal(3, { desiredState: null, changes: null, refusal })], refused: 1 })],
    ];
  };

  it('waits for the proposals, shows those of all pages, and prints the token for those that can be adopted', async () => {
    proposed();
    expect(await run({ mapping: mapping() })).toBe(1);
    expect(printed.split('\n')).toEqual([
      '700000000001 (legacy 1): retail.shop-1 in aws-dev',
      '    ImportAccount: account - -> 700000000001',
      '700000000002 (legacy 2): retail.shop-2 in aws-dev',
      '    ImportAccount: account - -> 700000000002',
      '    and 4 more changes',
      '700000000003 (legacy 3): ?.? in ?',
      '    cannot be adopted (ImportAccount): The role lets nobody in. Make the role.',
      '',
    ]);
    expect(notified).toContain('2 of 3 accounts were looked at.');
    expect(notified).toContain('3 accounts: 2 can be adopted, 1 cannot. Nothing was adopted.');
    expect(notified).toContain(`npx account-vending vendings adopt --token ${TOKEN}`);
    expect(pauses).toEqual([5, 5]);
  });

  it('prints no token in a dry run, nor where nothing can be adopted', async () => {
    proposed();
    expect(await run({ mapping: mapping(), dryRun: true, json: true })).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ token: TOKEN, cursor: null, proposals: { length: 3 } });
    expect(notified).not.toContain(TOKEN);
    replies[`${ASK} {}`] = [[200, proposals({ accounts: 1, refused: 1 })]];
    replies[`${ASK} ${JSON.stringify({ id: ID })}`] = [
      [200, proposals({ accounts: 1, refused: 1, proposals: [proposal(3, { refusal })] })],
    ];
    expect(await run()).toBe(1);
    expect(notified).not.toContain(TOKEN);
  });

  it('says every fault of the mapping with its line', async () => {
    const errors = [
      { field: 'line 2, accountId', message: 'is of another tenant.' },
      { field: 'line 3, workspace', message: 'is missing. Add it.' },
    ];
    const problem = { type: 'urn:x', title: 'Invalid', status: 422, detail: 'Nothing was adopted.', errors };
    replies[`${ASK} ${JSON.stringify({ mapping: [row] })}`] = [[422, problem]];
    await expect(run({ mapping: mapping() })).rejects.toThrow(
      /answers 422\. Invalid\. Nothing was adopted\.\n {2}line 2, accountId is of another tenant\.\n {2}line 3, workspace is/u,
    );
  });

  const CONSENT = `POST /v1/adoptions ${JSON.stringify({ token: TOKEN })}`;
  const WATCH = `GET /v1/adoptions/${ID}?limit=100`;

  it('adopts what the token names, and tells how far it is until it has ended', async () => {
    replies[CONSENT] = [[202, { id: ID }]];
    replies[WATCH] = [
      [200, adoption({ status: 'VERIFYING' })],
      [200, adoption({ running: 2, waiting: 1 })],
      [200, adoption({ running: 2, waiting: 1 })],
      [200, adoption({ adopted: 2, waiting: 1, waitsUntil: AT })],
      [200, adoption({ status: 'ENDED', adopted: 3, waiting: 0 })],
    ];
    expect(await run({ token: TOKEN })).toBe(0);
    expect(printed).toBe(`${ID} ENDED: 3 adopted, 0 running, 0 waiting, 0 failed\n`);
    expect(notified.split('\n')).toEqual([
      `${ID} VERIFYING: 0 adopted, 0 running, 3 waiting, 0 failed`,
      `${ID} ADOPTING: 0 adopted, 2 running, 1 waiting, 0 failed`,
      `${ID} ADOPTING: 2 adopted, 0 running, 1 waiting, 0 failed; AWS enrolls no more before ${AT}`,
      '',
    ]);
  });

  it.each<[string, object, string]>([
    ['one has failed', { status: 'ENDED', adopted: 2, failed: 1, waiting: 0 }, '1 failed'],
    ['nothing was adopted', { status: 'STALE', reason: 'The account 700000000001 was moved.' }, 'was moved'],
  ])('ends with 1 where %s', async (_, change, message) => {
    replies[CONSENT] = [[202, { id: ID }]];
    replies[WATCH] = [[200, adoption(change)]];
    expect(await run({ token: TOKEN })).toBe(1);
    expect(printed + notified).toContain(message);
  });

  it('sends the mapping along with the token where both are given', async () => {
    replies[`POST /v1/adoptions ${JSON.stringify({ token: TOKEN, mapping: [row] })}`] = [[202, { id: ID }]];
    replies[WATCH] = [[200, adoption({ status: 'ENDED', adopted: 3, waiting: 0 })]];
    expect(await run({ token: TOKEN, mapping: mapping(), json: true })).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ id: ID, status: 'ENDED' });
  });

  it('reads no mapping that is not there, and asks nobody', async () => {
    await expect(run({ mapping: path.join(folder, 'none.csv') })).rejects.toThrow('none.csv cannot be read');
    expect(seen).toEqual([]);
  });
});
