import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { IdentityCenterSeed, OrganizationSeed } from '../../../sandbox/organization/organization-seed';
import { grantFactoryUser } from '../../../sandbox/organization/services/sso-admin/grant-factory-user';
import { MANAGEMENT, organizationUnderTest } from './organization-under-test';

const ADMINISTRATOR = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-a000000000000007';
const parameters = (SSOUserEmail: string) => ({ SSOUserEmail, SSOUserFirstName: 'New', SSOUserLastName: 'Person' });

function seedWith(identitySource: IdentityCenterSeed['identitySource']): OrganizationSeed {
  const { identityCenter, ...seed } = exampleOrganization();
  if (identityCenter === undefined || identitySource === undefined) throw new Error('There is nothing to seed.');
  return { ...seed, identityCenter: { ...identityCenter, identitySource } };
}

/** Who has what in an account, by user names. */
function worldWith(seed: OrganizationSeed = exampleOrganization()) {
  const { state } = organizationUnderTest({ seed }).organization;
  return {
    grant: (email: string) => {
      grantFactoryUser(state, parameters(email), MANAGEMENT);
    },
    users: () => [...(state.identityCenter?.users.values() ?? [])].map(({ userName }) => userName),
    assignments: () =>
      [...(state.identityCenter?.assignments.values() ?? [])].map(
        ({ principalType, principalId, permissionSetArn }) =>
          `${principalType} ${state.identityCenter?.users.get(principalId)?.userName ?? ''} ${permissionSetArn}`,
      ),
  };
}

describe('the user of the Account Factory', () => {
  it('is found by e-mail, whatever the case, and administers the account', () => {
    const world = worldWith();
    world.grant('JANE@corp.example');
    expect(world.assignments()).toEqual([`USER Jane@corp.example ${ADMINISTRATOR}`]);
  });

  it('is made where nobody has the e-mail', () => {
    const world = worldWith();
    world.grant('new@corp.example');
    expect(world.users()).toContain('new@corp.example');
    expect(world.assignments()).toEqual([`USER new@corp.example ${ADMINISTRATOR}`]);
  });

  it('stays when another one is named', () => {
    const world = worldWith();
    world.grant('jane@corp.example');
    world.grant('omar@corp.example');
    expect(world.assignments()).toHaveLength(2);
  });

  it.each([
    ['external', 'jane@corp.example', 1],
    ['external', 'new@corp.example', 0],
    ['active-directory', 'jane@corp.example', 0],
  ] as const)('of a directory that is %s: %s gets %s assignments', (source, email, count) => {
    const world = worldWith(seedWith(source));
    world.grant(email);
    expect(world.assignments()).toHaveLength(count);
    expect(world.users()).not.toContain('new@corp.example');
  });
});
