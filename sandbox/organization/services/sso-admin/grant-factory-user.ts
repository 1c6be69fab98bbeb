import { drawUuid } from '../../draw';
import type { OrganizationState } from '../../organization-state';
import type { Parameters } from '../service-catalog/account-factory-state';
import { assignmentKey, type DirectoryUser, type IdentityCenter, userCalled, userWithEmail } from './identity-center';

type Person = Pick<Parameters, 'SSOUserEmail' | 'SSOUserFirstName' | 'SSOUserLastName'>;

const PERMISSION_SET = 'AWSAdministratorAccess';

/**
 * What the Account Factory gives the person of its SSO parameters in the account that it works on. Nothing takes it
 * away again: neither another user in an update, nor taking the account out of Control Tower.
 *
 * @evidence documented controltower/userguide/provision-as-end-user: the user of SSOUserEmail gets administrative
 *   access to the account
 * @evidence documented controltower/userguide/unmanage-account: that user keeps administrative access when the account
 *   is unenrolled
 * @evidence documented controltower/userguide/sso: an update with another SSOUserEmail makes a new user, and the user
 *   before is not removed
 * @evidence reported "github idealo/terraform-provider-controltower#223": an update adds the new user's assignment and
 *   does not drop the old one's
 * @evidence reported "github idealo/terraform-provider-controltower#223": the set is AWSAdministratorAccess, and the
 *   assignment is the user's own
 */
export function grantFactoryUser(state: OrganizationState, parameters: Person, accountId: string): void {
  const { identityCenter: center } = state;
  if (center === null) return;
  const user = factoryUser(state, center, parameters);
  const set = [...center.permissionSets.values()].find(({ name }) => name === PERMISSION_SET);
  if (user === undefined || set === undefined) return;
  const principal = { principalType: 'USER', principalId: user.id } as const;
  const assignment = { accountId, permissionSetArn: set.arn, ...principal };
  center.assignments.set(assignmentKey(assignment), assignment);
}

/**
 * Somebody of that e-mail, or a new user where Identity Center keeps its own people.
 *
 * @evidence documented controltower/userguide/getting-started-prereqs: with Active Directory Control Tower assigns
 *   nobody to new accounts
 * @evidence documented controltower/userguide/getting-started-prereqs: with an external identity provider an existing
 *   user of it gets access, once both sides know the name; that nobody is made is our reading
 */
function factoryUser(
  { random, seed }: OrganizationState,
  center: IdentityCenter,
  { SSOUserEmail: email, SSOUserFirstName: givenName, SSOUserLastName: familyName }: Person,
): DirectoryUser | undefined {
  const source = seed.identityCenter?.identitySource ?? 'identity-center';
  if (source === 'active-directory') return undefined;
  const known = userWithEmail(center, email) ?? userCalled(center, email);
  if (known !== undefined || source === 'external') {
    return known;
  }
  const id = drawUuid(random);
  const made = { id, userName: email, givenName, familyName, displayName: `${givenName} ${familyName}`, email };
  center.users.set(id, made);
  return made;
}
