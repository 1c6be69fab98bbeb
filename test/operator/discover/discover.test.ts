import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { checksOf } from '../../../functions/preflight/handler';
import { runChecks } from '../../../functions/preflight/check';
import { openPortfolio } from '../../../operator/deploy/open-portfolio';
import { environmentOf } from '../../../operator/preflight/role-environment';
import { deployedRoles, synthesizedTemplates } from '../../../sandbox/organization/authorization/deployed-roles';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import type { Organization } from '../../../sandbox/organization/organization';
import type { OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import {
  AFT_PRODUCT,
  organizationWithAft,
  organizationWithConfigBaseline,
  organizationWithoutControlTower,
  OTHER_ACCOUNTS,
} from '../../../sandbox/organization/other-organizations';
import { plantProduct } from '../../../sandbox/organization/services/service-catalog/plant-product';
import { configurationIn, discovered, modelOf } from './discovered';

const EXTERNAL_ID = 'an-external-id-of-a-test-0001';

const withAftProduct = (organization: Organization): Organization => {
  const { state } = organization;
  const role = `arn:aws:iam::${OTHER_ACCOUNTS.management}:role/AWSAFTService`;
  const sessionArn = `arn:aws:sts::${OTHER_ACCOUNTS.management}:assumed-role/AWSAFTService/AWSAFT-Session`;
  const product = plantProduct(state, { ...AFT_PRODUCT, createdAt: Date.now() - 86_400_000 * 90 });
  Object.assign(product, { roleArn: role, sessionArn });
  return organization;
};

/** What preflight says once the stacks of this configuration are deployed, as the application itself looks. */
async function findings(seed: OrganizationSeed, configuration: Configuration): Promise<readonly string[]> {
  const place = { region: 'eu-central-1', partition: 'aws', externalId: EXTERNAL_ID };
  const roles = deployedRoles(synthesizedTemplates(configuration), seed, place);
  const organization = modelOf(seed, { authorization: roles });
  if (seed.controlTower?.version === '3.3') withAftProduct(organization);
  const requestHandler = inProcessRequestHandler(organization);
  const credentials = { accessKeyId: OTHER_ACCOUNTS.management, secretAccessKey: 'not-verified' };
  await openPortfolio({ settings: { region: 'eu-central-1', credentials, requestHandler } }, configuration.platform);
  const checks = checksOf(
    {
      environment: (name) => environmentOf(configuration)[name] ?? '',
      secrets: { externalId: () => Promise.resolve(EXTERNAL_ID), scimAccessToken: () => Promise.resolve('') },
      aws: {
        region: 'eu-central-1',
        credentials: { ...credentials, accessKeyId: OTHER_ACCOUNTS.meshcloud },
        requestHandler,
      },
      now: () => new Date(),
    },
    configuration,
    'RunPreflight-test',
  );
  const reports = await runChecks(checks, { pause: () => Promise.resolve() });
  return reports
    .filter(({ result }) => result === 'failed' || result === 'unknown')
    .map(({ id, detail }) => `${id}: ${detail ?? ''}`);
}

describe('init --discover', () => {
  it('fits an organization without Control Tower and Identity Center, and says what it leaves out', async () => {
    const seed = organizationWithoutControlTower();
    const { exitCode, folder, out } = await discovered(modelOf(seed));

    expect(exitCode).toBe(0);
    const configuration = configurationIn(folder);
    expect(configuration.platform).toMatchObject({
      region: 'eu-central-1',
      accessConfig: { organizationRootAccountRole: 'arn:aws:iam::640000000001:role/MeshfedServiceRole' },
      automationAccountRole: 'arn:aws:iam::640000000002:role/MeshfedAutomationRole',
      meshcloudAccountId: '640000000003',
      accountAliasPattern: 'northwind-insur-#{workspaceIdentifier}-#{projectIdentifier}',
    });
    expect(
      Object.values(configuration.landingZones).map(({ name, awsEnrollAccount }) => [name, awsEnrollAccount]),
    ).toEqual([
      ['aws-prod', false],
      ['aws-test', false],
      ['aws-workloads', false],
    ]);
    expect(out).toContain('enrollmentConfiguration: left out, since Control Tower is not set up.');
    expect(out).toContain('awsIdentityStore: left out, since IAM Identity Center is not enabled');
    expect(await findings(seed, configuration)).toEqual([]);
  });

  it('fits landing zone 3.3 with products of AFT, in another region than the application', async () => {
    const seed = organizationWithAft();
    const { exitCode, folder, out } = await discovered(withAftProduct(modelOf(seed)));

    expect(exitCode).toBe(0);
    const configuration = configurationIn(folder);
    expect(configuration.platform.enrollmentConfiguration).toMatchObject({
      strategy: 'account-factory',
      region: 'eu-west-1',
      accountFactoryProductId: 'prod-nwaft4711',
      ssoUser: { email: 'it-aws+root@groups.northwind-insurance.example' },
    });
    expect(configuration.platform.sharedAccountIds).toEqual(['640000000004', '640000000005']);
    expect(configuration.platform.awsIdentityStore?.awsRoleMappings.map((one) => one.permissionSetArns.length)).toEqual(
      [1, 1, 1],
    );
    expect(
      Object.values(configuration.landingZones).map(({ name, awsEnrollAccount }) => [name, awsEnrollAccount]),
    ).toEqual([
      ['aws-prod', true],
      ['aws-workloads', true],
    ]);
    expect(out).toContain('Account Factory for Terraform has vended one account');
    expect(await findings(seed, configuration)).toEqual([]);
  });

  it.each([
    [false, [['aws-workloads', false]], undefined],
    [true, [['aws-workloads', true]], 'auto-enroll'],
  ])(
    'fits landing zone 4.0 with ConfigBaseline alone (enrolls moved accounts: %s)',
    async (enrolls, zones, strategy) => {
      const seed = organizationWithConfigBaseline(enrolls);
      const { exitCode, folder, out } = await discovered(modelOf(seed));

      expect(exitCode).toBe(0);
      const configuration = configurationIn(folder);
      expect(
        Object.values(configuration.landingZones).map(({ name, awsEnrollAccount }) => [name, awsEnrollAccount]),
      ).toEqual(zones);
      expect(configuration.platform.enrollmentConfiguration?.strategy).toBe(strategy);
      expect(out.includes('it has ConfigBaseline alone, for which the Account Factory does not enroll')).toBe(!enrolls);
      expect(out).toContain('admin has no permission set, since there is none of AdministratorAccess');
      expect(await findings(seed, configuration)).toEqual([]);
    },
  );

  it('writes nothing where something else is there, unless told so, and again what it has written', async () => {
    const organization = modelOf(organizationWithoutControlTower());
    const { folder } = await discovered(organization);
    expect((await discovered(organization, { folder })).out).toContain('nothing: all of it is there already');
    const file = path.join(folder, 'config/platform.json');
    writeFileSync(file, '{}');

    await expect(discovered(organization, { folder })).rejects.toThrow(
      `${file} is there already. Overwrite by --force`,
    );
    expect(readFileSync(file, 'utf8')).toBe('{}');
    await discovered(organization, { folder, overwrites: true });
    expect(readFileSync(file, 'utf8')).toContain('MeshfedServiceRole');
  });

  it('reads only', async () => {
    const organization = withAftProduct(modelOf(organizationWithAft()));
    await discovered(organization);

    expect(organization.calls.length).toBeGreaterThan(20);
    expect(organization.calls.filter(({ write }) => write)).toEqual([]);
  });

  it('keeps roles that are there, and says so', async () => {
    const trust = { Version: '2012-10-17', Statement: [] };
    const seed = organizationWithoutControlTower();
    const { folder, out } = await discovered(
      modelOf({
        ...seed,
        serviceRoles: [
          { accountId: OTHER_ACCOUNTS.automation, name: 'AWSCloudFormationStackSetAdministrationRole', trust },
          { accountId: OTHER_ACCOUNTS.management, name: 'MeshCostExplorerServiceRole', trust },
        ],
      }),
    );

    const { context } = JSON.parse(readFileSync(path.join(folder, 'cdk.json'), 'utf8')) as { context: object };
    expect(context).toMatchObject({
      configDir: 'config',
      costExplorerRole: 'existing',
      stackSetAdministrationRole: 'existing',
    });
    expect(out).toContain('cdk.json: costExplorerRole is existing');
  });

  it.each([
    [
      'a profile of another account',
      { profiles: { management: 'automation', automation: 'automation', meshcloud: 'meshcloud' } },
      'is a profile of the management account',
    ],
    [
      'a profile that manages nothing',
      { profiles: { management: 'meshcloud', automation: 'automation', meshcloud: 'automation' } },
      'managed by 640000000001. Name a profile of that account by --profile',
    ],
    [
      'credentials of nobody',
      { profiles: { management: '999999999999', automation: 'automation', meshcloud: 'meshcloud' } },
      'AWS does not take',
    ],
    [
      'an unknown unit',
      { units: ['Workload'] },
      'The organization has no organizational unit Workload. Did you mean Workloads?',
    ],
    [
      'a pattern with a placeholder that is none',
      { emailPattern: 'a+#{projectIdentifer}@b.example' },
      'Did you mean #{projectIdentifier}?',
    ],
    ['a question and nobody to be asked', { takesProposals: false }, 'nobody is here to be asked. Give --ou'],
  ])('refuses %s, and writes nothing', async (_what, given, sentence) => {
    const folder = path.join((await discovered(modelOf(organizationWithoutControlTower()))).folder, 'another');

    await expect(discovered(modelOf(organizationWithoutControlTower()), { ...given, folder })).rejects.toThrow(
      sentence,
    );
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses an organization with consolidated billing alone', async () => {
    const seed = { ...organizationWithoutControlTower(), featureSet: 'CONSOLIDATED_BILLING' as const };
    await expect(discovered(modelOf(seed))).rejects.toThrow('Enable all features in AWS Organizations');
  });

  it('asks what it cannot know', async () => {
    const questions: string[] = [];
    const { folder } = await discovered(modelOf(organizationWithoutControlTower()), {
      takesProposals: false,
      ask: (question, proposal) => {
        questions.push(`${question} [${proposal}]`);
        return Promise.resolve(question.includes('units') ? 'Workloads/Test' : '');
      },
    });

    expect(questions).toEqual([
      'Organizational units that get accounts [Workloads, Workloads/Prod, Workloads/Test]',
      'Pattern of account e-mail addresses [it-aws+#{tenantPlatformNumber}@groups.northwind-insurance.example]',
    ]);
    expect(readdirSync(path.join(folder, 'config/landing-zones'))).toEqual(['aws-test.json']);
  });
});
