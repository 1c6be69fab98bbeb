import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import cdkJson from '../../cdk.json';
import { functions } from '../../infra/functions';
import { vendingApp } from '../../infra/vending-app';
import { BUNDLE_CACHE } from '../../sandbox/environment';
import { CONSOLE_CONTEXT, withPageIn } from './console-context';
import { STRICT_CONTEXT } from './strict-context';

/** Bundles take as long as all the rest, and those of the same functions are the same. */
const KNOWN = { ...cdkJson.context, bundleCache: BUNDLE_CACHE };

type CloudAssembly = ReturnType<ReturnType<typeof vendingApp>['synth']>;

/** Without what no test here asks for: where each construct was made, and the tree of all of them. */
const QUICKLY = { stackTraces: false, treeMetadata: false };

describe('the CDK app', () => {
  let folder: string;
  let sharedFolder: string;

  beforeAll(() => {
    sharedFolder = mkdtempSync(path.join(tmpdir(), 'account-vending-app-'));
  });

  afterAll(() => {
    rmSync(sharedFolder, { recursive: true });
  });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-app-'));
    cpSync('config', path.join(folder, 'config'), { recursive: true });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const app = (context: Readonly<Record<string, unknown>>): ReturnType<typeof vendingApp> =>
    vendingApp({ ...QUICKLY, outdir: path.join(folder, 'cdk.out'), context: { ...KNOWN, ...context } });

  /** Synthesized once for all tests that ask about it: bundles and the rules of cdk-nag take seconds. */
  const shared = (context: Readonly<Record<string, unknown>>): (() => CloudAssembly) => {
    let assembly: CloudAssembly | null = null;
    return () => {
      const outdir = path.join(sharedFolder, randomUUID());
      const all = { ...KNOWN, configDir: 'config', ...context };
      assembly ??= vendingApp({ ...QUICKLY, outdir, context: all }).synth();
      return assembly;
    };
  };
  const example = shared({});
  const withConnector = shared({
    serviceUser: true,
    serviceUserAccessKeys: 'true',
    auditStackSet: 'true',
    connectorIssuer: 'https://issuer.example',
    connectorAudience: 'aws',
    connectorSubject: 'replicator',
  });
  const withExistingRoles = shared({
    costExplorerRole: 'existing',
    stackSetAdministrationRole: 'existing',
    apiCallers: 'arn:aws:iam::444444444444:role/Portal,o-ab12cd34ef',
    stepDurations: 'byState',
  });

  const breakConfiguration = (): void => {
    const file = path.join(folder, 'config/platform.json');
    const platform = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...platform, accountEmailPattern: 'aws+#{tenantNumber}@corp.example' }));
  };

  const namesIn = ({ stacks }: CloudAssembly): readonly string[] => stacks.map(({ stackName }) => stackName).toSorted();

  it('makes a stack for each account, and cdk-nag lets them pass', () => {
    expect(namesIn(example())).toEqual(['AutomationAccountStack', 'ManagementAccountStack', 'VendingStack']);
  });

  it('makes the users of meshStack’s own connector where they are asked for', () => {
    expect(namesIn(withConnector())).toEqual([
      'AutomationAccountStack',
      'ManagementAccountStack',
      'ServiceUserStack',
      'VendingStack',
    ]);
  });

  it('tells in a chat and by a webhook where that is asked for', () => {
    const context = {
      chatNotifications: 'attention',
      webhookUrl: 'https://hooks.corp.example',
      schemaRegistry: 'true',
    };
    const { stacks } = app({ configDir: path.join(folder, 'config'), ...context }).synth();

    expect(stacks.map(({ id }) => id)).toContain('NotificationStack');
    expect(stacks.find(({ id }) => id === 'NotificationStack')?.dependencies.map(({ id }) => id)).not.toContain(
      'VendingStack',
    );
  });

  it('makes a console on AWS where it is asked for, and changes nothing else for it', () => {
    const { stacks } = app({ configDir: 'config', ...withPageIn(folder) }).synth();

    const others = stacks.filter(({ id }) => id !== 'ConsoleStack');
    expect(others).toHaveLength(stacks.length - 1);
    expect(others.map(({ id }) => id).toSorted()).toEqual(namesIn(example()));
    for (const { id, template } of others) expect(template).toEqual(example().getStackByName(id).template);
  });

  it('makes one by the rules of strict organizations, and cdk-nag lets it pass', () => {
    const strict = { ...STRICT_CONTEXT, apiVpcEndpointIds: '' };
    const { stacks } = app({ configDir: 'config', ...strict, ...withPageIn(folder) }).synth();

    const template = JSON.stringify(stacks.find(({ id }) => id === 'ConsoleStack')?.template);
    expect(template).toContain('corp-vending-console-');
    expect(template).toContain('subnet-0123456789abcdef1');
  });

  it('says how a console is built that is asked for and not there', () => {
    expect(() => app({ ...CONSOLE_CONTEXT, consoleBundle: folder })).toThrow(/Build it with npm run build:console/u);
  });

  it('keeps the roles that are said to be there, and needs no bootstrap for two stacks', () => {
    const assembly = withExistingRoles();

    ['ManagementAccountStack', 'AutomationAccountStack'].forEach((name) => {
      const { templateFullPath } = assembly.getStackByName(name);
      const template = readFileSync(templateFullPath, 'utf8');
      expect(template).not.toMatch(
        /"RoleName":"(?:MeshCostExplorerServiceRole|AWSCloudFormationStackSetAdministrationRole)"|BootstrapVersion/u,
      );
      expect(Buffer.byteLength(template)).toBeLessThan(51_200);
    });
  });

  it('makes an API for some callers alone, and cdk-nag lets it pass', () => {
    expect(namesIn(withExistingRoles())).toContain('VendingStack');
  });

  it('makes stacks by all rules of strict organizations together, and cdk-nag lets them pass', () => {
    const context = { ...STRICT_CONTEXT, serviceUser: 'true', serviceUserAccessKeys: 'true', auditStackSet: 'true' };
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:111111111111:key/00000000-1111-4222-8333-444444444444';
    const assembly = app({ configDir: path.join(folder, 'config'), kmsKeyArn, ...context }).synth();

    expect(assembly.stacks.map(({ stackName }) => stackName).toSorted()).toEqual([
      'corp-AutomationAccountStack',
      'corp-ManagementAccountStack',
      'corp-ServiceUserStack',
      'corp-VendingStack',
    ]);
    expect(JSON.stringify(assembly.getStackArtifact('VendingStack').manifest)).toContain('cdk-corpvend-');
    ['ManagementAccountStack', 'AutomationAccountStack'].forEach((name) => {
      const { templateFullPath } = assembly.getStackArtifact(name);
      expect(Buffer.byteLength(readFileSync(templateFullPath, 'utf8'))).toBeLessThan(51_200);
    });
  });

  it('makes stacks that need nothing of each other, in no particular account', () => {
    const { stacks } = withConnector();

    const names = stacks.map(({ id }) => id);
    expect(stacks.flatMap(({ dependencies }) => dependencies).filter(({ id }) => names.includes(id))).toEqual([]);
    expect(stacks.map(({ environment }) => environment.account)).toEqual(stacks.map(() => 'unknown-account'));
    expect(JSON.stringify(stacks.map(({ template }) => template as unknown))).not.toMatch(/Fn::ImportValue|"Export"/u);
  });

  it('gives each function code of its own', () => {
    const assembly = example();

    const { Resources } = assembly.getStackByName('VendingStack').template as {
      Resources: Record<string, { Properties?: { Code?: { S3Key?: string } } }>;
    };
    const code = Object.values(Resources).flatMap(({ Properties }) => Properties?.Code?.S3Key ?? []);
    // No meshStack is configured here, and no events are forwarded: their functions are not there.
    const deployed = Object.keys(functions).filter((name) => !name.endsWith('MeshStack') && name !== 'WakeRuns');
    // And the one that stores the configuration.
    expect(code).toHaveLength(deployed.length + 1);
    expect(new Set(code).size).toBe(code.length);
  });

  it('stops at a broken configuration with file, field and remedy', () => {
    breakConfiguration();

    expect(() => app({ configDir: path.join(folder, 'config') })).toThrow(
      /platform\.json: accountEmailPattern: .*tenantNumber/u,
    );
  });

  it('says so in words, not in a stack trace', () => {
    breakConfiguration();

    const { status, stderr } = spawnSync('node_modules/.bin/tsx', ['infra/app.ts'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: path.join(folder, 'cdk.out'),
        CDK_CONTEXT_JSON: JSON.stringify({ configDir: path.join(folder, 'config') }),
      },
    });

    expect(stderr).toMatch(/platform\.json: accountEmailPattern: /u);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(status).toBe(1);
  });

  it.each([
    ['kmsKeyArn', 'alias/vending', /context kmsKeyArn is "alias\/vending".*not an alias/u],
    ['configDir', 5, /context configDir has to be a text/u],
    ['serviceUser', 'yes', /context serviceUser has to be true or false.*--context serviceUser=true/u],
    ['eventSenders', '444444444444,mesh', /context eventSenders names "mesh".*12 digits.*separated by commas/u],
    ['eventSenders', 'arn:aws:iam::444444444444:role/*', /names "arn:aws:iam::444444444444:role\/\*"/u],
    ['apiLogs', 'no', /context apiLogs has to be true or false/u],
    ['auditStackSet', 1, /context auditStackSet has to be true or false/u],
    ['meteringExternalId', 'yes', /context meteringExternalId has to be true or false/u],
    ['costExplorerRole', true, /context costExplorerRole can only be existing.*leave it out to have the role made/u],
    ['stackSetAdministrationRole', 'keep', /--context stackSetAdministrationRole=existing to keep a role/u],
    ['configDir', '/no/such/folder', /\/no\/such\/folder.*Check the path/su],
  ])('stops at a context %s of %p', (name, value, message) => {
    expect(() => app({ [name]: value })).toThrow(message);
  });
});
