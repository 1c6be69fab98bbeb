import { RejectedError } from '../../domain/base/errors';
import type { VendingPlan } from '../../domain/plan/plan';
import { accountOf, type StepContext } from '../../domain/run/step-context';
import type { GroupDirectory } from '../../ports/identity-center';

/** A group that the identity provider brings, and what it is to have in the account. */
export type ExistingGroup = NonNullable<VendingPlan['existingGroups']>['groups'][number];

/** The ids of the groups that are there, and those that are not. */
export async function findAll(
  directory: Pick<GroupDirectory, 'findGroup'>,
  groups: readonly ExistingGroup[],
): Promise<{ readonly found: ReadonlyMap<ExistingGroup, string>; readonly absent: readonly ExistingGroup[] }> {
  const found = new Map<ExistingGroup, string>();
  for (const group of groups) {
    const groupId = await directory.findGroup(group.name);
    if (groupId !== undefined) found.set(group, groupId);
  }
  return { found, absent: groups.filter((group) => !found.has(group)) };
}

export function groupsNotThere({ existingGroups }: VendingPlan, absent: readonly ExistingGroup[]): RejectedError {
  const names = absent.map(({ name, awsRole }) => `"${name}" (role ${awsRole})`).join(' and no group ');
  return new RejectedError(
    `There is no group ${names} in IAM Identity Center after ${existingGroups?.withinHours ?? 0} hours.`,
    'Have your identity provider push the group under exactly this name, or correct existingGroupNamePattern of the role in awsRoleMappings and deploy; ' +
      'then replay this run. Where groups take longer, raise groupsWithinHours of awsIdentityStore or awsSso in platform.json.',
  );
}

export const assignmentsHang = (): RejectedError =>
  new RejectedError(
    'IAM Identity Center had not finished with the assignments of this account after 60 minutes.',
    'Look in the IAM Identity Center console for assignments that hang or for somebody else who makes many; then replay this run.',
  );

interface Unknown {
  readonly planned: ExistingGroup;
  readonly groupId: string;
  readonly permissionSetArn: string;
}

export function notKnown(context: StepContext, { planned, ...ids }: Unknown, inWords: string): RejectedError {
  const { groupId, permissionSetArn } = ids;
  return new RejectedError(
    `IAM Identity Center does not know the permission set ${permissionSetArn} of the role "${planned.awsRole}", the group "${planned.name}" (${groupId}), ` +
      `or the account ${accountOf(context).id} (${inWords}).`,
    `If it is the permission set, correct those of "${planned.awsRole}" in awsRoleMappings of platform.json or landing-zones/${context.plan.landingZone}.json ` +
      'and deploy; then replay this run.',
  );
}
