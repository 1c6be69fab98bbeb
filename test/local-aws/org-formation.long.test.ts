import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';

import { type RunningMiniStack, startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import {
  builtOrganization,
  installedOrgFormation,
  OrgFormation,
  type PackagedOrganization,
  startPackaged,
} from './packaged-organization';

/** What somebody adds to the file that `init` has written. */
const ADDED = `
  DevelopmentUnit:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: development
      Accounts: !Ref DataLakeAccount

  DataLakeAccount:
    Type: OC::ORG::Account
    Properties:
      AccountName: data-lake
      RootEmail: aws+data-lake@corp.example
      Alias: corp-data-lake
      Tags:
        cost-center: '4711'
`;

/** Twice of what AWS takes at most: the account, and then its access role. */
const PATIENCE_MILLISECONDS = 2 * 2 * (48 + 60) * 1000;

jest.setTimeout(30 * 60_000);

describe('org-formation from npm, against the packaged model', () => {
  let command: string;
  let folder: string;
  let ministack: RunningMiniStack;
  let organization: PackagedOrganization;
  let orgFormation: OrgFormation;

  beforeAll(async () => {
    command = await installedOrgFormation();
    folder = await builtOrganization();
  });
  beforeEach(async () => {
    // S3, EC2, EventBridge and Support.
    ministack = await startMiniStack({ region: 'eu-central-1', waitScale: 1, endpoints: {} });
  });
  afterEach(async () => {
    orgFormation.remove();
    await organization.stop();
    await ministack.stop();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const begin = async (timeScale: string): Promise<void> => {
    organization = await startPackaged(folder, '--others', ministack.endpoint, '--time-scale', timeScale);
    orgFormation = new OrgFormation(command, organization.environment);

    expect(await orgFormation.run('init', 'organization.yml', '--region', 'eu-central-1')).toMatchObject({
      output: expect.stringContaining('Your organization template is written to organization.yml') as string,
      exitCode: 0,
    });
    expect(readFileSync(orgFormation.file, 'utf8')).toContain('RootEmail: aws+management@corp.example');

    appendFileSync(orgFormation.file, ADDED);
  };

  const client = (accessKeyId: string): ConstructorParameters<typeof OrganizationsClient>[0] => ({
    endpoint: organization.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey: 'test' },
  });

  /** The account as AWS would tell it, by the unit that it is looked for in. */
  const accountIn = async (unitName: string): Promise<object> => {
    const organizations = new OrganizationsClient({ ...client(organization.environment['AWS_ACCESS_KEY_ID'] ?? '') });
    const { Roots: [root] = [] } = await organizations.send(new ListRootsCommand({}));
    const { OrganizationalUnits = [] } = await organizations.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: root?.Id }),
    );
    const ParentId = OrganizationalUnits.find(({ Name }) => Name === unitName)?.Id;
    const { Accounts: [account] = [] } = await organizations.send(new ListAccountsForParentCommand({ ParentId }));
    const { Tags } = await organizations.send(new ListTagsForResourceCommand({ ResourceId: account?.Id }));
    const iam = new IAMClient({ ...client(account?.Id ?? '') });
    const { AccountAliases } = await iam.send(new ListAccountAliasesCommand({}));
    return { Name: account?.Name, Email: account?.Email, Tags, AccountAliases };
  };

  const WANTED = {
    Name: 'data-lake',
    Email: 'aws+data-lake@corp.example',
    Tags: [{ Key: 'cost-center', Value: '4711' }],
    AccountAliases: ['corp-data-lake'],
  };

  it('creates, tags, moves and names an account, and finds nothing more to do', async () => {
    await begin('0.1');

    expect(await orgFormation.run('update', 'organization.yml')).toMatchObject({ exitCode: 0 });
    expect(await accountIn('development')).toEqual(WANTED);
    expect((await orgFormation.run('update', 'organization.yml')).output).toContain('organization up to date');
  });

  it('gives up where the access role comes late, and a later update goes on with the same account', async () => {
    // The role is ready 20 s after the account at the earliest; org-formation tries four times within 18 s.
    await begin('2');
    const first = await orgFormation.run('update', 'organization.yml');

    expect(first.exitCode).toBe(1);
    expect(first.output).toMatch(/AccessDenied: .*sts:AssumeRole .*OrganizationAccountAccessRole/u);

    const until = Date.now() + PATIENCE_MILLISECONDS;
    let later = await orgFormation.run('update', 'organization.yml');
    while (later.exitCode !== 0 && Date.now() < until) {
      await pause(5000);
      later = await orgFormation.run('update', 'organization.yml');
    }

    expect(later.exitCode).toBe(0);
    expect(await accountIn('development')).toEqual(WANTED);
  });
});
