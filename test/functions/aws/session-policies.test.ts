import { automationCredentials, enterMember, managementCredentials } from '../../../functions/aws/assumed-role';
import { iamMemberAlias } from '../../../functions/aws/iam-member-alias';
import { organizationsTree } from '../../../functions/aws/organizations-tree';
import { stepPermissions } from '../../../functions/aws/step-permissions';
import type { TaskName } from '../../../functions/domain/state-name';
import { ACCESS_ROLE, entry, MEMBER, OrganizationWorld } from './organization-world';

const callerOf = (world: OrganizationWorld, state: TaskName): ReturnType<OrganizationWorld['caller']> =>
  world.caller({ functionName: state, permissions: stepPermissions[state] });

/** The policy of each session that was asked for: by which role, and its only statement. */
const sessionsOf = (world: OrganizationWorld): readonly unknown[] =>
  world.callsOf('AssumeRole').map(({ input }) => {
    const { RoleArn, Policy } = input as { RoleArn: string; Policy: string };
    const { Statement } = JSON.parse(Policy) as { Statement: unknown[] };
    return [RoleArn, ...Statement];
  });

const MANAGEMENT_ROLE = 'arn:aws:iam::222222222222:role/MeshfedServiceRole';
const AUTOMATION_ROLE = 'arn:aws:iam::333333333333:role/MeshfedAutomationRole';
const MEMBER_ROLE = `arn:aws:iam::${MEMBER}:role/${ACCESS_ROLE}`;

describe('a session', () => {
  it('in the management account has the actions of its step', async () => {
    const world = new OrganizationWorld();

    await organizationsTree(callerOf(world, 'OpenAccount')).parentOf(MEMBER);

    expect(sessionsOf(world)).toEqual([
      [
        MANAGEMENT_ROLE,
        { Effect: 'Allow', Action: ['organizations:ListParents', 'organizations:MoveAccount'], Resource: '*' },
      ],
    ]);
  });

  it('in the automation account has the actions of its step', async () => {
    const world = new OrganizationWorld();

    await automationCredentials(callerOf(world, 'CheckStackInstances'))();

    expect(sessionsOf(world)).toEqual([
      [AUTOMATION_ROLE, { Effect: 'Allow', Action: ['cloudformation:ListStackInstances'], Resource: '*' }],
    ]);
  });

  it('on the way into a member account can assume the access role of that account and nothing else', async () => {
    const world = new OrganizationWorld();

    await iamMemberAlias(callerOf(world, 'SetAccountAlias')).read(entry);

    expect(sessionsOf(world)).toEqual([
      [MANAGEMENT_ROLE, { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: MEMBER_ROLE }],
      [
        MEMBER_ROLE,
        {
          Effect: 'Allow',
          Action: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],
          Resource: '*',
        },
      ],
    ]);
  });

  it('that only shows that the account can be entered may do nothing in it', async () => {
    const world = new OrganizationWorld();

    await enterMember(callerOf(world, 'CheckAccess'), entry);

    expect(sessionsOf(world)[1]).toEqual([MEMBER_ROLE, { Effect: 'Deny', Action: '*', Resource: '*' }]);
  });

  it('cannot do the work of another step', async () => {
    const world = new OrganizationWorld();

    await expect(iamMemberAlias(callerOf(world, 'DowngradeAccessRole')).read(entry)).rejects.toThrow(
      /not authorized to perform: iam:ListAccountAliases/u,
    );
  });

  it('of the step that calls the Account Factory keeps AWS’s policy for end users of Service Catalog', async () => {
    const world = new OrganizationWorld();

    await managementCredentials(callerOf(world, 'EnrollAccount'))();
    await managementCredentials(callerOf(world, 'CheckEnrollment'))();

    const policyArns = world.callsOf('AssumeRole').map(({ input }) => (input as { PolicyArns?: unknown }).PolicyArns);
    expect(policyArns).toEqual([[{ arn: 'arn:aws:iam::aws:policy/AWSServiceCatalogEndUserFullAccess' }], undefined]);
  });

  it('is not asked for where the row of the step does not name the account', async () => {
    const world = new OrganizationWorld();

    const tag = callerOf(world, 'TagAccount');
    await expect(async () => automationCredentials(tag)()).rejects.toThrow(/TagAccount acts in an account/u);
    await expect(enterMember(tag, entry)).rejects.toThrow(/step-permissions\.ts/u);
    expect(world.callsOf('AssumeRole')).toEqual([]);
  });
});
