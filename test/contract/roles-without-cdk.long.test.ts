import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadConfiguration } from '../../infra/config';
import { runCommand } from '../../operator/run-command';
import { ACCOUNTS, accountTemplates, TemplateSchema } from '../../operator/roles/account-templates';
import { projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import { ran } from '../command/ran';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { type Deployment, type ParsedModule, rightsOfModule, rightsOfTemplate } from './terraform/account-rights';

const TERRAFORM = path.join(__dirname, 'terraform');

/** A delegated administrator of Identity Center, units for workspaces, and a template that accounts get first. */
function everything(): string {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox/config'));
  const [first, ...others] = Object.values(landingZones);
  if (first === undefined) throw new Error('The configuration has no landing zone.');
  const zones = [{ ...first, accessStack: { template: 'access.yaml' } }, ...others];
  const folder = makeConfigurationFolder(
    { ...platform, identityCenterRole: 'arn:aws:iam::444444444444:role/center/VendingIdentityCenter' },
    zones,
  );
  writeFileSync(path.join(folder, 'landing-zones/access.yaml'), ACCESS_TEMPLATE);
  return folder;
}

const ACCESS_TEMPLATE = `
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub '\${AWS::AccountId}-"quoted"-%{percent}'
`;

const STRICT = { namePrefix: 'corp-', iamPath: '/platform/', permissionsBoundary: 'boundaries/Vending' };
const STRICT_PARAMETERS = { NamePrefix: 'corp-', IamPath: 'platform/', PermissionsBoundary: 'boundaries/Vending' };
const CONNECTOR = { serviceUser: 'true', meteringExternalId: 'true' };
const EXISTING = { costExplorerRole: 'existing', stackSetAdministrationRole: 'existing' };

const PARAMETERS = {
  MeshcloudAccountId: '111111111111',
  ExternalId: '5b0c1b1e-0000-4000-8000-000000000002',
  MeteringExternalId: '5b0c1b1e-0000-4000-8000-000000000003',
  ServiceAccountIds: '555555555555,666666666666',
};
const PREVIOUS = { PreviousExternalId: '5b0c1b1e-0000-4000-8000-000000000009' };

/** What the CDK is given as context, what is given to the command, and what is left for parameters. */
const CASES: readonly (readonly [string, string, object, object, object])[] = [
  ['the example', 'config', {}, {}, {}],
  ['the local AWS, while the ExternalId is changed', 'sandbox/config', {}, {}, PREVIOUS],
  ['enrollment by moves', 'sandbox/config-auto-enroll', {}, {}, {}],
  ['a strict organization, by parameters', 'sandbox/config', STRICT, {}, STRICT_PARAMETERS],
  ['a strict organization, by defaults', 'sandbox/config', STRICT, STRICT, {}],
  ['the connector of meshStack', 'sandbox/config', CONNECTOR, CONNECTOR, PREVIOUS],
  ['roles that are there', 'sandbox/config', EXISTING, EXISTING, {}],
  ['everything', 'everything', {}, {}, {}],
];

describe('the roles that are written for those who deploy without the CDK', () => {
  let folder: string;
  let ofEverything: string;
  let modules: Readonly<Record<string, ParsedModule>>;

  const configurationOf = (name: string): string =>
    name === 'everything' ? ofEverything : path.join(projectRoot, name);
  const written = (index: number, ...parts: readonly string[]): string => path.join(folder, String(index), ...parts);
  const accountsOf = (name: string): readonly (readonly [string, string])[] =>
    Object.entries(ACCOUNTS).filter(([, account]) => account !== 'identity-center' || name === 'everything');

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'roles-'));
    ofEverything = everything();
    for (const [index, [, name, , context]] of CASES.entries()) {
      const values = Object.entries(context).map(([key, value]) => `${key}=${String(value)}`);
      const words = values.length === 0 ? [] : ['--context', ...values];
      const { exitCode, notices } = await ran(
        'roles',
        '--config',
        configurationOf(name),
        '--out',
        written(index),
        ...words,
      );
      if (exitCode !== 0) throw new Error(notices);
    }
    const folders = CASES.flatMap(([, name], index) =>
      accountsOf(name).map(([, account]) => written(index, 'terraform', account)),
    );
    const { python } = await ensurePythonEnvironment({
      root: path.join(projectRoot, '.cache/terraform'),
      requirementsFile: path.join(TERRAFORM, 'requirements.txt'),
    });
    const read = await runCommand(python, [path.join(TERRAFORM, 'read_hcl.py'), ...folders]);
    if (read.status !== 'ended') throw new Error('Python is missing.');
    modules = JSON.parse(read.output) as typeof modules;
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(ofEverything, { recursive: true });
  });

  it.each(CASES.map(([what, ...others], index) => [what, index, ...others] as const))(
    'give what the stacks of the CDK give, to the last statement: %s',
    (_, index, name, cdkContext, __, parameters) => {
      const made = accountTemplates(configurationOf(name), cdkContext as Record<string, string>);
      for (const [stack, account] of accountsOf(name)) {
        const given: Deployment = { accountId: '222222222222', parameters: { ...PARAMETERS, ...parameters } };
        const template = made.get(stack);
        if (template === undefined) throw new Error(`There is no ${stack}.`);
        const expected = rightsOfTemplate(template, given);
        const file = written(index, 'cloudformation', `${account}-account.json`);
        const plain = TemplateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
        const module = modules[written(index, 'terraform', account)] ?? {};

        expect(Object.keys(expected).length).toBeGreaterThan(2);
        expect(rightsOfTemplate(plain, given)).toEqual(expected);
        expect(rightsOfModule(module, given)).toEqual(expected);
        expect(JSON.stringify(plain)).not.toMatch(/aws:cdk|cdk-|AssetParameters|BootstrapVersion|Q0/u);
      }
    },
  );

  it('need no bucket to be deployed, and cfn-lint finds nothing in them', async () => {
    const files = CASES.flatMap(([, name], index) =>
      accountsOf(name).map(([, account]) => written(index, 'cloudformation', `${account}-account.json`)),
    );
    for (const file of files) expect(readFileSync(file).length).toBeLessThan(51_200);
    const cfnLint = (await ensurePythonEnvironment()).bin('cfn-lint');
    const { output } = await runCommand(cfnLint, ['--format', 'parseable', '--', ...files]).then((result) =>
      result.status === 'ended' ? result : { output: 'cfn-lint is missing.' },
    );

    expect(output).toBe('');
  });

  it('say so where there is no form in Terraform', async () => {
    const words = [
      '--config',
      configurationOf('sandbox/config'),
      '--out',
      written(99),
      '--context',
      'auditStackSet=true',
    ];
    const { exitCode, notices } = await ran('roles', ...words);

    expect(exitCode).toBe(2);
    expect(notices).toContain('has no form in Terraform here. Leave out --context auditStackSet=true');
    expect((await ran('roles', ...words, '--as', 'cloudformation')).exitCode).toBe(0);
  });

  it.each([
    [['--as', 'pulumi'], 'it may be one of cloudformation, terraform, both'],
    [['--context', 'nothing'], 'it has to be a name and a value with = between them'],
    [['--config', '/nowhere'], '/nowhere/platform.json: cannot be read'],
  ])('are refused with a sentence: %j', async (words, message) => {
    const { exitCode, notices } = await ran('roles', ...words);

    expect({ exitCode, notices }).toEqual({ exitCode: 2, notices: expect.stringContaining(message) as string });
  });
});
