import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import cdkJson from '../../cdk.json';
import { auditTemplate } from '../../infra/audit-template';
import { loadConfiguration } from '../../infra/config';
import { vendingApp } from '../../infra/vending-app';
import { BUNDLE_CACHE, projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import { runCommand } from '../../operator/run-command';
import { makeConfigurationFolder } from '../commands/configuration-folder';
import { withPageIn } from '../infra/console-context';
import { STRICT_CONTEXT } from '../infra/strict-context';

const kmsKeyArn = 'arn:aws:kms:eu-central-1:111111111111:key/00000000-1111-4222-8333-444444444444';

/** What makes functions, rules and schedules of its own. */
function everythingConfigured(): string {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  const meshStack = {
    endpoint: 'https://meshstack.corp.example',
    platformIdentifier: 'aws.eu',
    platformUuid: '5b0c1b1e-0000-4000-8000-000000000002',
    contactEmail: 'cloud-platform@corp.example',
    buildingBlockRunnerUuid: '5b0c1b1e-0000-4000-8000-000000000003',
  };
  const metering = { filter: 'EXCLUDE_TAX', reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true };
  const more = { meshStack, metering, waitForExternalAvm: true, nightlyReconciliation: { enabled: true, hour: 3 } };
  return makeConfigurationFolder({ ...platform, ...more }, Object.values(landingZones));
}

const everything = everythingConfigured();
const consoleOnAws = withPageIn(everything);
const notifications = { chatNotifications: 'all', webhookUrl: 'https://hooks.corp.example', schemaRegistry: true };
const all = {
  configDir: everything,
  serviceUser: true,
  serviceUserAccessKeys: true,
  auditStackSet: true,
  ...notifications,
};

/** Each with the context of the CDK app, and how many stacks it has. */
const DEPLOYMENTS: readonly (readonly [string, object, number])[] = [
  ['stacks as they are by default', {}, 3],
  ['stacks with a customer’s key', { kmsKeyArn }, 3],
  ['stacks with all that can be asked for', { ...all, ...consoleOnAws }, 6],
  [
    'stacks as strict organizations deploy them, with all that can be asked for',
    { ...all, kmsKeyArn, ...STRICT_CONTEXT },
    5,
  ],
  [
    'console of a strict organization whose API the Internet reaches',
    { ...consoleOnAws, kmsKeyArn, ...STRICT_CONTEXT, apiVpcEndpointIds: '' },
    4,
  ],
];

/** To start it takes seconds, so that it is given all templates at once. */
describe('cfn-lint', () => {
  let folder: string;
  let findings: readonly string[];

  const auditTemplates = (): readonly (readonly [string, string])[] => [
    ['audit', auditTemplate('a-bucket')],
    ['wrong', auditTemplate('a-bucket').replace('IsLogging', 'IsLoging')],
  ];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-templates-'));
    for (const [index, [, context]] of DEPLOYMENTS.entries()) {
      const known = { ...cdkJson.context, bundleCache: BUNDLE_CACHE };
      vendingApp({ outdir: path.join(folder, String(index)), context: { ...known, ...context } }).synth();
    }
    for (const [name, template] of auditTemplates()) {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, `${name}.template.json`), template);
    }
    findings = await lint(readdirSync(folder).flatMap(templatesIn));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(everything, { recursive: true });
  });

  const templatesIn = (name: string): readonly string[] =>
    readdirSync(path.join(folder, name))
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => path.join(folder, name, file));

  async function lint(files: readonly string[]): Promise<readonly string[]> {
    const cfnLint = (await ensurePythonEnvironment()).bin('cfn-lint');
    const result = await runCommand(cfnLint, ['--format', 'parseable', '--', ...files]);
    if (result.status !== 'ended') throw new Error('cfn-lint is missing.');
    return result.output.split('\n').filter((line) => line !== '');
  }

  /** What names no template is a fault of all. */
  const foundIn = (name: string): readonly string[] =>
    findings.filter((line) => line.includes(path.join(folder, name, path.sep)) || !line.includes(folder));

  it.each(DEPLOYMENTS.map(([what, , count], index) => [what, String(index), count] as const))(
    'finds nothing in the %s',
    (_, name, count) => {
      expect(templatesIn(name)).toHaveLength(count);
      expect(foundIn(name)).toEqual([]);
    },
  );

  it('finds nothing in what the audit stack set puts into accounts', () => {
    expect(foundIn('audit')).toEqual([]);
  });

  it('would find a property that does not exist', () => {
    expect(foundIn('wrong').join('\n')).toContain("'IsLoging' was unexpected");
  });
});
