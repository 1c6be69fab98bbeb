import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { stepPermissions } from '../../../../functions/aws/step-permissions';
import { sessionPolicy } from '../../../../functions/aws/session-policy';
import type { TaskName } from '../../../../functions/domain/state-name';
import { loadConfiguration } from '../../../../infra/config';
import { exampleAuthorization } from '../../../../sandbox/organization/authorization/example-authorization';
import { EXAMPLE_EXTERNAL_ID } from '../../../../sandbox/organization/example-organization';
import type { ServiceRoleSeed } from '../../../../sandbox/organization/organization-seed';
import { embeddedStage } from '../../../../sandbox/stage/embedded-stage';
import { readOrders } from '../../../../sandbox/demo/order';
import { reportOn } from '../../../../sandbox/demo/report';
import { vend } from '../../../../sandbox/demo/vend';
import {
  administrator,
  assume,
  AUTOMATION,
  MANAGEMENT,
  organizationUnderTest,
  outcomeOf,
  SERVICE_ROLE,
  type UnderTest,
} from '../organization-under-test';

const configuration = loadConfiguration('sandbox/config');
const authorization = exampleAuthorization(configuration);

const goingTo = (column: 'management' | 'automation'): readonly TaskName[] =>
  (Object.keys(stepPermissions) as TaskName[]).filter((state) => stepPermissions[state][column] !== undefined);

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
    ['MeshfedServiceRole', SERVICE_ROLE, 'CreateAccount'],
    ['MeshCostExplorerServiceRole', `arn:aws:iam::${MANAGEMENT}:role/MeshCostExplorerServiceRole`, 'CollectCosts'],
    ['MeshfedAutomationRole', `arn:aws:iam::${AUTOMATION}:role/MeshfedAutomationRole`, 'DeployStackInstances'],
  ])('refuses without the right ExternalId: %s', async (_, RoleArn, app) => {
    expect([
      await outcomeOf(assume(test, by(app), { RoleArn })),
      await outcomeOf(assume(test, by(app), { RoleArn, ExternalId: 'another-external-id-0000' })),
      await outcomeOf(assume(test, by(app), { RoleArn, ExternalId: EXAMPLE_EXTERNAL_ID })),
    ]).toEqual(['AccessDenied', 'AccessDenied', 'ok']);
  });

  it('refuses a function that has nothing to do there', async () => {
    const input = { RoleArn: SERVICE_ROLE, ExternalId: EXAMPLE_EXTERNAL_ID };
    expect(await outcomeOf(assume(test, by('DeployStackInstances'), input))).toBe('AccessDenied');
    expect(await outcomeOf(assume(test, by('Nobody'), input))).toBe('AccessDenied');
  });

  it.each(goingTo('management'))('lets the session of %s do what is in its row and no more', async (state) => {
    const actions = stepPermissions[state].management ?? [];
    const Policy = sessionPolicy(actions);
    const credentials = await assume(test, by(state), {
      RoleArn: SERVICE_ROLE,
      ExternalId: EXAMPLE_EXTERNAL_ID,
      Policy,
    });
    const outcome = await outcomeOf(
      new OrganizationsClient(test.settings(credentials, state)).send(new ListAccountsCommand({})),
    );

    expect(outcome).toBe(actions.includes('organizations:ListAccounts') ? 'ok' : 'AccessDeniedException');
  });

  it('is denied in the words of AWS', async () => {
    const credentials = await assume(test, by('TagAccount'), {
      RoleArn: SERVICE_ROLE,
      ExternalId: EXAMPLE_EXTERNAL_ID,
      Policy: sessionPolicy(['organizations:TagResource']),
    });

    await expect(new OrganizationsClient(test.settings(credentials)).send(new ListAccountsCommand({}))).rejects.toThrow(
      `User: arn:aws:sts::${MANAGEMENT}:assumed-role/MeshfedServiceRole/under-test is not authorized to perform: ` +
        'organizations:ListAccounts on resource: * because no session policy allows the organizations:ListAccounts action',
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
    expect(report.unusedActions).toContainEqual({ role: 'MeshfedServiceRole', action: 'organizations:ListAccounts' });
  });

  it.each([
    ['MeshfedServiceRole', 'organizations:MoveAccount'],
    ['MeshfedServiceRole', 'controltower:CreateManagedAccount'],
    ['MeshfedAutomationRole', 'cloudformation:CreateStackInstances'],
    ['vending-TagAccount', 'sts:AssumeRole'],
  ])('fails where %s lacks %s', async (role, action) => {
    const { statuses, report } = await vended(without(role, action));

    expect(statuses).toContain('FAILED');
    expect(report.denied).toBeGreaterThan(0);
  });
});
