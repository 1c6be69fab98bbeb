import type { Plan } from '../api/order';

interface Row {
  readonly state: string;
  readonly what: string;
  readonly from: null;
  readonly to: string;
}

interface Planned extends Pick<
  Plan,
  'account' | 'targetOrgUnitId' | 'enrollment' | 'stackSets' | 'groups' | 'customizations'
> {
  readonly tags: Readonly<Record<string, unknown>>;
}

/** What a run makes for a tenant that has no account yet. */
export function createdBy(plan: Planned): readonly Row[] {
  const { account, targetOrgUnitId, tags, enrollment, stackSets, groups, customizations } = plan;
  const row = (state: string, what: string, to: string): Row => ({ state, what, from: null, to });
  return [
    row('CreateAccount', 'account', `${account.name}, ${account.email}`),
    ...Object.entries(tags).map(([key, value]) => row('TagAccount', `tag ${key}`, String(value))),
    row('MoveAccount', 'organizational unit', targetOrgUnitId ?? 'that of the workspace'),
    ...(enrollment === null ? [] : [row('EnrollAccount', 'Control Tower', 'enrolled')]),
    row('SetAccountAlias', 'alias', account.alias),
    ...stackSets.map(({ name, regions }) => row('DeployStackInstances', `stack set ${name}`, regions.join(', '))),
    ...(customizations ?? []).map(({ name }) => row('CustomizeAccount', `customization ${name}`, 'run')),
    ...groups.map(({ name, members }) => row('GrantAccess', `group ${name}`, `${members.length} members`)),
  ];
}

/** Of a plan's remarks, those on the configuration, which nobody who orders can change. */
export const isOnConfiguration = (remark: string): boolean => /^account\w+Pattern gives two tenants /u.test(remark);

type Questioned = Pick<Plan, 'existingAccountId' | 'changes' | 'landingZone' | 'accountState'>;

/** What somebody is asked before a desired state is sent. */
export function orderQuestion({ existingAccountId, changes, landingZone, accountState }: Questioned): string {
  if (accountState !== undefined) return 'Delete this tenant?';
  if (existingAccountId !== null) return `Bring account ${existingAccountId} to this desired state?`;
  return changes === null ? `Create 1 AWS account in ${landingZone}?` : 'Change this tenant’s account?';
}
