import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { marshall } from '@aws-sdk/util-dynamodb';

import { accountVending } from '../../../command/run';
import { readMapping } from '../../../operator/adopt/mapping-file';
import { screenOf } from '../../../operator/screen';

/** As the module of AFT 1.20.1 writes an item. */
const request = (name: string, unit: string, tags: object = {}, fields: object = {}): Record<string, unknown> => ({
  id: `${name}@corp.example`,
  control_tower_parameters: {
    AccountEmail: `${name}@corp.example`,
    AccountName: name,
    ManagedOrganizationalUnit: unit,
    SSOUserEmail: 'jane@corp.example',
    SSOUserFirstName: 'Jane',
    SSOUserLastName: 'Doe',
  },
  change_management_parameters: { change_reason: 'new', change_requested_by: 'Jane' },
  account_tags: JSON.stringify(tags),
  account_customizations_name: '',
  custom_fields: JSON.stringify(fields),
});

const account = (id: number, name: string, more: object = {}): object => ({
  Id: String(700_000_000_000 + id),
  Arn: 'arn',
  Name: name,
  Email: `${name}@Corp.example`,
  Status: 'ACTIVE',
  ...more,
});

describe('account-vending adoption-mapping', () => {
  let folder: string;
  let said: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mapping-'));
    said = '';
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, content: string | Buffer | object): string => {
    const at = path.join(folder, name);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(
      at,
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 2),
    );
    return at;
  };

  const listOf = (...accounts: readonly object[]): string => file('accounts.json', { Accounts: accounts });

  const csvOf = async (...args: readonly string[]): Promise<string> => {
    let printed = '';
    const code = await accountVending(['adoption-mapping', ...args], {
      print: (text) => (printed += text),
      notify: (text) => (said += text),
      pause: () => Promise.resolve(),
      now: () => new Date(),
      screen: screenOf({}),
    });
    expect(code).toBe(0);
    return printed;
  };

  /** What is wrong, without the folder of the test. */
  const faultsOf = (...args: readonly string[]): Promise<string> =>
    csvOf(...args).then(
      () => 'none',
      (cause: unknown) => (cause as Error).message.replaceAll(`${folder}/`, ''),
    );

  const requests = [
    request('shop', 'Sandbox', { 'ABC:Cost, Center': '47"11' }, { team: 'Retail Ops' }),
    request('Stock-Prod', 'Prod (ou-ab12-12345678)', {}, { team: 'Retail Ops' }),
  ];

  const known = (): string => listOf(account(1, 'shop'), account(2, 'Stock-Prod'), account(3, 'other'));

  const expected = [
    'accountId,workspace,project,landingZone,contactEmail,"tag:ABC:Cost, Center"',
    '700000000001,sandbox,shop,aws-dev,jane@corp.example,"47""11"',
    '700000000002,prod,stock-prod,aws-prod,jane@corp.example,',
    '',
  ].join('\n');

  const zones = ['--landing-zone', 'Sandbox=aws-dev', '--landing-zone', 'ou-ab12-12345678=aws-prod'];

  it.each<[string, () => string]>([
    ['a scan', () => file('scan.json', { Items: requests.map((one) => marshall(one)), Count: 2, ScannedCount: 2 })],
    ['an export', () => file('x.json', requests.map((one) => JSON.stringify({ Item: marshall(one) })).join('\n'))],
    [
      'a compressed export',
      () => file('x.json.gz', gzipSync(requests.map((one) => JSON.stringify({ Item: marshall(one) })).join('\n'))),
    ],
    ['plain lines', () => file('x.jsonl', `${requests.map((one) => JSON.stringify(one)).join('\n')}\n`)],
    ['a plain list', () => file('x.json', requests)],
  ])('maps requests of AFT, as in %s', async (_, made) => {
    expect(await csvOf('--from-aft', made(), '--accounts', known(), ...zones)).toBe(expected);
  });

  it('maps one request of AFT that is a file of its own', async () => {
    const one = file('one.json', JSON.stringify({ Item: marshall(requests[0] ?? {}) }));
    expect(await csvOf('--from-aft', one, '--accounts', known(), '--landing-zone', '*=aws-dev')).toContain(
      'sandbox,shop',
    );
  });

  it('writes what the adoption reads', async () => {
    const scan = file('scan.json', { Items: requests });
    const fields = ['--workspace', 'field:team', '--project', 'tag:ABC:Cost, Center', '--leave-out', 'Stock-Prod'];
    const csv = await csvOf('--from-aft', scan, '--accounts', known(), '--landing-zone', '*=aws-dev', ...fields);
    expect(readMapping(file('mapping.csv', csv))).toEqual([
      {
        line: 2,
        accountId: '700000000001',
        workspace: 'retail-ops',
        project: '47-11',
        landingZone: 'aws-dev',
        contactEmail: 'jane@corp.example',
        tags: { 'ABC:Cost, Center': '47"11' },
      },
    ]);
    expect(said).toContain('Stock-Prod was left out: you said so.');
  });

  const LZA = `mandatoryAccounts:
  - name: Management
    email: management@corp.example
    organizationalUnit: Root
workloadAccounts:
  - name: Shop
    description: The shop
    email: shop@corp.example
    organizationalUnit: Workloads/Dev
    warm: true
  - name: Stock
    email: stock@corp.example
    organizationalUnit: Workloads/Prod
    accountAlias: corp-stock
accountIds:
  - email: Shop@corp.example
    accountId: '700000000001'
`;

  it('maps accounts of LZA, with the ids of its own file and of the organization', async () => {
    const csv = await csvOf(
      '--from-lza',
      file('accounts-config.yaml', LZA),
      '--accounts',
      listOf(account(1, 'shop'), account(2, 'stock')),
      '--landing-zone',
      'Workloads/Dev=aws-dev',
      '--landing-zone',
      'Workloads/Prod=aws-prod',
    );
    expect(csv.split('\n')).toEqual([
      'accountId,workspace,project,landingZone',
      '700000000001,workloads-dev,shop,aws-dev',
      '700000000002,workloads-prod,stock,aws-prod',
      '',
    ]);
    expect(said).toContain('accounts-config.yaml:2: Management was left out: it is a mandatory account of LZA');
  });

  const ADF = `accounts:
  - account_full_name: company-prod-1
    organizational_unit_path: /business-unit1/prod
    email: prod-team-1@corp.example
    allow_billing: False
    delete_default_vpc: True
    support_level: enterprise
    alias: prod-company-1
    tags:
      - environment: prod
      - costcenter: 123
`;

  it('maps accounts of ADF by their names, from a folder', async () => {
    const folderOfAdf = path.dirname(file('adf/prod.yml', ADF));
    file(
      'adf/adf.yml',
      'accounts:\n  - account_full_name: deployment\n    organizational_unit_path: /deployment\n    email: d@corp.example\n',
    );
    const list = listOf(account(1, 'company-prod-1', { Email: 'new-address@corp.example' }), account(2, 'gone'));
    const csv = await csvOf(
      '--from-adf',
      folderOfAdf,
      '--accounts',
      list,
      '--landing-zone',
      'business-unit1/prod=aws-prod',
    );
    expect(csv.split('\n')).toEqual([
      'accountId,workspace,project,landingZone,tag:costcenter,tag:environment',
      '700000000001,business-unit1-prod,company-prod-1,aws-prod,123,prod',
      '',
    ]);
    expect(said).toContain('deployment was left out');
  });

  it('leaves out accounts that are closed', async () => {
    const list = listOf(account(1, 'shop', { Status: 'SUSPENDED' }), account(2, 'Stock-Prod', { State: 'ACTIVE' }));
    const csv = await csvOf('--from-aft', file('scan.json', { Items: requests }), '--accounts', list, ...zones);
    expect(csv).not.toContain('700000000001');
    expect(said).toContain('shop was left out: its account 700000000001 is SUSPENDED');
  });

  it('tells everything that is wrong at once, with file and line, and the nearest known word', async () => {
    const broken = LZA.replace('    warm: true', '    organisationalUnit: Workloads/Dev').replace(
      'email: stock@corp.example',
      'email: stok@corp.example',
    );
    const scan = file(
      'scan.jsonl',
      [requests[0], { ...requests[1], account_tags: '{' }, requests[0]].map((one) => JSON.stringify(one)).join('\n'),
    );
    const faults = await faultsOf(
      '--from-lza',
      file('accounts-config.yaml', broken),
      '--from-aft',
      scan,
      '--accounts',
      listOf(account(1, 'shop'), account(2, 'stock')),
      '--landing-zone',
      'Sandbx=aws-dev',
      '--leave-out',
      'Stok',
      '--workspace',
      'field:taem',
    );
    expect(faults.split('\n')).toMatchInlineSnapshot(`
      [
        "10 faults, so no mapping was written:",
        "  scan.jsonl:2, account_tags must be a JSON object of texts. Correct the request.",
        "  accounts-config.yaml:6, organisationalUnit is not a known field, probably misspelt. Did you mean organizationalUnit?",
        "  --landing-zone is 'Sandbx', which no account has. Did you mean Sandbox?",
        "  --leave-out is 'Stok', which no account has. Did you mean Stock?",
        "  scan.jsonl:1, unit is 'Sandbox', as in 1 more; it has no landing zone. Add --landing-zone 'Sandbox=LANDING_ZONE', or --leave-out 'Sandbox'.",
        "  accounts-config.yaml:11, unit is 'Workloads/Prod'; it has no landing zone. Add --landing-zone 'Workloads/Prod=LANDING_ZONE', or --leave-out 'Workloads/Prod'.",
        "  scan.jsonl:1, workspace comes from the field 'taem', which 'shop' does not have. Did you mean team? Add it, or choose another source by --workspace.",
        "  scan.jsonl:3, workspace comes from the field 'taem', which 'shop' does not have. Did you mean team? Add it, or choose another source by --workspace.",
        "  scan.jsonl:3, account is '700000000001', as in scan.jsonl:1. An account becomes one tenant: take one of the two out.",
        "  accounts-config.yaml:11, email no account in accounts.json has 'stok@corp.example'. Did you mean stock@Corp.example? Correct it, make the list again, or --leave-out 'Stock'.",
      ]
    `);
  });

  it.each<[string, string, string]>([
    ['a list that is not complete', '{"Accounts": [], "NextToken": "x"}', 'has a NextToken'],
    ['an id that is none', '{"Accounts": [{"Id": "1", "Email": "a@b.example"}]}', 'Accounts[0].Id'],
    ['a file that is broken', '{"Accounts": [', 'accounts.json:1 cannot be read'],
  ])('refuses %s', async (_, text, message) => {
    const scan = file('scan.json', { Items: requests });
    expect(await faultsOf('--from-aft', scan, '--accounts', file('accounts.json', text), ...zones)).toContain(message);
  });

  it.each<[string, string, string]>([
    ['a scan that is not complete', '{"Items": [], "NextToken": "x"}', 'has more pages'],
    ['a table that is no table', '{"id": "x"', 'neither JSON nor lines of JSON'],
    ['another table', '[{"id": {"S": "x"}}]', 'x.json:1, control_tower_parameters is missing'],
  ])('refuses %s', async (_, text, message) => {
    expect(await faultsOf('--from-aft', file('x.json', text), '--accounts', known(), ...zones)).toContain(message);
  });

  it('asks for the list of accounts where an id is missing, and names a file that is not there', async () => {
    const lza = file('accounts-config.yaml', LZA);
    expect(await faultsOf('--from-lza', lza, '--landing-zone', '*=aws-dev')).toMatch(
      /accounts-config\.yaml:11, email has no account id\. Save the answer of aws organizations list-accounts/u,
    );
    expect(await faultsOf('--from-lza', 'nowhere.yaml')).toContain(
      'nowhere.yaml cannot be read: there is no such file',
    );
    expect(await faultsOf('--from-adf', path.dirname(file('adf/read.me', '')))).toContain('has no .yml files');
  });

  it.each([
    [[], 'There is nothing to read'],
    [['--from-aft', 'x', '--landing-zone', 'Sandbox'], 'write UNIT=LANDING_ZONE'],
    [['--from-aft', 'x', '--workspace', 'tga:team'], 'Did you mean tag:KEY?'],
    [['--from-aft', 'x', '--landingzone', 'x'], 'landingzone'],
  ])('says how it is used: %p', async (args, message) => {
    await expect(csvOf(...args)).rejects.toThrow(message);
  });
});
