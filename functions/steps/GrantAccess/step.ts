import { memberDifferences, plannedPeople, wantedMembers, type PlannedGroup } from '../../domain/access/tenant-groups';
import { areGiven } from '../../domain/access/assignment-verdict';
import { isInForce, keptFromTheBeginning, keptPolicyChange } from '../../domain/access/kept-rights';
import type { Change } from '../../domain/records/ledger-records';
import { saidWhereTrue, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import type { TenantRepository } from '../../ports/repositories';
import type { GroupDirectory } from '../../ports/identity-center';
import type { SamlAccess } from '../../ports/iam';
import { grantSamlAccess } from './grant-saml-access';
import { ensureGroups, type OwnGroup } from '../ensure-groups';

export interface GrantAccessPorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly groupDirectory: GroupDirectory;
  readonly saml: SamlAccess;
  /** When a state of this run that came to its end has made such a change; absent, or null: none has. */
  readonly changedAt?: (change: Change) => Date | null;
}

/**
 * Makes the plan's groups in IAM Identity Center and adds their members. Somebody whom the directory does not know is
 * skipped with a remark, and added by the first run after they have come. Nobody is removed here (RevokeAccess does
 * that, early), and a group of the same name that is not ours is left alone. A second run finds groups and members, and
 * writes nothing.
 *
 * `granted`: PrepareAccess has seen all permission sets of these very groups given, so CheckGrants would find nothing
 * to do. `kept`: the policy that the access role keeps is in force since OpenAccount, so DowngradeAccessRole would not.
 *
 * @throws RejectedError when there is a foreign group of that name
 */
export function grantAccess(ports: GrantAccessPorts): Step {
  return async (context) => {
    const { changedAt = () => null } = ports;
    const { result, ...said } = await grant(ports, context, changedAt);
    const policy = keptFromTheBeginning(context);
    const putAt = policy && changedAt(keptPolicyChange(context.plan.account.accessRole, policy.name));
    return { ...said, result: { ...result, ...saidWhereTrue({ kept: isInForce(putAt, context.now) }) } };
  };
}

async function grant(
  ports: GrantAccessPorts,
  context: StepContext,
  changedAt: NonNullable<GrantAccessPorts['changedAt']>,
): Promise<StepReport> {
  if (context.plan.samlAccess !== null) return grantSamlAccess(ports, context, context.plan.samlAccess);
  if (context.plan.identityStore === null) return { result: { groups: 0 } };
  const { groups, changes } = await ensureGroups(ports, context);
  const people = context.plan.membersKnown ? plannedPeople(context.plan.groups) : [];
  const users = await ports.groupDirectory.findUsers(people);
  const added = await addMembers(ports.groupDirectory, groups, users);
  const unknown = people.filter((one) => !users.has(one));
  const granted = changes.length === 0 && groups.length > 0 && areGiven(context, changedAt);
  return {
    result: { groups: groups.length, ...saidWhereTrue({ granted }) },
    changes: [...changes, ...added],
    ...(unknown.length === 0 ? {} : { remark: skipped(context, unknown) }),
  };
}

async function addMembers(
  directory: GroupDirectory,
  groups: readonly OwnGroup[],
  users: ReadonlyMap<string, string>,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const { groupId, planned, isNew } of groups) {
    const wanted = wantedMembers(planned, users);
    if (wanted.size === 0) continue;
    const members = isNew ? [] : await directory.listMembers(groupId);
    const { add } = memberDifferences(members ?? [], wanted);
    if (add.length > 0) await directory.addMembers(groupId, add);
    changes.push(...add.map((userId) => memberAdded(planned, userId)));
  }
  return changes;
}

/** Names the member by the directory's id: the timeline is kept for good, and names nobody. */
const memberAdded = ({ name }: PlannedGroup, userId: string): Change => ({
  what: `member of ${name}`,
  from: null,
  to: userId,
});

function skipped({ plan }: StepContext, unknown: readonly string[]): string {
  const names = unknown.map((one) => plan.meshIdentifiers[one.toLowerCase()] ?? 'somebody').toSorted();
  return `IAM Identity Center does not know ${names.join(', ')} (by userName, which is the euid): no access for now.`;
}
