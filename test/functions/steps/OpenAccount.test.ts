import type { VendingPlan } from '../../../functions/domain/plan';
import { openAccount } from '../../../functions/steps/OpenAccount/step';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, enrollment, vending } from '../../fakes/vending';

const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }];
const executionRole = {
  name: 'AWSCloudFormationStackSetExecutionRole',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  trustedAccountId: '333333333333',
};
const controlTowerRole = {
  name: 'AWSControlTowerExecution',
  trustedAccountId: '222222222222',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
};

const treeWithAccountIn = (parent: string): FakeOrganizationTree =>
  new FakeOrganizationTree({
    'ou-ab12-cdefgh34': 'r-ab12',
    'ou-ab12-devteam1': 'ou-ab12-cdefgh34',
    [account.id]: parent,
  });

describe('OpenAccount', () => {
  it.each<{ of: string; plan: Partial<VendingPlan>; roles: object[] }>([
    { of: 'stack sets', plan: { stackSets, stackSetExecutionRole: executionRole }, roles: [executionRole] },
    { of: 'Control Tower', plan: { enrollment }, roles: [controlTowerRole] },
    {
      of: 'both',
      plan: { stackSets, stackSetExecutionRole: executionRole, enrollment },
      roles: [executionRole, controlTowerRole],
    },
    { of: 'stack sets that bring their own role', plan: { stackSets }, roles: [] },
    { of: 'neither', plan: { stackSetExecutionRole: executionRole }, roles: [] },
  ])('makes the roles of $of', async ({ plan, roles }) => {
    const member = new FakeMemberAccount();
    const tree = treeWithAccountIn('r-ab12');
    const report = await openAccount({ roles: member, tree })(vending({ tenant: { account }, plan }));
    expect([...member.roles.values()]).toEqual(roles);
    expect(report.result).toEqual({ roles: roles.length });
    expect(member.entries.every(({ accountId }) => accountId === account.id)).toBe(true);
  });

  it('says what it has changed, and changes nothing a second time', async () => {
    const member = new FakeMemberAccount();
    const step = openAccount({ roles: member, tree: treeWithAccountIn('r-ab12') });
    const planned = vending({ tenant: { account }, plan: { enrollment } });
    expect(await step(planned)).toEqual({
      result: { roles: 1 },
      changes: [{ what: 'role AWSControlTowerExecution', from: null, to: 'made the role' }],
    });
    expect(await step(planned)).toEqual({ result: { roles: 1 }, changes: [] });
    expect(member.writes).toEqual(['role AWSControlTowerExecution']);
  });

  it.each(['ou-ab12-cdefgh34', 'ou-ab12-devteam1'])(
    'takes an account that is to be enrolled out of %s first: a guardrail there may forbid the role',
    async (from) => {
      const member = new FakeMemberAccount();
      const tree = treeWithAccountIn(from);
      const report = await openAccount({ roles: member, tree })(vending({ tenant: { account }, plan: { enrollment } }));
      expect(tree.moves).toEqual([{ accountId: account.id, from, to: 'r-ab12' }]);
      expect(report.changes).toEqual([
        { what: 'organizational unit', from, to: 'r-ab12' },
        { what: 'role AWSControlTowerExecution', from: null, to: 'made the role' },
      ]);
    },
  );

  it.each([
    { what: 'that has the role already', plan: { enrollment }, isPrepared: true },
    {
      what: 'that is not to be enrolled',
      plan: { stackSets, stackSetExecutionRole: executionRole },
      isPrepared: false,
    },
  ])('leaves an account in its OU $what', async ({ plan, isPrepared }) => {
    const member = new FakeMemberAccount();
    if (isPrepared) member.roles.set(controlTowerRole.name, controlTowerRole);
    const tree = treeWithAccountIn('ou-ab12-cdefgh34');
    await openAccount({ roles: member, tree })(vending({ tenant: { account }, plan }));
    expect(tree.moves).toEqual([]);
  });
});
