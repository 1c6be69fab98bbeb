import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import cdkJson from '../../cdk.json';
import { auditTemplate } from '../../infra/audit-template';
import { loadConfiguration } from '../../infra/config';
import { vendingApp } from '../../infra/vending-app';
import { BUNDLE_CACHE, projectRoot } from '../../sandbox/environment';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';
import { runCommand } from '../../sandbox/runtime/ministack/run-command';
import { makeConfigurationFolder } from '../commands/configuration-folder';
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

describe('cfn-lint', () => {
  let cfnLint: string;
  let folder: string;
  const everything = everythingConfigured();

  beforeAll(async () => {
    cfnLint = (await ensurePythonEnvironment()).bin('cfn-lint');
  });
  afterAll(() => {
    rmSync(everything, { recursive: true });
  });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-templates-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const findings = async (...files: readonly string[]): Promise<string> => {
    const result = await runCommand(cfnLint, ['--format', 'parseable', '--', ...files]);
    return result.status === 'ended' ? result.output : 'cfn-lint is missing';
  };

  it.each([
    ['stacks as they are by default', {}, 3],
    ['stacks with a customer’s key', { kmsKeyArn }, 3],
    [
      'stacks with all that can be asked for',
      { configDir: everything, serviceUser: true, serviceUserAccessKeys: true, auditStackSet: true },
      4,
    ],
    [
      'stacks as strict organizations deploy them, with all that can be asked for',
      {
        configDir: everything,
        serviceUser: true,
        serviceUserAccessKeys: true,
        auditStackSet: true,
        kmsKeyArn,
        ...STRICT_CONTEXT,
      },
      4,
    ],
  ])('finds nothing in the %s', async (_, context, count) => {
    vendingApp({ outdir: folder, context: { ...cdkJson.context, bundleCache: BUNDLE_CACHE, ...context } }).synth();
    const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));

    expect(templates).toHaveLength(count);
    expect(await findings(...templates.map((file) => path.join(folder, file)))).toBe('');
  });

  it('finds nothing in what the audit stack set puts into accounts', async () => {
    const file = path.join(folder, 'audit.template.json');
    writeFileSync(file, auditTemplate('a-bucket'));

    expect(await findings(file)).toBe('');
  });

  it('would find a property that does not exist', async () => {
    const file = path.join(folder, 'wrong.template.json');
    writeFileSync(file, auditTemplate('a-bucket').replace('IsLogging', 'IsLoging'));

    expect(await findings(file)).toContain("'IsLoging' was unexpected");
  });
});
