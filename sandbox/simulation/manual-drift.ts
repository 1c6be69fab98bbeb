import type { VendingPlan } from '../../functions/domain/plan/plan';
import type { Account, OrganizationState } from '../organization/organization-state';
import { administratorAccessArn } from '../organization/services/iam/aws-managed-policies';
import { assignmentKey } from '../organization/services/sso-admin/identity-center';
import { type Rng, rngFor } from './rng';

const OURS = 'mst-';
const READ_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
});

/** One change by hand in an account, or to its groups. */
type ManualChange = (parts: {
  readonly state: OrganizationState;
  readonly account: Account;
  readonly plan: VendingPlan;
  readonly rng: Rng;
  /** For names that must not be there twice. */
  readonly number: number;
}) => void;

/** Changes of administrators by hand, between two runs, to what we manage. The next run has to repair all of it. */
export class ManualDrift {
  readonly #rng: Rng;
  #changes = 0;

  constructor(seed: number) {
    this.#rng = rngFor(seed, 'manual changes');
  }

  get changes(): number {
    return this.#changes;
  }

  /** @param plans by account id, of the runs that were last */
  makeChanges(state: OrganizationState, plans: ReadonlyMap<string, VendingPlan>): void {
    for (const [accountId, plan] of plans) {
      const account = state.accounts.get(accountId);
      for (const change of MANUAL_CHANGES) {
        if (account === undefined || !this.#rng.happens(0.2)) continue;
        this.#changes += 1;
        change({ state, account, plan, rng: this.#rng, number: this.#changes });
      }
    }
  }
}

const addTag: ManualChange = ({ account, number }) => void account.tags.set('meshstack_by_hand', `value ${number}`);

const removeTag: ManualChange = ({ account, plan, rng }) => {
  const [first, ...others] = Object.keys(plan.tags);
  if (first !== undefined) account.tags.delete(rng.oneOf([first, ...others]));
};

const renameAccount: ManualChange = ({ account, number }) => {
  account.alias = `by-hand-${number}`;
};

/** Out of Control Tower's sight as well, which is drift there. */
const moveAccount: ManualChange = ({ state, account, rng }) => {
  const units = [...state.units.values()].map(({ id }) => id);
  account.parentId = rng.oneOf([state.seed.rootId, ...units]);
};

const giveAccessRoleMore: ManualChange = ({ state, account, plan, number }) => {
  const role = account.roles.get(plan.account.accessRole);
  role?.attached.set(administratorAccessArn(state.seed), { name: 'AdministratorAccess', effectiveAt: 0 });
  role?.inline.set(`by-hand-${number}`, { document: READ_ONLY, effectiveAt: 0, previous: null });
};

const deleteExecutionRole: ManualChange = ({ account, plan }) => {
  if (plan.stackSetExecutionRole !== null) account.roles.delete(plan.stackSetExecutionRole.name);
};

const taintProduct: ManualChange = ({ state, account }) => {
  for (const product of state.accountFactory?.provisionedProducts.values() ?? []) {
    if (product.physicalId === account.id && product.status === 'AVAILABLE') product.status = 'TAINTED';
  }
};

const deleteStackInstance: ManualChange = ({ state, account, rng }) => {
  for (const { instances } of state.stackSets.values()) {
    const [first, ...others] = [...instances].filter(([, { accountId }]) => accountId === account.id);
    if (first !== undefined) instances.delete(rng.oneOf([first, ...others])[0]);
  }
};

const groupsOf = ({ identityCenter }: OrganizationState, { groups }: VendingPlan) =>
  [...(identityCenter?.groups.values() ?? [])].filter(({ displayName }) =>
    groups.some(({ name }) => name === displayName),
  );

const deleteGroup: ManualChange = ({ state, plan, rng }) => {
  const [first, ...others] = groupsOf(state, plan);
  if (first === undefined) return;
  const { id } = rng.oneOf([first, ...others]);
  state.identityCenter?.groups.delete(id);
  for (const membership of [...(state.identityCenter?.memberships.values() ?? [])]) {
    if (membership.groupId === id) state.identityCenter?.memberships.delete(membership.id);
  }
};

const renameGroup: ManualChange = ({ state, plan, number }) => {
  const [group] = groupsOf(state, plan);
  if (group !== undefined) state.identityCenter?.groups.set(group.id, { ...group, displayName: `${OURS}${number}` });
};

const changeMembers: ManualChange = ({ state, plan, rng, number }) => {
  const { identityCenter } = state;
  const [user, ...users] = [...(identityCenter?.users.values() ?? [])];
  const [group, ...groups] = groupsOf(state, plan);
  if (identityCenter === null || user === undefined || group === undefined) return;
  const groupId = rng.oneOf([group, ...groups]).id;
  const userId = rng.oneOf([user, ...users]).id;
  const members = [...identityCenter.memberships.values()].filter((one) => one.groupId === groupId);
  const known = members.find((one) => one.userId === userId);
  const id = `90675678-0000-4000-8000-${String(number).padStart(12, '0')}`;
  if (known === undefined) identityCenter.memberships.set(id, { id, groupId, userId });
  else identityCenter.memberships.delete(known.id);
};

const changeAssignments: ManualChange = ({ state, account, plan, rng }) => {
  const { identityCenter } = state;
  const [group] = groupsOf(state, plan);
  const [set, ...sets] = [...(identityCenter?.permissionSets.keys() ?? [])];
  if (identityCenter === null || group === undefined || set === undefined) return;
  const principal = { principalId: group.id, principalType: 'GROUP' } as const;
  const assignment = { accountId: account.id, permissionSetArn: rng.oneOf([set, ...sets]), ...principal };
  const key = assignmentKey(assignment);
  if (!identityCenter.assignments.delete(key)) identityCenter.assignments.set(key, assignment);
};

const MANUAL_CHANGES: readonly ManualChange[] = [
  addTag,
  removeTag,
  renameAccount,
  moveAccount,
  giveAccessRoleMore,
  deleteExecutionRole,
  taintProduct,
  deleteStackInstance,
  deleteGroup,
  renameGroup,
  changeMembers,
  changeAssignments,
];
