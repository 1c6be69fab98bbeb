import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { ManagementClass } from '../../../../functions/aws/permissions/step-permissions';
import { loadConfiguration } from '../../../../infra/config';
import { exampleAuthorization } from '../../../../sandbox/organization/authorization/example-authorization';
import { EXAMPLE_EXTERNAL_ID } from '../../../../sandbox/organization/example-organization';
import type { ServiceRoleSeed } from '../../../../sandbox/organization/organization-seed';
import { embeddedStage } from '../../../../sandbox/runtime/stage/embedded-stage';
import { readOrders } from '../../../../sandbox/commands/demo/order';
import { reportOn } from '../../../../sandbox/commands/demo/report';
import { vend } from '../../../../sandbox/commands/demo/vend';
import {
  administrator,
  assume,
  AUTOMATION,
  MANAGEMENT,
  organizationUnderTest,
  outcomeOf,
  type UnderTest,
} from '../organization-under-test';

const configuration = loadConfiguration('sandbox/config');
const authorization = exampleAuthorization(configuration);

const managementRole = (ofClass: ManagementClass): string =>
  `arn:aws:iam::${MANAGEMENT}:role/MeshfedServiceRole-${ofClass}`;

const by = (app: string): { readonly credentials: ReturnType<typeof administrator>; readonly app: string } => ({
  credentials: administrator('000000000000'),
  app,
});

/** Without one action, wherever a role's own policies have it. */
const without = (roleName: string, action: string): readonly ServiceRoleSeed[] =>
  authorization.map((role) =>
    role.name === roleName
      ? (JSON.parse(JSON.stringify(role).replaceAll(`"${action}"`, '"none:None"')) as ServiceRoleSeed)
      : role,
  );

describe('a role as it is deployed', () => {
  let test: UnderTest;

  beforeEach(() => {
    test = organizationUnderTest({ authorization });
  });

  it.each([
    ['MeshfedServiceRole-Create', managementRole('Create'), 'CreateAccount'],
    ['MeshCostExplorerServiceRole', `arn:aws:iam::${MANAGEMENT}:role/MeshCostExplorerServiceRole`, 'CollectCosts'],
    [
      'MeshfedAutomationRole-StackSets',
      `arn:aws:iam::${AUTOMATION}:role/MeshfedAutomationRole-StackSets`,
      'DeployStackInstances',
    ],
  ])('refuses without the right ExternalId: %s', async (_, RoleArn, app) => {
    expect([
      await outcomeOf(assume(test, by(app), { RoleArn })),
      await outcomeOf(assume(test, by(app), { RoleArn, ExternalId: 'another-external-id-0000' })),
      await outcomeOf(assume(test, by(app), { RoleArn, ExternalId: EXAMPLE_EXTERNAL_ID })),
    ]).toEqual(['AccessDenied', 'AccessDenied', 'ok']);
  });

  it('refuses a function that has nothing to do there', async () => {
    const input = { RoleArn: managementRole('Read'), ExternalId: EXAMPLE_EXTERNAL_ID };
    expect(await outcomeOf(assume(test, by('DeployStackInstances'), input))).toBe('AccessDenied');
    expect(await outcomeOf(assume(test, by('Nobody'), input))).toBe('AccessDenied');
  });

  it('is denied in the words of AWS', async () => {
    const credentials = await assume(test, by('TagAccount'), {
      RoleArn: managementRole('Arrange'),
      ExternalId: EXAMPLE_EXTERNAL_ID,
    });

    await expect(new OrganizationsClient(test.settings(credentials)).send(new ListAccountsCommand({}))).rejects.toThrow(
      `User: arn:aws:sts::${MANAGEMENT}:assumed-role/MeshfedServiceRole-Arrange/under-test is not authorized to perform: ` +
        'organizations:ListAccounts on resource: * because no identity-based policy allows the organizations:ListAccounts action',
    );
  });
});

describe('the embedded demonstration by the roles that are deployed', () => {
  const vended = async (roles: readonly ServiceRoleSeed[]) => {
    const stage = await embeddedStage(configuration, 7, { authorization: roles });
    try {
      const statuses = await vend(stage, readOrders([]), () => undefined);
      const { authorization: report } = await reportOn(stage, statuses);
      return { statuses: statuses.map(({ status }) => status), report };
    } finally {
      await stage.stop();
    }
  };

  it('vends with no denial', async () => {
    const { statuses, report } = await vended(authorization);

    expect(statuses).toEqual(['VENDED', 'VENDED']);
    expect(report).toMatchObject({ enforced: true, denied: 0 });
    expect(report.calls).toBeGreaterThan(100);
    expect(report.unusedActions).toContainEqual({
      role: 'MeshfedServiceRole-Read',
      action: 'organizations:ListAccounts',
    });
  });

  it.each([
    ['MeshfedServiceRole-Arrange', 'organizations:MoveAccount'],
    ['MeshfedServiceRole-ControlTower', 'controltower:CreateManagedAccount'],
    ['MeshfedAutomationRole-StackSets', 'cloudformation:CreateStackInstances'],
    ['vending-TagAccount', 'sts:AssumeRole'],
  ])('fails where %s lacks %s', async (role, action) => {
    const { statuses, report } = await vended(without(role, action));

    expect(statuses).toContain('FAILED');
    expect(report.denied).toBeGreaterThan(0);
  });
});
