import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Ran, ran } from '../../command/ran';
import { costGroup, reservation, savingsPlan } from '../../functions/metering/domain/cost-answers';

const BUYER = '111111111111';
const TENANT = '7d0c1b1e-0000-4000-8000-000000000001';
const JANUARY = { Start: '2026-01-01', End: '2026-02-01' };
const FLAGS = ['--reserved-instance-fair-chargeback', '--savings-plan-fair-chargeback'];

const FILES: Readonly<Record<string, unknown>> = {
  'accounts.json': { [BUYER]: TENANT },
  'GetCostAndUsage-1.json': {
    NextPageToken: 'x',
    ResultsByTime: [{ TimePeriod: JANUARY, Groups: [costGroup(BUYER, 'AWS Lambda', '300')] }],
  },
  'GetCostAndUsage-2.json': {
    ResultsByTime: [{ TimePeriod: JANUARY, Groups: [costGroup('222222222222', 'Amazon <S3>', '101.92')] }],
  },
  'GetReservationUtilization-Amazon Redshift-1.json': {
    UtilizationsByTime: [
      {
        TimePeriod: JANUARY,
        Groups: [
          reservation(
            'ri-1',
            { accountId: BUYER, startDateTime: '2026-01-01T00:00:00.000Z', upfrontFee: '1200' },
            '101.92',
          ),
        ],
      },
    ],
  },
  'GetSavingsPlansUtilizationDetails-1.json': {
    TimePeriod: JANUARY,
    SavingsPlansUtilizationDetails: [
      savingsPlan('arn:sp', { AccountId: BUYER, StartDateTime: '2025-01-01T00:00:00Z', UpfrontFee: '876' }, '74.4'),
    ],
  },
  'notes.json': 'not one of ours',
};

function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cost-data-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const run = (...args: readonly string[]): Promise<Ran> => ran('usage-report', ...args);

describe('usage-report', () => {
  it('prints the reports of the month as JSON', async () => {
    const { exitCode, out, notices } = await run('--cost-data', folderOf(FILES), ...FLAGS, '--filter', 'NONE');

    expect({ exitCode, notices }).toEqual({ exitCode: 0, notices: '' });
    expect(JSON.parse(out)).toEqual({
      month: '2026-01',
      currency: 'USD',
      invoiceTotal: '1425.6',
      reports: [
        {
          tenantUuid: TENANT,
          accountId: BUYER,
          lineItems: [
            { type: 'USAGE', service: 'AWS Lambda', subscriptionId: null, amount: '300' },
            { type: 'UPFRONT_FEE', service: 'Amazon Redshift', subscriptionId: 'ri-1', amount: '1200' },
            {
              type: 'AMORTIZED_UPFRONT_DISCOUNT',
              service: 'Amazon Redshift',
              subscriptionId: 'ri-1',
              amount: '-101.92',
            },
            {
              type: 'AMORTIZED_UPFRONT_DISCOUNT',
              service: 'Savings Plans for AWS Compute usage',
              subscriptionId: 'arn:sp',
              amount: '-74.4',
            },
          ],
          total: '1323.68',
        },
        {
          tenantUuid: null,
          accountId: '222222222222',
          lineItems: [{ type: 'USAGE', service: 'Amazon <S3>', subscriptionId: null, amount: '101.92' }],
          total: '101.92',
        },
      ],
    });
  });

  it('prints the same however the answers were fetched', async () => {
    const folder = folderOf(FILES);

    const fetched = await run('--cost-data', folder, '--filter', 'EXCLUDE_TAX', '--json');

    expect(fetched.out).toBe((await run('--cost-data', folder)).out);
  });

  it.each([
    { named: 'GetReservationUtilization-Amazon ElastiCache.json', service: 'Amazon ElastiCache' },
    { named: 'GetReservationUtilization-Amazon ElastiCache-page-1.json', service: 'Amazon ElastiCache' },
    { named: 'GetReservationUtilization-1-AmazonEC2.json', service: 'AmazonEC2' },
    {
      named: 'GetReservationUtilization-Amazon Elastic Compute Cloud - Compute-12.json',
      service: 'Amazon Elastic Compute Cloud - Compute',
    },
    { named: 'GetReservationUtilization.json', service: 'Reserved Instances' },
  ])('reads $service from $named', async ({ named, service }) => {
    const { 'GetReservationUtilization-Amazon Redshift-1.json': reservations, ...others } = FILES;
    const { out } = await run('--cost-data', folderOf({ ...others, [named]: reservations }), ...FLAGS);

    expect(out).toContain(`"service": "${service}",\n          "subscriptionId": "ri-1"`);
  });

  it('reads several pages of several services, however they are numbered', async () => {
    const { 'GetReservationUtilization-Amazon Redshift-1.json': last, ...others } = FILES;
    const first = { NextPageToken: 'more', UtilizationsByTime: [] };
    const files = {
      'GetReservationUtilization-1-rds.json': first,
      'GetReservationUtilization-2-rds.json': last,
      'GetReservationUtilization-ec2_p1.json': first,
      'GetReservationUtilization-ec2_p2.json': { UtilizationsByTime: [] },
    };

    expect(await run('--cost-data', folderOf({ ...others, ...files }), ...FLAGS)).toMatchObject({
      exitCode: 0,
      notices: '',
    });
  });

  it('leaves alone what other operations have answered', async () => {
    const files = {
      'GetSavingsPlansUtilization-1.json': 'x',
      'GetCostAndUsageWithResources-1.json': 'x',
      'README.md': 'x',
    };

    expect(await run('--cost-data', folderOf({ ...FILES, ...files }))).toMatchObject({ exitCode: 0 });
  });

  it('prints a table to be read', async () => {
    const { out } = await run('--cost-data', folderOf(FILES), ...FLAGS, '--table');

    expect(out).toContain('Usage of 2026-01, in USD\n');
    expect(out).toMatch(/Amazon Redshift +upfront fee of ri-1 +1200.00/);
    expect(out).toMatch(/unassigned {2}222222222222/);
    expect(out).toMatch(/all accounts +1425.60\n$/);
  });

  it('tells that AWS may still change the costs', async () => {
    const estimated = { ResultsByTime: [{ TimePeriod: JANUARY, Estimated: true, Groups: [] }] };
    const folder = folderOf({ 'accounts.json': {}, 'GetCostAndUsage-1.json': estimated });

    expect((await run('--cost-data', folder)).notices).toContain('may still change');
  });

  it('writes one page that needs nothing else, light and dark', async () => {
    const folder = folderOf(FILES);
    const file = path.join(folder, 'page.html');

    const { exitCode } = await run('--cost-data', folder, ...FLAGS, '--html', file);

    const page = readFileSync(file, 'utf8');
    expect(exitCode).toBe(0);
    expect(page.match(/<svg /g)).toHaveLength(12);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('<td>upfront fee of ri-1</td><td class="amount">1,200.00</td>');
    expect(page).toContain('<td class="amount">-101.92</td>');
    expect(page).toContain('Amazon &lt;S3&gt;');
    expect(page).not.toMatch(/Amazon <S3>|<script|https?:\/\/(?!www\.w3\.org)|NaN/);
  });

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('--cost-data <folder>') as string,
    });
  });
});

describe('usage-report refuses', () => {
  const problemOf = (
    notices: string,
  ): { readonly type: string; readonly errors: readonly { readonly field: string; readonly message: string }[] } =>
    JSON.parse(notices) as never;

  it.each([
    { what: 'no folder', args: [], message: '--cost-data is missing. Add the folder' },
    {
      what: 'a month that is none',
      args: ['--cost-data', 'x', '--month', '2026-13'],
      message: "--month is '2026-13'; it has to be a month such as 2026-01.",
    },
    {
      what: 'an unknown filter',
      args: ['--cost-data', 'x', '--filter', 'TAX'],
      message: "--filter is 'TAX'; it may be one of NONE, EXCLUDE_TAX.",
    },
    {
      what: 'JSON and table',
      args: ['--cost-data', 'x', '--json', '--table'],
      message: "Option '--table' cannot be used with option '--json'.",
    },
    {
      what: 'an unknown option',
      args: ['--cost-dat', 'x'],
      message: "Unknown option '--cost-dat'. Did you mean --cost-data?",
    },
  ])('$what', async ({ args, message }) => {
    const { exitCode, out, notices } = await run(...args);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(notices).toContain(args.includes('--json') ? JSON.stringify(message).slice(1, -1) : message);
  });

  it('names everything that an empty folder lacks at once', async () => {
    const { exitCode, out, notices } = await run('--cost-data', folderOf({}), '--json');

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(problemOf(notices)).toMatchObject({
      errors: [
        { field: 'GetCostAndUsage', message: expect.stringContaining('GetCostAndUsage-*.json') as string },
        { field: 'accounts.json', message: expect.stringContaining('there is no such file') as string },
      ],
    });
  });

  it.each([
    { what: 'a folder without costs', files: { 'accounts.json': {} }, field: 'GetCostAndUsage', message: 'is missing' },
    {
      what: 'a folder without accounts',
      files: { ...FILES, 'accounts.json': undefined },
      field: 'accounts.json',
      message: 'cannot be read',
    },
    {
      what: 'a file that is cut off',
      files: { ...FILES, 'GetCostAndUsage-2.json': '{"ResultsByTime":[{"TimePeriod":{"Start":"2026-0' },
      field: 'GetCostAndUsage-2.json',
      message: 'is not valid JSON',
    },
    {
      what: 'a last page that is not there',
      files: {
        ...FILES,
        'GetReservationUtilization-Amazon Redshift-1.json': { NextPageToken: 'more', UtilizationsByTime: [] },
      },
      field: 'GetReservationUtilization-Amazon Redshift-1.json',
      message: 'the last page is not there',
    },
    ...[
      'GetCostAndUsage_2.json',
      'getcostandusage-2.json',
      'GetCostAndUsage-2.json.part',
      'GetReservationUtilization 2.json',
    ].map((name) => ({
      what: `a page that is named ${name}`,
      files: { ...FILES, [name]: {} },
      field: name,
      message: 'is not read by this name',
    })),
    {
      what: 'an account without an id',
      files: { ...FILES, 'accounts.json': { webshop: TENANT } },
      field: 'accounts.json: webshop',
      message: 'must be an account id',
    },
    {
      what: 'a tenant that is none',
      files: { ...FILES, 'accounts.json': { [BUYER]: 7 } },
      field: `accounts.json: ${BUYER}`,
      message: 'must be a string',
    },
  ])('$what', async ({ files, field, message }) => {
    const present = Object.fromEntries(Object.entries(files).filter(([, content]) => content !== undefined));
    const { exitCode, out, notices } = await run('--cost-data', folderOf(present), '--json');

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(problemOf(notices)).toMatchObject({
      type: 'urn:account-vending:problem:invalid-cost-data',
      errors: expect.arrayContaining([
        expect.objectContaining({ field, message: expect.stringContaining(message) as string }),
      ]) as object,
    });
  });

  it('a folder that is not there', async () => {
    expect(problemOf((await run('--cost-data', '/nowhere/at/all', '--json')).notices).errors).toMatchObject([
      { field: '/nowhere/at/all', message: expect.stringContaining('no such file or folder') as string },
    ]);
  });

  it('a page that cannot be written', async () => {
    const { exitCode, notices } = await run('--cost-data', folderOf(FILES), '--html', '/nowhere/at/all.html');

    expect(exitCode).toBe(2);
    expect(notices).toMatch(/^--html is '\/nowhere\/at\/all\.html', which cannot be written: /u);
  });

  describe('with names of accounts', () => {
    const names = {
      workspaceIdentifier: 'retail',
      projectIdentifier: 'webshop',
      accountName: 'retail-webshop',
      costCentre: '4711',
    };
    const named = { ...FILES, 'accounts.json': { [BUYER]: { tenantUuid: TENANT, ...names } } };

    it('adds them to the JSON, behind what was there, and changes nothing else', async () => {
      const [plain, withNames] = await Promise.all(
        [FILES, named].map((files) => run('--cost-data', folderOf(files), '--filter', 'NONE')),
      );
      interface Reports {
        readonly reports: readonly object[];
      }
      const before = JSON.parse(plain?.out ?? '') as Reports;
      const after = JSON.parse(withNames?.out ?? '') as Reports;

      expect(after).toEqual({ ...before, reports: [{ ...before.reports[0], ...names }, before.reports[1]] });
      expect(Object.keys(after.reports[0] ?? {}).slice(-4)).toEqual(Object.keys(names));
    });

    it('tells them in the table and on the page, in cents', async () => {
      const file = path.join(folderOf({}), 'page.html');
      const { out } = await run('--cost-data', folderOf(named), '--table', '--html', file);

      expect(out).toContain(`retail.webshop  ${BUYER}  retail-webshop  cost centre 4711`);
      expect(out).not.toContain(TENANT);
      const page = readFileSync(file, 'utf8');
      expect(page).toContain(`<strong>retail.webshop, account ${BUYER} (retail-webshop), cost centre 4711</strong>`);
      expect(page).toContain('<h2>Cost by cost centre</h2>');
      expect(page).toContain('<th scope="row">4711</th>');
    });

    it('refuses one that it does not know', async () => {
      const wrong = { ...FILES, 'accounts.json': { [BUYER]: { tenantUuid: TENANT, costCenter: '4711' } } };
      const { exitCode, notices } = await run('--cost-data', folderOf(wrong));

      expect(exitCode).toBe(2);
      expect(notices).toMatch(/accounts\.json/u);
    });
  });
});
