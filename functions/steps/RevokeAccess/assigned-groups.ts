import type { AssignedGroup } from '../../domain/records/account-records';
import { accountOf, type StepContext } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { AccountAssignments, GroupDirectory } from '../../ports/identity-center';
import type { Deletion } from './delete-assignments';

interface Ports {
  readonly canEnter?: boolean;
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly groupDirectory: Pick<GroupDirectory, 'findGroup'>;
  readonly assignments: Pick<AccountAssignments, 'listOfGroup'>;
}

/**
 * The first permission set that a mapping has given a group of the identity provider, and that no mapping gives it any
 * more: the mapping has changed, the tenant is to go, or the group has another name now or is gone. The group, its
 * members, and what others have given it stay. Once nothing is left to take away, the ledger forgets what is not
 * planned.
 */
export async function nextOfAssignedGroups(ports: Ports, context: StepContext): Promise<Deletion | undefined> {
  const { tenant, plan } = context;
  const records = tenant.assignedGroups ?? [];
  if (records.length === 0 || ports.canEnter === false || plan.skipUserGroupPermissionCleanup) return undefined;
  const wanted = await wantedById(ports, context);
  const compared = records.map((record) => ({ record, ...compare(record, wanted, context) }));
  for (const { record, unwanted } of compared.filter((one) => one.unwanted.length > 0)) {
    const actual = await ports.assignments.listOfGroup(accountOf(context).id, record.groupId);
    const permissionSetArn = unwanted.find((arn) => actual.includes(arn));
    if (permissionSetArn === undefined) continue;
    const change = { what: `assignment of ${record.name}`, from: permissionSetArn, to: null };
    return { change, groupId: record.groupId, permissionSetArn };
  }
  if (compared.every(({ unwanted }) => unwanted.length === 0)) return undefined;
  const after = compared.flatMap(({ record, kept }) =>
    kept.length === 0 ? [] : [{ ...record, permissionSetArns: [...kept] }],
  );
  await ports.repository.update('assignedGroups', { before: tenant.assignedGroups, after });
  return undefined;
}

/** A directory that is no longer configured cannot be asked: what was given there stays. */
function compare(
  { identityStoreId, groupId, permissionSetArns }: AssignedGroup,
  wanted: ReadonlyMap<string, readonly string[]>,
  { plan }: StepContext,
): { readonly kept: readonly string[]; readonly unwanted: readonly string[] } {
  if (identityStoreId !== plan.identityStore?.identityStoreId) return { kept: permissionSetArns, unwanted: [] };
  const planned = wanted.get(groupId) ?? [];
  return {
    kept: permissionSetArns.filter((arn) => planned.includes(arn)),
    unwanted: permissionSetArns.filter((arn) => !planned.includes(arn)),
  };
}

/** The permission sets that are planned for each group, by its id of today. */
async function wantedById({ groupDirectory }: Ports, { plan }: StepContext): Promise<ReadonlyMap<string, string[]>> {
  const wanted = new Map<string, string[]>();
  for (const { name, permissionSetArns } of plan.existingGroups?.groups ?? []) {
    const groupId = await groupDirectory.findGroup(name);
    if (groupId !== undefined) wanted.set(groupId, permissionSetArns);
  }
  return wanted;
}
