import { groupMark, ownedGroups, type PlannedGroup } from '../domain/access/tenant-groups';
import { RejectedError } from '../domain/base/errors';
import type { GroupRecord } from '../domain/records/account-records';
import type { Change } from '../domain/records/ledger-records';
import type { StepContext } from '../domain/run/step-context';
import type { GroupDirectory } from '../ports/identity-center';
import type { TenantRepository } from '../ports/repositories';

export interface OwnGroup {
  readonly planned: PlannedGroup;
  readonly groupId: string;
  /** Made in this very step: nobody is in it. */
  readonly isNew: boolean;
}

interface Ports {
  readonly repository: Pick<TenantRepository, 'update'>;
  readonly groupDirectory: Pick<GroupDirectory, 'findGroup' | 'markOf' | 'createGroup'>;
}

export interface EnsuredGroups {
  readonly groups: readonly OwnGroup[];
  readonly changes: readonly Change[];
  /** With the groups as the ledger knows them now. */
  readonly context: StepContext;
}

/**
 * Each planned group, made where it is not there: while stacks are at work on a new account, and in every run before
 * people come. The ledger knows of it before it is made, and its id afterwards: killed in between, the next run finds a
 * group of this name that carries our mark.
 */
export async function ensureGroups(ports: Ports, context: StepContext): Promise<EnsuredGroups> {
  const groups: OwnGroup[] = [];
  const changes: Change[] = [];
  let known = context;
  for (const planned of context.plan.groups) {
    const found = await ports.groupDirectory.findGroup(planned.name);
    if (found !== undefined && isKnown(known, found)) {
      groups.push({ planned, groupId: found, isNew: false });
      continue;
    }
    const { groupId, records } =
      found === undefined ? await make(ports, known, planned) : await adopt(ports, known, planned, found);
    known = withGroups(known, records);
    groups.push({ planned, groupId, isNew: found === undefined });
    changes.push({ what: `group ${planned.name}`, from: null, to: groupId });
  }
  return { groups, changes, context: known };
}

const isKnown = (context: StepContext, groupId: string): boolean =>
  ownedGroups(context).some((record) => record.groupId === groupId);

const withGroups = (context: StepContext, groups: readonly GroupRecord[]): StepContext => ({
  ...context,
  tenant: { ...context.tenant, groups: [...groups] },
});

interface Recorded {
  readonly groupId: string;
  readonly records: readonly GroupRecord[];
}

async function make(ports: Ports, context: StepContext, { name }: PlannedGroup): Promise<Recorded> {
  const intended = [...withoutIntent(context, name), recordOf(context, name, null)];
  await ports.repository.update('groups', { before: context.tenant.groups, after: intended });
  const groupId = await ports.groupDirectory.createGroup({ name, mark: groupMark(context.tenant.tenantUuid) });
  return record(ports, withGroups(context, intended), name, groupId);
}

/** A group that is there is ours only if we were about to make it, and it carries our mark. */
async function adopt(ports: Ports, context: StepContext, { name }: PlannedGroup, groupId: string): Promise<Recorded> {
  const wasIntended = intentsOf(context, name).length > 0;
  const isOurs = wasIntended && (await ports.groupDirectory.markOf(groupId)) === groupMark(context.tenant.tenantUuid);
  if (!isOurs) throw foreign(context, name, groupId);
  return record(ports, context, name, groupId);
}

async function record({ repository }: Ports, context: StepContext, name: string, groupId: string): Promise<Recorded> {
  const records = [...withoutIntent(context, name), recordOf(context, name, groupId)];
  await repository.update('groups', { before: context.tenant.groups, after: records });
  return { groupId, records };
}

const intentsOf = (context: StepContext, name: string): readonly GroupRecord[] =>
  ownedGroups(context).filter((one) => one.name === name && one.groupId === null);

/** Another group of that name stays known: somebody has renamed it, and RevokeAccess takes it away. */
const withoutIntent = (context: StepContext, name: string): readonly GroupRecord[] => {
  const intents = intentsOf(context, name);
  return context.tenant.groups.filter((one) => !intents.includes(one));
};

const recordOf = (context: StepContext, name: string, groupId: string | null): GroupRecord => ({
  ...intentsOf(context, name)[0],
  identityStoreId: context.plan.identityStore?.identityStoreId ?? '',
  name,
  groupId,
  ...(groupId === null ? {} : { madeAt: context.now.toISOString() }),
});

function foreign({ plan, tenant }: StepContext, name: string, groupId: string): RejectedError {
  const other = tenant.groups.find((record) => record.groupId === groupId)?.identityStoreId;
  const field = plan.identityStore?.scim == null ? 'awsIdentityStore' : 'awsSso';
  return new RejectedError(
    `There is a group "${name}" in IAM Identity Center that this application has not made for this tenant (${groupId}).`,
    other === undefined
      ? RENAME
      : `It was made for this tenant under identityStoreId ${other}: set identityStoreId of ${field} in platform.json to that and deploy; then replay this run.`,
  );
}

const RENAME =
  'Rename or delete that group, or change groupNamePattern in platform.json and deploy; then replay this run. If it was made for this account by the ' +
  'tool that vended it, set adoptGroups in platform.json (docs/moving-from-meshstack.md).';
