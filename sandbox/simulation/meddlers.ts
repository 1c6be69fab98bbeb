import type { VendingPlan } from '../../functions/domain/plan/plan';
import type { Account, OrganizationState } from '../organization/organization-state';
import { administratorAccessArn } from '../organization/services/iam/aws-managed-policies';
import { assignmentKey } from '../organization/services/sso-admin/identity-center';
import { type Chance, chanceFor } from './chance';

const OURS = 'mst-';
const READ_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
});

/** One thing that somebody does by hand in an account, or to its groups. */
type Deed = (parts: {
  readonly state: OrganizationState;
  readonly account: Account;
  readonly plan: VendingPlan;
  readonly chance: Chance;
  /** For names that must not be there twice. */
  readonly number: number;
}) => void;

/** People with administrator rights who change by hand, between two runs, what is ours. All of it is to be put right by the next run. */
export class Meddlers {
  readonly #chance: Chance;
  #deeds = 0;

  constructor(seed: number) {
    this.#chance = chanceFor(seed, 'meddlers');
  }

  get deeds(): number {
    return this.#deeds;
  }

  /** @param plans by account id, of the runs that were last */
  meddle(state: OrganizationState, plans: ReadonlyMap<string, VendingPlan>): void {
    for (const [accountId, plan] of plans) {
      const account = state.accounts.get(accountId);
      for (const deed of DEEDS) {
        if (account === undefined || !this.#chance.happens(0.2)) continue;
        this.#deeds += 1;
        deed({ state, account, plan, chance: this.#chance, number: this.#deeds });
      }
    }
  }
}

const addTag: Deed = ({ account, number }) => void account.tags.set('meshstack_by_hand', `value ${number}`);

const removeTag: Deed = ({ account, plan, chance }) => {
  const [first, ...others] = Object.keys(plan.tags);
  if (first !== undefined) account.tags.delete(chance.oneOf([first, ...others]));
};

const renameAccount: Deed = ({ account, number }) => {
  account.alias = `by-hand-${number}`;
};

/** Out of Control Tower's sight as well, which is drift there. */
const moveAccount: Deed = ({ state, account, chance }) => {
  const units = [...state.units.values()].map(({ id }) => id);
  account.parentId = chance.oneOf([state.seed.rootId, ...units]);
};

const giveAccessRoleMore: Deed = ({ state, account, plan, number }) => {
  const role = account.roles.get(plan.account.accessRole);
  role?.attached.set(administratorAccessArn(state.seed), { name: 'AdministratorAccess', effectiveAt: 0 });
  role?.inline.set(`by-hand-${number}`, { document: READ_ONLY, effectiveAt: 0, previous: null });
};

const deleteExecutionRole: Deed = ({ account, plan }) => {
  if (plan.stackSetExecutionRole !== null) account.roles.delete(plan.stackSetExecutionRole.name);
};

const taintProduct: Deed = ({ state, account }) => {
  for (const product of state.accountFactory?.provisionedProducts.values() ?? []) {
    if (product.physicalId === account.id && product.status === 'AVAILABLE') product.status = 'TAINTED';
  }
};

const deleteStackInstance: Deed = ({ state, account, chance }) => {
  for (const { instances } of state.stackSets.values()) {
    const [first, ...others] = [...instances].filter(([, { accountId }]) => accountId === account.id);
    if (first !== undefined) instances.delete(chance.oneOf([first, ...others])[0]);
  }
};

const groupsOf = ({ identityCenter }: OrganizationState, { groups }: VendingPlan) =>
  [...(identityCenter?.groups.values() ?? [])].filter(({ displayName }) =>
    groups.some(({ name }) => name === displayName),
  );

const deleteGroup: Deed = ({ state, plan, chance }) => {
  const [first, ...others] = groupsOf(state, plan);
  if (first === undefined) return;
  const { id } = chance.oneOf([first, ...others]);
  state.identityCenter?.groups.delete(id);
  for (const membership of [...(state.identityCenter?.memberships.values() ?? [])]) {
    if (membership.groupId === id) state.identityCenter?.memberships.delete(membership.id);
  }
};

const renameGroup: Deed = ({ state, plan, number }) => {
  const [group] = groupsOf(state, plan);
  if (group !== undefined) state.identityCenter?.groups.set(group.id, { ...group, displayName: `${OURS}${number}` });
};

const changeMembers: Deed = ({ state, plan, chance, number }) => {
  const { identityCenter } = state;
  const [user, ...users] = [...(identityCenter?.users.values() ?? [])];
  const [group, ...groups] = groupsOf(state, plan);
  if (identityCenter === null || user === undefined || group === undefined) return;
  const groupId = chance.oneOf([group, ...groups]).id;
  const userId = chance.oneOf([user, ...users]).id;
  const members = [...identityCenter.memberships.values()].filter((one) => one.groupId === groupId);
  const known = members.find((one) => one.userId === userId);
  const id = `90675678-0000-4000-8000-${String(number).padStart(12, '0')}`;
  if (known === undefined) identityCenter.memberships.set(id, { id, groupId, userId });
  else identityCenter.memberships.delete(known.id);
};

const changeAssignments: Deed = ({ state, account, plan, chance }) => {
  const { identityCenter } = state;
  const [group] = groupsOf(state, plan);
  const [set, ...sets] = [...(identityCenter?.permissionSets.keys() ?? [])];
  if (identityCenter === null || group === undefined || set === undefined) return;
  const principal = { principalId: group.id, principalType: 'GROUP' } as const;
  const assignment = { accountId: account.id, permissionSetArn: chance.oneOf([set, ...sets]), ...principal };
  const key = assignmentKey(assignment);
  if (!identityCenter.assignments.delete(key)) identityCenter.assignments.set(key, assignment);
};

const DEEDS: readonly Deed[] = [
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
