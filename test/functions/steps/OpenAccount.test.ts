import type { VendingPlan } from '../../../functions/domain/plan';
import { openAccount } from '../../../functions/steps/OpenAccount/step';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, vending } from '../../fakes/vending';

const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }];
const executionRole = {
  name: 'AWSCloudFormationStackSetExecutionRole',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  trustedAccountId: '333333333333',
};
const enrollment: VendingPlan['enrollment'] = {
  strategy: 'account-factory',
  region: 'eu-central-1',
  managementAccountId: '222222222222',
  accountFactoryProductId: 'prod-abcd1234',
  ssoUser: { email: 'cloud@corp.example', firstName: 'Cloud', lastName: 'Foundation' },
};
const controlTowerRole = {
  name: 'AWSControlTowerExecution',
  trustedAccountId: '222222222222',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
};

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
    const report = await openAccount({ roles: member })(vending({ tenant: { account }, plan }));
    expect([...member.roles.values()]).toEqual(roles);
    expect(report.result).toEqual({ roles: roles.length });
    expect(member.entries.every(({ accountId }) => accountId === account.id)).toBe(true);
  });

  it('says what it has changed, and changes nothing a second time', async () => {
    const member = new FakeMemberAccount();
    const step = openAccount({ roles: member });
    const planned = vending({ tenant: { account }, plan: { enrollment } });
    expect(await step(planned)).toEqual({
      result: { roles: 1 },
      changes: [{ what: 'role AWSControlTowerExecution', from: null, to: 'made the role' }],
    });
    expect(await step(planned)).toEqual({ result: { roles: 1 }, changes: [] });
    expect(member.writes).toEqual(['role AWSControlTowerExecution']);
  });
});
