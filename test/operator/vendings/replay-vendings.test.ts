import { accountVending } from '../../../command/run';
import { screenOf } from '../../../operator/screen';
import { replayVendings } from '../../../operator/vendings/replay-vendings';
import { type ApiServer, callIn, serveApi } from '../../fakes/api-server';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-00000000000${index}`;

const rowOf = (index: number, outcome: string, detail: string | null = null) => ({
  tenantUuid: uuidOf(index),
  replicationSequence: 17,
  workspaceIdentifier: 'retail',
  projectIdentifier: `p${index}`,
  error: 'TransientError',
  outcome,
  detail,
});

describe('vendings replay, of many', () => {
  let server: ApiServer;
  let seen: string[];
  let output: string;
  let notices: string;
  /** What becomes of those of each page when they are replayed. */
  let becomes: 'redriven' | 'failed';

  const run = (options: { json?: boolean; dryRun?: boolean; agrees?: (count: number) => Promise<boolean> } = {}) =>
    replayVendings(
      {
        json: false,
        dryRun: false,
        agrees: undefined,
        ...options,
        apiUrl: server.url,
        error: 'TransientError',
      },
      {
        print: (text) => {
          output += text;
        },
        notify: (text) => {
          notices += text;
        },
      },
    );

  const yes = (): Promise<boolean> => Promise.resolve(true);

  beforeEach(async () => {
    [output, notices, seen, becomes] = ['', '', [], 'redriven'];
    server = await serveApi((request, response) => {
      void callIn(request).then((call) => {
        seen.push(call);
        const query = new URL(`http://x${request.url ?? ''}`).searchParams;
        const dryRun = query.get('dryRun') === 'true';
        const isLast = query.get('cursor') === 'next';
        const replays = isLast
          ? [rowOf(2, 'refused', 'It waits for an approval.')]
          : [rowOf(1, dryRun ? 'redriven' : becomes)];
        response.end(JSON.stringify({ dryRun, replays, cursor: isLast ? null : 'next' }));
      });
    });
  });

  afterEach(async () => {
    await server.close();
  });

  it('shows all pages, asks nobody, and replays nothing', async () => {
    expect(await run()).toBe(0);
    expect(seen).toEqual([
      'POST /v1/replays?dryRun=true&limit=20&error=TransientError',
      'POST /v1/replays?dryRun=true&limit=20&error=TransientError&cursor=next',
    ]);
    expect(output.split('\n')).toEqual([
      `${'tenant'.padEnd(36)}  project    sequence  error           would be`,
      `${uuidOf(1)}  retail.p1  17        TransientError  redriven`,
      `${uuidOf(2)}  retail.p2  17        TransientError  refused: It waits for an approval.`,
      '',
    ]);
    expect(notices).toBe('Nothing was replayed. To replay them, add --yes.\n');
  });

  it('replays nothing that nobody agrees to', async () => {
    const asked: number[] = [];
    const no = (count: number): Promise<boolean> => {
      asked.push(count);
      return Promise.resolve(false);
    };
    expect(await run({ agrees: no })).toBe(0);
    expect(asked).toEqual([1]);
    expect(seen.filter((call) => call.includes('dryRun=false'))).toEqual([]);
    expect(notices).toBe('Nothing was replayed.\n');
  });

  it('replays what was agreed to, and ends with 1 where one was refused', async () => {
    expect(await run({ agrees: yes })).toBe(1);
    expect(seen.slice(2)).toEqual([
      'POST /v1/replays?dryRun=false&limit=20&error=TransientError',
      'POST /v1/replays?dryRun=false&limit=20&error=TransientError&cursor=next',
    ]);
    expect(output).toMatch(/ was\n.* redriven\n/u);
  });

  it('never goes on with --dry-run, even where somebody would agree', async () => {
    expect(await run({ dryRun: true, agrees: yes })).toBe(0);
    expect(seen.filter((call) => call.includes('dryRun=false'))).toEqual([]);
  });

  it('gives programs one document, of what was done', async () => {
    becomes = 'failed';
    expect(await run({ json: true, agrees: yes })).toBe(1);
    expect(JSON.parse(output)).toEqual({
      dryRun: false,
      replays: [rowOf(1, 'failed'), rowOf(2, 'refused', 'It waits for an approval.')],
    });
  });

  describe('as a command', () => {
    const command = (...args: readonly string[]): Promise<number> =>
      accountVending(['vendings', 'replay', ...args], {
        print: (text) => {
          output += text;
        },
        notify: () => undefined,
        pause: () => Promise.resolve(),
        now: () => new Date('2026-11-24T12:00:00Z'),
        screen: screenOf({}),
      });

    it('has all filters, and agrees by --yes', async () => {
      const narrowed = ['--error', 'TransientError', '--landing-zone', 'aws-dev', '--workspace', 'retail'];
      expect(await command(...narrowed, '--project', 'p1', '--since', '1d', '--status', 'failed', '--yes')).toBe(1);
      const [first, , third] = seen.map((call) => new URL(`http://x${call.split(' ')[1] ?? ''}`).searchParams);
      expect(Object.fromEntries(first ?? [])).toEqual({
        dryRun: 'true',
        limit: '20',
        error: 'TransientError',
        landingZone: 'aws-dev',
        workspace: 'retail',
        project: 'p1',
        since: '2026-11-23T12:00:00.000Z',
        status: 'FAILED',
      });
      expect(third?.get('dryRun')).toBe('false');
    });

    it.each([
      { args: [], says: 'No tenant given. Add one, or say which: --error' },
      { args: ['--yes'], says: 'No tenant given.' },
      { args: [uuidOf(1), '--yes'], says: 'A tenant is replayed alone.' },
      { args: [uuidOf(1), '--error', 'TransientError'], says: 'A tenant is replayed alone.' },
    ])('replays nothing by a word that is missing or too many: $args', async ({ args, says }) => {
      await expect(command(...args)).rejects.toThrow(says);
      expect(seen).toEqual([]);
    });
  });
});
