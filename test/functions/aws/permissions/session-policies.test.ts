import { automationCredentials, enterMember, managementCredentials } from '../../../../functions/aws/base/assumed-role';
import { iamMemberAlias } from '../../../../functions/aws/iam/iam-member-alias';
import { organizationsTree } from '../../../../functions/aws/organizations/organizations-tree';
import { functionPermissions } from '../../../../functions/aws/permissions/function-permissions';
import type { TaskName } from '../../../../functions/domain/base/state-name';
import { ACCESS_ROLE, entry, MEMBER, OrganizationWorld } from '../organization-world';

const callerOf = (world: OrganizationWorld, state: TaskName): ReturnType<OrganizationWorld['caller']> =>
  world.caller({ functionName: state, permissions: functionPermissions[state] });

/** The policy of each session that was asked for: by which role, and its only statement. */
const sessionsOf = (world: OrganizationWorld): readonly unknown[] =>
  world.callsOf('AssumeRole').map(({ input }) => {
    const { RoleArn, Policy = '{"Statement":[]}' } = input as { RoleArn: string; Policy?: string };
    const { Statement } = JSON.parse(Policy) as { Statement: unknown[] };
    return [RoleArn, ...Statement];
  });

const ENTRY_ROLE = 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Enter';
const MEMBER_ROLE = `arn:aws:iam::${MEMBER}:role/${ACCESS_ROLE}`;

describe('a session', () => {
  it('of a service role has the rights of that role: there is no policy that could be left out', async () => {
    const world = new OrganizationWorld();

    await organizationsTree(callerOf(world, 'OpenAccount')).parentOf(MEMBER);
    await automationCredentials(callerOf(world, 'CheckStackInstances'))();
    await managementCredentials(callerOf(world, 'EnrollAccount'))();

    const asked = world.callsOf('AssumeRole').map(({ input }) => Object.keys(input as object).toSorted());
    expect(asked).toEqual(asked.map(() => ['DurationSeconds', 'ExternalId', 'RoleArn', 'RoleSessionName']));
    expect(asked).toHaveLength(3);
  });

  it('in a member account has the actions of its step, and the way there is the role for it', async () => {
    const world = new OrganizationWorld();

    await iamMemberAlias(callerOf(world, 'SetAccountAlias')).read(entry);

    expect(sessionsOf(world)).toEqual([
      [ENTRY_ROLE],
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

  it('is not asked for where the row of the step does not name the account', async () => {
    const world = new OrganizationWorld();

    const tag = callerOf(world, 'TagAccount');
    await expect(async () => automationCredentials(tag)()).rejects.toThrow(/TagAccount acts in an account/u);
    await expect(enterMember(tag, entry)).rejects.toThrow(/steps\/table\.ts/u);
    expect(world.callsOf('AssumeRole')).toEqual([]);
  });
});
