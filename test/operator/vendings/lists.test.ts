import { accountVending } from '../../../command/run';
import { screenOf } from '../../../operator/screen';
import { type ApiServer, callIn, serveApi } from '../../fakes/api-server';

const AT = '2026-11-24T12:00:00.000Z';
const uuid = (one: number): string => `7d0c1b1e-0000-4000-8000-00000000000${one}`;

const listed = (one: number): object => ({
  tenantUuid: uuid(one),
  replicationSequence: 17,
  status: 'VENDED',
  statusChangedAt: AT,
  supersededBy: null,
  workspaceIdentifier: 'retail',
  projectIdentifier: `shop-${one}`,
  accountId: null,
});

const shown = (one: number, status: string): object => ({
  tenantUuid: uuid(one),
  workspaceIdentifier: 'retail',
  projectIdentifier: `shop-${one}`,
  status,
  replicationSequence: null,
  run: null,
  workflow: null,
  executionArn: null,
  statusChangedAt: AT,
  waitingSequence: null,
  supersededBy: null,
  deletion: null,
  account: null,
  timeline: [],
  lane: null,
  lastError: null,
  rejection: null,
});

describe('account-vending vendings, of lists that are longer than a page', () => {
  let output: string;
  let notices: string;
  let server: ApiServer;
  let seen: string[];
  let answers: Record<string, object>;

  const run = (...args: readonly string[]): Promise<number> =>
    accountVending(['vendings', ...args], {
      print: (text) => {
        output += text;
      },
      notify: (text) => {
        notices += text;
      },
      pause: () => Promise.resolve(),
      now: () => new Date(AT),
      screen: screenOf({}),
    });

  beforeEach(async () => {
    [output, notices, seen, answers] = ['', '', [], {}];
    server = await serveApi((request, response) => {
      void callIn(request).then((call) => {
        seen.push(call);
        response.writeHead(answers[call] === undefined ? 404 : 200).end(JSON.stringify(answers[call] ?? {}));
      });
    });
  });

  afterEach(async () => {
    await server.close();
  });

  it('lists them all, page after page, and says nothing of others', async () => {
    answers['GET /v1/vendings?limit=100'] = { vendings: [listed(1), listed(2)], cursor: 'next' };
    answers['GET /v1/vendings?limit=100&cursor=next'] = { vendings: [listed(3)], cursor: null };
    expect(await run('list', '--all')).toBe(0);
    expect(output.match(/shop-\d/gu)).toEqual(['shop-1', 'shop-2', 'shop-3']);
    expect(notices).toBe('');
  });

  it('files them all, and counts all pages together', async () => {
    answers['POST /v1/reindex?limit=50'] = { read: 50, written: 2, cursor: 'next' };
    answers['POST /v1/reindex?limit=50&cursor=next'] = { read: 7, written: 1, cursor: null };
    expect(await run('reindex')).toBe(0);
    expect(output).toBe('57 rows read, 3 filed.\n');
  });

  it('shows the one tenant that a name means, also where the list has it twice', async () => {
    answers['GET /v1/vendings?limit=100&email=aws%40corp.example'] = {
      vendings: [listed(1), listed(1)],
      cursor: null,
    };
    answers[`GET /v1/vendings/${uuid(1)}`] = shown(1, 'VENDED');
    expect(await run('show', 'aws@corp.example')).toBe(0);
    expect(output).toContain(`${uuid(1)}  retail.shop-1\n`);
  });

  it('shows none of several tenants that a name means, wherever they stand in the list', async () => {
    const query = 'GET /v1/vendings?limit=100&workspace=retail&project=shop';
    answers[query] = { vendings: [listed(1)], cursor: 'next' };
    answers[`${query}&cursor=next`] = { vendings: [listed(2)], cursor: null };
    await expect(run('show', 'retail.shop')).rejects.toThrow(
      `'retail.shop' are 2 tenants: ${uuid(1)}, ${uuid(2)}. Name one by its uuid.`,
    );
    expect(output).toBe('');
  });

  it.each([
    ['VENDED', 0],
    ['RUNNING', 0],
    ['FAILED', 1],
    ['REJECTED', 1],
  ])('lets a script know by the exit code whether a person is waited for: %s', async (status, exitCode) => {
    answers[`GET /v1/vendings/${uuid(1)}`] = shown(1, status);
    expect(await run('show', uuid(1))).toBe(exitCode);
  });
});
