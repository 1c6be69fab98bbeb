import openapi from '../../docs/openapi.json';
import { busiestLane, lanesInOrder } from '../src/logic/lanes';
import { csvOf } from '../src/logic/csv';
import { desiredStateDraft } from '../src/logic/desired-state-draft';
import { helpOf } from '../src/logic/field-help';
import { moneyText } from '../src/logic/money';
import { pollInterval } from '../src/logic/poll-interval';
import { savedPreferences, savePreferences } from '../src/logic/preferences';
import { similarTenants, tenantName } from '../src/logic/tenant-name';
import { durationText, monthsUpTo, sinceText, utcText } from '../src/logic/times';
import { usageBars } from '../src/logic/usage-bars';
import { addressOf, FILTER_NAMES, filterIn, searchTarget, unknownStatusIn } from '../src/logic/vendings-filter';
import { filesLoadedBy } from '../build/loaded-files';

const NOW = new Date('2026-11-28T12:00:00Z');

describe('pollInterval', () => {
  it('asks within five seconds while something runs and somebody looks', () => {
    expect(pollInterval({ isHidden: false, isUnderWay: true })).toBeLessThanOrEqual(5_000);
  });

  it('asks less often where nothing runs, and least where nobody looks', () => {
    const resting = pollInterval({ isHidden: false, isUnderWay: false });

    expect(resting).toBeGreaterThan(pollInterval({ isHidden: false, isUnderWay: true }));
    expect(pollInterval({ isHidden: true, isUnderWay: true })).toBeGreaterThan(resting);
    expect(pollInterval({ isHidden: true, isUnderWay: false })).toBeGreaterThan(resting);
  });
});

describe('times', () => {
  it.each([
    [0, '0 s'],
    [89_000, '89 s'],
    [90_000, '2 min'],
    [89 * 60_000, '89 min'],
    [190 * 60_000, '3 h 10 min'],
    [180 * 60_000, '3 h'],
    [52 * 3_600_000, '2 d 4 h'],
    [-5, '0 s'],
  ])('says %d milliseconds as %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it('says what is past and what is to come', () => {
    expect(sinceText('2026-11-28T11:55:00Z', NOW)).toBe('5 min ago');
    expect(sinceText('2026-11-28T12:05:00Z', NOW)).toBe('in 5 min');
    expect(utcText('2026-11-28T12:05:09.123Z')).toBe('2026-11-28 12:05:09 UTC');
  });

  it('counts days and months back over the end of a year', () => {
    expect(monthsUpTo(new Date('2026-02-28T23:59:59Z'), 3)).toEqual(['2026-02', '2026-01', '2025-12']);
  });
});

describe('csvOf', () => {
  it('quotes what would break a row, and disarms formulas', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,"y"', '=1+1'],
          [null, 3],
          ['-1', 'line\nbreak'],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""",\'=1+1\r\n,3\r\n\'-1,"line\nbreak"\r\n');
  });
});

describe('tenantName', () => {
  it('is the UUID where nobody knows the names', () => {
    const names = { tenantUuid: 'u', workspaceIdentifier: 'retail', projectIdentifier: 'shop' };

    expect(tenantName(names)).toBe('retail.shop');
    expect(tenantName({ ...names, projectIdentifier: null })).toBe('u');
  });

  it('finds tenants by a part of their name, and five at most', () => {
    const tenants = [
      'retail.webshop-dev',
      'retail.webshop-prod',
      'data.import-lake',
      'it.a',
      'it.b',
      'it.c',
      'it.d',
      'it.e',
    ].map((name) => {
      const [workspaceIdentifier = null, projectIdentifier = null] = name.split('.');
      return { tenantUuid: name, workspaceIdentifier, projectIdentifier };
    });
    const found = (...texts: readonly string[]): readonly string[] => similarTenants(tenants, texts).map(tenantName);
    expect(found('WebShop')).toEqual(['retail.webshop-dev', 'retail.webshop-prod']);
    expect(found('import', 'nobody')).toEqual(['data.import-lake']);
    expect(found('it.')).toHaveLength(5);
    expect(found('it.x')).toEqual([]);
  });
});

describe('helpOf', () => {
  it('is what the schema says about a field, also within a list', () => {
    expect(helpOf('tenant.metadata.uuid')).toContain('key of everything');
    expect(helpOf('userPermissions[0].euid')).toContain('IAM Identity Center');
    expect(helpOf('userPermissions.3.euid')).toBe(helpOf('userPermissions[0].euid'));
  });

  it('is nothing for a field that the schema does not have', () => {
    expect(helpOf('tenant.nonsense.uuid')).toBeNull();
    expect(helpOf('')).toBeNull();
  });
});

describe('the draft of a desired state', () => {
  it('has the UUID that it was given', () => {
    expect(JSON.parse(desiredStateDraft('some-uuid'))).toMatchObject({ tenant: { metadata: { uuid: 'some-uuid' } } });
  });
});

describe('preferences', () => {
  const store = (text: string | null) => ({ getItem: () => text });

  it('come back as they were saved', () => {
    const items = new Map<string, string>();
    savePreferences({ setItem: (key, value) => items.set(key, value) }, { pageSize: 20, columns: ['tenant'] });

    expect(savedPreferences(store([...items.values()][0] ?? null), ['status'])).toEqual({
      pageSize: 20,
      columns: ['tenant'],
    });
  });

  it.each([null, 'nonsense', '[]', '{"pageSize":7,"columns":[1]}', 'null'])(
    'fall back where the browser has %s',
    (text) => {
      expect(savedPreferences(store(text), ['status'])).toEqual({ pageSize: 50, columns: ['status'] });
    },
  );
});

describe('lanes', () => {
  const lane = (name: string, working: number, waiting: number) => ({
    name,
    slots: Array.from({ length: working }, () => ({})),
    waiting,
  });

  it('stand with the longest line first, then by who works', () => {
    const lanes = [lane('idle', 0, 0), lane('busy', 3, 0), lane('full', 1, 7)];

    expect(lanesInOrder(lanes).map(({ name }) => name)).toEqual(['full', 'busy', 'idle']);
    expect(busiestLane(lanes)?.name).toBe('full');
  });

  it('have no busiest one where nobody works or waits', () => {
    expect(busiestLane([lane('idle', 0, 0)])).toBeNull();
    expect(busiestLane([])).toBeNull();
  });
});

describe('the filter of the vendings', () => {
  const parameters = (text: string) => new URLSearchParams(text);

  it('is what the address says, without what is no part of it', () => {
    expect(filterIn(parameters('status=FAILED&workspace=retail&email=&cursor=x&since=2026-11-28'))).toEqual({
      status: 'FAILED',
      workspace: 'retail',
      since: '2026-11-28',
    });
    expect(filterIn(parameters('status=nonsense'))).toEqual({});
    expect(unknownStatusIn(parameters('status=nonsense'))).toBe('nonsense');
  });

  it.each(['FAILED', 'Failed', ' failed '])('knows a status as people write it: "%s"', (status) => {
    expect(filterIn(parameters(`status=${encodeURIComponent(status)}`))).toEqual({ status: 'FAILED' });
    expect(unknownStatusIn(parameters(`status=${encodeURIComponent(status)}`))).toBeNull();
    expect(filterIn(parameters('status=Awaiting+approval'))).toEqual({ status: 'AWAITING_APPROVAL' });
    expect(unknownStatusIn(parameters('workspace=retail'))).toBeNull();
  });

  it('comes back from the address as it was', () => {
    const filter = { status: 'QUEUED', project: 'shop', landingZone: 'aws-dev', error: 'RejectedError' } as const;
    const said = Object.entries(addressOf(filter)).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));

    expect(filterIn(new URLSearchParams(said))).toEqual(filter);
    expect(Object.keys(addressOf({})).toSorted()).toEqual(FILTER_NAMES.toSorted());
  });

  it('has every parameter of the API that narrows the list', () => {
    const { parameters: known } = openapi.paths['/vendings'].get;
    const names = known.map(({ name }) => name).filter((name) => name !== 'limit' && name !== 'cursor');

    expect(FILTER_NAMES.toSorted()).toEqual(names.toSorted());
  });
});

describe('a search', () => {
  it.each([
    ['C4F2A6D8-3B1E-4C57-9A60-2F8D71E5B904', '/vendings/c4f2a6d8-3b1e-4c57-9a60-2f8d71e5b904'],
    ['123456789012', '/vendings?accountId=123456789012'],
    ['aws+1@corp.example', '/vendings?email=aws%2B1%40corp.example'],
    [' retail.webshop-dev ', '/vendings?workspace=retail&project=webshop-dev'],
    ['retail', '/vendings?workspace=retail'],
    ['retail.', '/vendings?workspace=retail'],
  ])('for %s leads to %s', (typed, target) => {
    expect(searchTarget(typed)).toBe(target);
  });

  it('for nothing leads nowhere', () => {
    expect(searchTarget('  ')).toBeNull();
  });
});

describe('usageBars', () => {
  const report = (accountId: string, amounts: Readonly<Record<string, number>>) => ({
    accountId,
    total: String(Object.values(amounts).reduce((sum, amount) => sum + amount, 0)),
    lineItems: Object.entries(amounts).map(([service, amount]) => ({ service, amount: String(amount) })),
  });

  it('puts the most expensive account first, and counts each amount once', () => {
    const bars = usageBars([report('cheap', { EC2: 1, S3: 2 }), report('dear', { EC2: 10 })]);

    expect(bars).toEqual({
      accounts: ['dear', 'cheap'],
      services: [
        { name: 'EC2', amounts: [10, 1] },
        { name: 'S3', amounts: [0, 2] },
      ],
    });
  });

  it('adds up the services for which there is no colour', () => {
    const { services } = usageBars([
      report('a', Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`service ${index}`, 1]))),
    ]);

    expect(services.at(-1)).toEqual({ name: 'Other', amounts: [4] });
    expect(services.flatMap(({ amounts }) => amounts).reduce((sum, one) => sum + one, 0)).toBe(12);
  });
});

describe('moneyText', () => {
  it('rounds to cents', () => {
    expect(moneyText('1234.5678', 'USD')).toBe('1,234.57 USD');
  });
});

describe('filesLoadedBy', () => {
  it('follows imports, also in a circle, and leaves out what is loaded when it is used', () => {
    const manifest = {
      'index.html': { file: 'index.js', imports: ['a'] },
      a: { file: 'a.js', imports: ['b'] },
      b: { file: 'b.js', imports: ['a'] },
      lazy: { file: 'lazy.js', imports: [] },
    };

    expect(filesLoadedBy(manifest, 'index.html')).toEqual(['index.js', 'a.js', 'b.js']);
  });
});
