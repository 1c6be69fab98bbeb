import { ownedGroups } from '../../domain/access/tenant-groups';
import { RejectedError } from '../../domain/base/errors';
import { secondsBetween, type Step, type StepContext, type StepReport } from '../../domain/run/step-context';
import { secondsUntilFirstLook } from '../../domain/stack-sets/stack-instance-work';
import type { AccountAssignments, GroupDirectory } from '../../ports/identity-center';
import type { TenantRepository } from '../../ports/repositories';
import { type EnsuredGroups, ensureGroups } from '../ensure-groups';
import { givePermissionSets } from '../give-permission-sets';
import { outcomesOf } from '../outcome';

const outcomes = outcomesOf('PrepareAccess');

export interface PrepareAccessPorts {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly groupDirectory: Pick<GroupDirectory, 'findGroup' | 'markOf' | 'createGroup' | 'listMembers'>;
  readonly assignments: AccountAssignments;
  /** The one whose operation is waited for. */
  readonly stackSet: string;
}

/** A pass takes some seconds: with less than that left, nothing is begun. */
const LEAST_SECONDS = 5;

/**
 * While a stack set is at work on a new account: makes the plan's groups and gives those that nobody is in their
 * permission sets, which takes IAM Identity Center its time. Nobody gets into the account by that. People come in the
 * end, by `GrantAccess`, which then only has to add them; `CheckGrants` gives what is still missing. Before each grant
 * the group is looked at: one that has a member gets nothing here.
 *
 * It works until the first look at the stack set is due, and says for how long that is (`waitSeconds`); what fails for
 * good is left to those two, which say why. A right that is missing fails at once: those two would not show that it is
 * missing here. Groups of SCIM do not tell who is in them, and are left to them as well. A
 * second run finds groups and assignments, and writes nothing.
 */
export function prepareAccess(ports: PrepareAccessPorts): Step {
  return async (context) => {
    const left = secondsLeft(context, ports.stackSet);
    const { identityStore, groups } = context.plan;
    if (identityStore === null || identityStore.scim != null || groups.length === 0 || left < LEAST_SECONDS)
      return outcomes.done({ facts: { waitSeconds: left } });
    try {
      return await prepare(ports, context, left);
    } catch (error) {
      if (!(error instanceof RejectedError) || error.denied) throw error;
      return outcomes.done({ facts: { waitSeconds: left }, remark: `Left until people come: ${error.reason}` });
    }
  };
}

async function prepare(ports: PrepareAccessPorts, begun: StepContext, left: number): Promise<StepReport> {
  const { groups, changes: made, context } = await knownGroups(ports, begun);
  const isNew = new Set(groups.flatMap((group) => (group.isNew ? [group.groupId] : [])));
  const mayBeGiven = async (groupId: string): Promise<boolean> =>
    isNew.has(groupId) || (await ports.groupDirectory.listMembers(groupId))?.length === 0;
  const { result, changes = [], ...said } = await givePermissionSets({ ...ports, outcomes, mayBeGiven }, context);
  const told = { ...said, changes: [...made, ...changes] };
  const waitSeconds = Number(result['waitSeconds']);
  return result['ready'] === false && waitSeconds + LEAST_SECONDS <= left
    ? outcomes.requeueAfter(waitSeconds, told)
    : outcomes.done({ ...told, facts: { waitSeconds: left } });
}

/** They are looked for as long as the ledger does not know them all. */
const knownGroups = async (ports: PrepareAccessPorts, context: StepContext): Promise<EnsuredGroups> => {
  const known = new Set(ownedGroups(context).flatMap(({ name, groupId }) => (groupId === null ? [] : [name])));
  return context.plan.groups.every(({ name }) => known.has(name))
    ? { groups: [], changes: [], context }
    : ensureGroups(ports, context);
};

function secondsLeft({ tenant, now }: StepContext, stackSet: string): number {
  const atWork = tenant.stackInstances.filter((one) => one.stackSet === stackSet && one.phase === 'accepted');
  const askedAt = atWork
    .map((one) => one.askedAt)
    .toSorted()
    .at(-1);
  return askedAt === undefined ? 0 : secondsUntilFirstLook(secondsBetween(askedAt, now), atWork.length);
}
