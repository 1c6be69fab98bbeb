import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

import { loadConfiguration } from '../../../infra/config';
import { deployStack } from '../../../operator/deploy/deploy-stack';
import { deploy, type DeployOptions } from '../../../operator/deploy/deploy';
import { synthesizedTemplates, type Templates } from '../../../sandbox/organization/authorization/deployed-roles';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import type { Organization } from '../../../sandbox/organization/organization';
import { organizationWithAft, OTHER_ACCOUNTS } from '../../../sandbox/organization/other-organizations';
import { discovered, modelOf } from '../discover/discovered';

const STACKS = ['VendingStack', 'ManagementAccountStack', 'AutomationAccountStack'] as const;

/** What the CDK's command was given, and how it is broken. */
class CdkStandIn {
  readonly ran: (readonly string[])[] = [];
  /** What the stack of the application keeps. */
  readonly secrets = new Map<string, string>();
  fails = '';
  isBootstrapped = true;
  /** What somebody else's deployment has put into the stack before ours. */
  faster: string | undefined;
  /** Stacks besides the three, with the template of another one. */
  readonly more = new Map<string, (typeof STACKS)[number]>();
  readonly #templates: Templates;

  constructor(templates: Templates) {
    this.#templates = templates;
  }

  run = (words: readonly string[]): Promise<void> => {
    this.ran.push(words);
    const [command = ''] = words;
    if (command === this.fails) throw new Error(`killed in cdk ${command}`);
    if (command === 'synth') this.#synth(valueOf(words, '--output'));
    if (command === 'deploy') this.#deploy(words);
    if (command === 'bootstrap') this.isBootstrapped = true;
    return Promise.resolve();
  };

  #synth(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const stacks = new Map([...STACKS.map((id) => [id, id] as const), ...this.more]);
    const artifacts = Object.fromEntries(
      [...stacks.keys()].map((id) => [
        id,
        { type: 'aws:cloudformation:stack', properties: { templateFile: `${id}.template.json` } },
      ]),
    );
    writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    for (const [id, like] of stacks)
      writeFileSync(path.join(folder, `${id}.template.json`), JSON.stringify(this.#templates[like]));
  }

  #deploy(words: readonly string[]): void {
    const given = words.filter((word) => word.startsWith('VendingStack:'));
    for (const parameter of given) {
      const [name = '', value = ''] = parameter.replace('VendingStack:', '').split('=');
      this.secrets.set(name, this.faster ?? value);
    }
    writeFileSync(
      valueOf(words, '--outputs-file'),
      JSON.stringify({ VendingStack: { ApiUrl: 'https://api.example/v1/' } }),
    );
  }
}

const valueOf = (words: readonly string[], option: string): string => words[words.indexOf(option) + 1] ?? '';

describe('deploy', () => {
  let organization: Organization;
  let folder: string;
  let cdk: CdkStandIn;
  let templates: Templates | undefined;
  let out = '';
  let notices = '';
  /** Nobody waits for the model: seconds are added to its clock. */
  let waited = 0;

  const pause = (seconds = 5): Promise<void> => {
    waited += seconds;
    return Promise.resolve();
  };

  beforeEach(async () => {
    organization = modelOf(organizationWithAft(), { clock: { now: () => Date.now() + waited * 1000 } });
    ({ folder } = await discovered(organization));
    templates ??= synthesizedTemplates(loadConfiguration(path.join(folder, 'config')));
    cdk = new CdkStandIn(templates);
    out = '';
    notices = '';
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (given: Partial<DeployOptions> = {}): Promise<number> =>
    deploy(
      {
        folder,
        profiles: {},
        identityCenterProfile: undefined,
        region: undefined,
        bootstraps: false,
        json: false,
        instead: {
          settingsOf: (profile) => ({
            credentials: {
              accessKeyId: new Map(Object.entries(OTHER_ACCOUNTS)).get(profile) ?? profile,
              secretAccessKey: 'not-verified',
            },
            requestHandler: inProcessRequestHandler(organization),
          }),
          cdk: cdk.run,
          application: {
            isBootstrapped: () => Promise.resolve(cdk.isBootstrapped),
            secretOf: (_stack, name) => Promise.resolve(cdk.secrets.get(name)),
          },
        },
        ...given,
      },
      {
        print: (text) => {
          out += text;
        },
        notify: (text) => {
          notices += text;
        },
        pause,
        now: () => new Date(),
      },
    );

  const trustOf = (accountId: string, role: string): string =>
    organization.state.accounts.get(accountId)?.roles.get(role)?.trust.document ?? '';

  const outputs = () => JSON.parse(readFileSync(path.join(folder, 'outputs.json'), 'utf8')) as Record<string, unknown>;

  it('deploys the three stacks with one ExternalId, opens the portfolio, and writes down the outputs', async () => {
    expect(await run()).toBe(0);

    const externalId = cdk.secrets.get('ExternalId') ?? '';
    expect(externalId).toMatch(/^[\da-f-]{36}$/u);
    const { management, automation, meshcloud } = OTHER_ACCOUNTS;
    for (const trust of [
      trustOf(management, 'MeshfedServiceRole-Create'),
      trustOf(automation, 'MeshfedAutomationRole-Read'),
    ]) {
      expect(trust).toContain(externalId);
      expect(trust).toContain(`arn:aws:iam::${meshcloud}:root`);
    }
    expect([...(organization.state.accountFactory?.openedTo.get('lpv3-nwfactory') ?? [])]).toEqual([
      `arn:aws:iam::${management}:role/MeshfedServiceRole-ControlTower`,
      `arn:aws:iam::${management}:role/MeshfedServiceRole-Read`,
    ]);
    expect(outputs()).toMatchObject({
      VendingStack: { account: meshcloud, region: 'eu-central-1', outputs: { ApiUrl: 'https://api.example/v1/' } },
      ManagementAccountStack: {
        account: management,
        region: 'eu-central-1',
        outputs: { ServiceRoleArn: `arn:aws:iam::${management}:role/MeshfedServiceRole` },
      },
      AutomationAccountStack: { account: automation },
    });
    expect(out).toContain('the API is https://api.example/v1/');
    expect([out, notices, JSON.stringify(outputs())].join('')).not.toContain(externalId);
  });

  it('changes nothing when it is run again, and keeps the ExternalId', async () => {
    await run();
    const [externalId, before] = [cdk.secrets.get('ExternalId'), outputs()];
    const calls = organization.calls.length;
    await run();

    expect(cdk.secrets.get('ExternalId')).toBe(externalId);
    expect(cdk.ran.at(-1)?.some((word) => word.includes('ExternalId='))).toBe(false);
    expect(outputs()).toEqual(before);
    const written = organization.calls.slice(calls).filter(({ write }) => write);
    expect(written.map(({ operation }) => operation)).not.toContain('ExecuteChangeSet');
    expect(written.map(({ operation }) => operation)).not.toContain('AssociatePrincipalWithPortfolio');
  });

  it.each(['synth', 'deploy'])('goes on after it was killed in cdk %s', async (command) => {
    cdk.fails = command;
    await expect(run()).rejects.toThrow(`killed in cdk ${command}`);
    cdk.fails = '';
    expect(await run()).toBe(0);
    expect(trustOf(OTHER_ACCOUNTS.management, 'MeshfedServiceRole-Read')).toContain(cdk.secrets.get('ExternalId'));
  });

  it('leaves roles to the stack that has made them, when the organization is read again', async () => {
    await run();
    const again = await discovered(organization, { folder });

    expect(again.out).toContain('nothing: all of it is there already');
    expect(readFileSync(path.join(folder, 'cdk.json'), 'utf8')).not.toContain('existing');
  });

  it('keeps parameters that somebody has given to a stack', async () => {
    await run();
    const credentials = { accessKeyId: OTHER_ACCOUNTS.management, secretAccessKey: 'not-verified' };
    await deployStack({
      client: new CloudFormationClient({
        region: 'eu-central-1',
        credentials,
        requestHandler: inProcessRequestHandler(organization),
      }),
      stackName: 'ManagementAccountStack',
      template: JSON.stringify(templates?.ManagementAccountStack),
      parameters: { ServiceAccountIds: '640000000004' },
      pause,
    });
    await run();

    const stacks = [...organization.state.stacks.values()].filter(({ name }) => name === 'ManagementAccountStack');
    expect(stacks.map(({ deployed }) => deployed?.parameters.get('ServiceAccountIds'))).toEqual(['640000000004']);
  });

  it('lets in by the ExternalId that the stack has kept, where another deployment was faster', async () => {
    cdk.faster = 'kept-by-another-deployment-0a1b';
    await run();

    const trusts = [
      trustOf(OTHER_ACCOUNTS.management, 'MeshfedServiceRole-Create'),
      trustOf(OTHER_ACCOUNTS.automation, 'MeshfedAutomationRole-Read'),
    ];
    expect(trusts.filter((trust) => !trust.includes(cdk.faster ?? ''))).toEqual([]);
  });

  it('deploys what lets it into IAM Identity Center to the account of that profile alone, and says where it does not', async () => {
    cdk.more.set('IdentityCenterAccountStack', 'AutomationAccountStack');
    await run();
    expect(notices).toContain('Leaving out IdentityCenterAccountStack: name a profile of its account');
    expect(outputs()).not.toHaveProperty('IdentityCenterAccountStack');
    await run({ identityCenterProfile: 'meshcloud' });
    expect(outputs()).toMatchObject({ IdentityCenterAccountStack: { account: OTHER_ACCOUNTS.meshcloud } });
    const trust = trustOf(OTHER_ACCOUNTS.meshcloud, 'MeshfedAutomationRole-Read');
    expect(trust).toContain(cdk.secrets.get('ExternalId'));
  });

  it('leaves the bootstrap to an operator who gives the CDK a qualifier', async () => {
    cdk.isBootstrapped = false;
    const file = path.join(folder, 'cdk.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { context: object };
    const context = { ...settings.context, '@aws-cdk/core:bootstrapQualifier': 'corpvend' };
    writeFileSync(file, JSON.stringify({ ...settings, context }));

    expect(await run()).toBe(0);
    expect(cdk.ran.map(([command]) => command)).toEqual(['synth', 'deploy']);
  });

  it('bootstraps the account of the application only when asked', async () => {
    cdk.isBootstrapped = false;
    await expect(run()).rejects.toThrow(
      'Account 640000000003 is not bootstrapped for the CDK in eu-central-1. Run this again with --bootstrap, or: npx cdk bootstrap aws://640000000003/eu-central-1 --profile meshcloud',
    );
    expect(cdk.ran).toEqual([]);
    expect(await run({ bootstraps: true })).toBe(0);
    expect(cdk.ran[0]?.slice(0, 2)).toEqual(['bootstrap', 'aws://640000000003/eu-central-1']);
  });

  it('refuses profiles of other accounts, all at once, before anything is done', async () => {
    const profiles = { management: 'automation', automation: 'meshcloud' };
    const refusal = run({ profiles });
    await expect(refusal).rejects.toThrow('--profile is a profile of account 640000000002');
    await expect(refusal).rejects.toThrow('--profile-automation is a profile of account 640000000003');
    expect(cdk.ran).toEqual([]);
  });

  it('refuses another region than that of the last deployment', async () => {
    await run();
    await expect(run({ region: 'eu-west-1' })).rejects.toThrow(
      'VendingStack was deployed to eu-central-1 of account 640000000003, and would now go to eu-west-1',
    );
  });

  it.each([
    ['a folder that is no installation', { folder: tmpdir() }, 'There is no cdk.json in'],
    ['credentials that AWS does not take', { profiles: { automation: '999999999999' } }, 'AWS does not take'],
  ])('refuses %s', async (_what, given, sentence) => {
    await expect(run(given)).rejects.toThrow(sentence);
  });

  it('says which profiles are missing', async () => {
    rmSync(path.join(folder, 'deployment.json'));
    await expect(run({ profiles: { management: 'management' } })).rejects.toThrow('Not all three profiles are known.');
  });
});
