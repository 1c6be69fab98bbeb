import { readFileSync } from 'node:fs';

import { CloudFormationClient, CreateStackSetCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Template } from 'aws-cdk-lib/assertions';
import { loadConfiguration } from '../../infra/config';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import type { StackInstance } from '../../sandbox/organization/services/cloudformation/stack-set-state';
import { deployStack } from '../../operator/deploy/deploy-stack';
import {
  administrator,
  AUTOMATION,
  iamOf,
  MANAGEMENT,
  organizationUnderTest,
  outcomeOf,
  type UnderTest,
} from '../sandbox/organization/organization-under-test';
import { type AccountStackOptions, automationStack, managementStack } from './account-stacks';

const MESHCLOUD = '111111111111';

const INSTANCE: StackInstance = {
  accountId: '444444444444',
  region: 'eu-central-1',
  stackId: null,
  overrides: new Map<string, string>(),
  status: 'CURRENT',
  detailedStatus: 'SUCCEEDED',
  reason: null,
  lastOperationId: 'first',
  driftStatus: 'NOT_CHECKED',
};

const COSTS = {
  account: MANAGEMENT,
  stack: 'ManagementAccountStack',
  role: 'MeshCostExplorerServiceRole',
  output: 'CostExplorerRoleArn',
} as const;

const STACK_SETS = {
  account: AUTOMATION,
  stack: 'AutomationAccountStack',
  role: 'AWSCloudFormationStackSetAdministrationRole',
  output: 'StackSetAdministrationRoleArn',
} as const;

type Deployed = Pick<typeof COSTS | typeof STACK_SETS, 'account' | 'stack'>;

describe('the stacks of the management and the automation account', () => {
  /** As small as it can be: what is sent along has at most 51,200 bytes. */
  const templateOf = ({ stack }: Deployed, options: AccountStackOptions = {}): string =>
    JSON.stringify(
      Template.fromStack(stack === COSTS.stack ? managementStack(options) : automationStack(options)).toJSON(),
    );

  /** Accounts in which nobody has made anything. */
  const bareAccounts = (): UnderTest => organizationUnderTest({ seed: { ...exampleOrganization(), serviceRoles: [] } });

  const deploy = ({ settings, clock }: UnderTest, { account, stack }: Deployed, template: string): Promise<void> =>
    deployStack({
      client: new CloudFormationClient({ ...settings(administrator(account)), region: 'eu-central-1' }),
      stackName: stack,
      template,
      parameters: { MeshcloudAccountId: MESHCLOUD, ExternalId: EXAMPLE_EXTERNAL_ID },
      pause: () => {
        clock.advance(5);
        return Promise.resolve();
      },
    });

  const rolesIn = ({ organization }: UnderTest, account: string) => [
    ...(organization.state.accounts.get(account)?.roles.keys() ?? []),
  ];

  const outputOf = ({ organization }: UnderTest, output: string): string => {
    const [stack] = [...organization.state.stacks.values()].filter(({ status }) => status === 'CREATE_COMPLETE');
    return JSON.stringify(
      (JSON.parse(stack?.deployed?.template ?? '{}') as { Outputs: Record<string, unknown> }).Outputs[output],
    );
  };

  const makeByHand = async (test: UnderTest, { account, role }: typeof COSTS | typeof STACK_SETS): Promise<string> => {
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iamOf(test, administrator(account)).send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument }));
    return AssumeRolePolicyDocument;
  };

  it('deploy into accounts that nobody has bootstrapped', async () => {
    const test = bareAccounts();
    await deploy(test, COSTS, templateOf(COSTS));
    await deploy(test, STACK_SETS, templateOf(STACK_SETS));

    expect(rolesIn(test, MANAGEMENT).toSorted()).toEqual([
      'MeshCostExplorerServiceRole',
      ...['Arrange', 'ControlTower', 'Create', 'Enter', 'IdentityCenter', 'Read'].map(
        (one) => `MeshfedServiceRole-${one}`,
      ),
    ]);
    expect(rolesIn(test, AUTOMATION).toSorted()).toEqual([
      'AWSCloudFormationStackSetAdministrationRole',
      ...['Customizations', 'Functions', 'Read', 'StackSets'].map((one) => `MeshfedAutomationRole-${one}`),
    ]);
  });

  const enter = (test: UnderTest, role: string, app: string, ExternalId = EXAMPLE_EXTERNAL_ID): Promise<string> => {
    const RoleArn = `arn:aws:iam::${MANAGEMENT}:role/${role}`;
    const sts = new STSClient(test.settings(administrator('000000000000'), app));
    return outcomeOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId })));
  };

  it('let in whom they are to let in, with the ExternalId', async () => {
    const test = bareAccounts();
    await deploy(test, COSTS, templateOf(COSTS));
    test.clock.advance(30);
    expect(await enter(test, 'MeshfedServiceRole-Enter', 'OpenAccount')).toBe('ok');
    expect(await enter(test, 'MeshfedServiceRole-Enter', 'OpenAccount', 'another-one')).toBe('AccessDenied');
    expect(await enter(test, 'MeshfedServiceRole-Enter', 'CreateAccount')).toBe('AccessDenied');
  });

  it('change nothing when they are deployed again', async () => {
    const test = bareAccounts();
    const template = templateOf(STACK_SETS);
    await deploy(test, STACK_SETS, template);
    const before = test.organization.state.accounts.get(AUTOMATION)?.roles.get(STACK_SETS.role);
    await deploy(test, STACK_SETS, template);
    expect(test.organization.state.accounts.get(AUTOMATION)?.roles.get(STACK_SETS.role)).toBe(before);
    const [stack] = test.organization.state.stacks.values();
    expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', updatedAt: null });
  });

  describe('with an access stack', () => {
    const access = (Default?: string) => ({
      stackSetName: 'meshstack-cf-access-aws-dev',
      template: `Parameters: { ProductName: { Type: String${Default === undefined ? '' : `, Default: ${Default}`} } }\nResources: {}`,
      parameters: Default === undefined ? { ProductName: 'ProductName' } : {},
    });
    const withAccess = (Default?: string) => templateOf(STACK_SETS, { accessStacks: [access(Default)] });
    const stackSetIn = ({ organization }: UnderTest) =>
      organization.state.stackSets.get(`${AUTOMATION}:eu-central-1:meshstack-cf-access-aws-dev`);

    it('make its stack set, and change it where the template changes', async () => {
      const test = bareAccounts();
      await deploy(test, STACK_SETS, withAccess());
      expect(stackSetIn(test)).toMatchObject({
        managedExecution: true,
        parameters: new Map([['ProductName', 'ProductName']]),
      });
      await deploy(test, STACK_SETS, withAccess('none'));
      expect(stackSetIn(test)?.parameters).toEqual(new Map([['ProductName', 'none']]));
    });

    it('take it away with the landing zone, unless an account has it still', async () => {
      const test = bareAccounts();
      await deploy(test, STACK_SETS, withAccess());
      stackSetIn(test)?.instances.set('444444444444/eu-central-1', INSTANCE);
      await deploy(test, STACK_SETS, templateOf(STACK_SETS));
      expect(stackSetIn(test)?.instances.size).toBe(1);

      const other = bareAccounts();
      await deploy(other, STACK_SETS, withAccess());
      await deploy(other, STACK_SETS, templateOf(STACK_SETS));
      expect(stackSetIn(other)).toBeUndefined();
    });

    it('fail where somebody has made a stack set of that name, and leave it', async () => {
      const test = bareAccounts();
      const client = new CloudFormationClient({ ...test.settings(administrator(AUTOMATION)), region: 'eu-central-1' });
      const TemplateBody = access('none').template;
      await client.send(new CreateStackSetCommand({ StackSetName: access().stackSetName, TemplateBody }));
      const before = stackSetIn(test);
      await expect(deploy(test, STACK_SETS, withAccess())).rejects.toThrow(/access-aws-dev'? already exists/u);
      expect(stackSetIn(test)).toBe(before);
    });
  });

  describe.each([COSTS, STACK_SETS])('where $role is there already', (existing) => {
    it('fail, say which role it is, and leave everything as it was', async () => {
      const test = bareAccounts();
      const trust = await makeByHand(test, existing);
      const failure: unknown = await deploy(test, existing, templateOf(existing)).catch((error: unknown) => error);

      expect(failure).toMatchObject({ name: 'OperatorError' });
      expect(String(failure)).toMatch(
        new RegExp(
          `could not deploy ${existing.stack}, which is ROLLBACK_COMPLETE:\n.*${existing.role}'? already exists`,
          'u',
        ),
      );
      expect(rolesIn(test, existing.account)).toEqual([existing.role]);
      expect(test.organization.state.accounts.get(existing.account)?.roles.get(existing.role)?.trust.document).toBe(
        trust,
      );
    });

    it('deploy beside it with the flag, also after they have failed without', async () => {
      const test = bareAccounts();
      const trust = await makeByHand(test, existing);
      await deploy(test, existing, templateOf(existing)).catch(() => undefined);
      await deploy(test, existing, templateOf(existing, { existingRole: true }));

      expect(rolesIn(test, existing.account).length).toBeGreaterThan(3);
      expect(test.organization.state.accounts.get(existing.account)?.roles.get(existing.role)?.trust.document).toBe(
        trust,
      );
      expect(outputOf(test, existing.output)).toContain(`:role/${existing.role}`);
    });
  });

  it.each([COSTS, STACK_SETS])('take $role away with the flag, if it is their own', async (own) => {
    const test = bareAccounts();
    await deploy(test, own, templateOf(own));
    await deploy(test, own, templateOf(own, { existingRole: true }));
    expect(rolesIn(test, own.account)).not.toContain(own.role);
  });

  it.each([COSTS, STACK_SETS])(
    'fail where the flag for $role is forgotten later, and stay as they are',
    async (kept) => {
      const test = bareAccounts();
      await makeByHand(test, kept);
      await deploy(test, kept, templateOf(kept, { existingRole: true }));
      const before = rolesIn(test, kept.account);
      await expect(deploy(test, kept, templateOf(kept))).rejects.toThrow('which is UPDATE_ROLLBACK_COMPLETE');
      expect(rolesIn(test, kept.account)).toEqual(before);
    },
  );

  it('have a role for costs that is kept let in two functions by the statement of docs/setup.md', async () => {
    const test = bareAccounts();
    const [, json = ''] = /```json\n(\{\n {2}"Effect"[^`]*)```/u.exec(readFileSync('docs/setup.md', 'utf8')) ?? [];
    const Statement = [JSON.parse(json.replace('<ExternalId>', EXAMPLE_EXTERNAL_ID)) as object];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const role = { RoleName: COSTS.role, AssumeRolePolicyDocument };
    await iamOf(test, administrator(MANAGEMENT)).send(new CreateRoleCommand(role));
    await deploy(test, COSTS, templateOf(COSTS, { existingRole: true }));

    const entering = ['CollectCosts', 'RunPreflight', 'CreateAccount'].map((app) => enter(test, COSTS.role, app));
    expect(await Promise.all(entering)).toEqual(['ok', 'ok', 'AccessDenied']);
    expect(await enter(test, COSTS.role, 'CollectCosts', 'another-one')).toBe('AccessDenied');
  });

  it.each(['config', 'sandbox/config', 'sandbox/config-auto-enroll'])(
    'are short enough to be sent along, without a bucket: %s',
    (folder) => {
      const options = { configuration: loadConfiguration(folder), servesConnector: true };
      [COSTS, STACK_SETS].forEach((one) => {
        expect(Buffer.byteLength(templateOf(one, options))).toBeLessThan(51_200);
      });
    },
  );
});
