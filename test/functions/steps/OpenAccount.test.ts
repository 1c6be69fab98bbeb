import { downgradedPolicy } from '../../../functions/domain/access/access-role-policies';
import { sealOf } from '../../../functions/domain/access/access-role-seal';
import type { Enrollment } from '../../../functions/domain/records/account-records';
import { RejectedError } from '../../../functions/domain/base/errors';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { SET_BOUNDARY } from '../../../functions/ports/iam';
import { openAccount } from '../../../functions/steps/OpenAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeAccessRole } from '../../fakes/fake-access-role';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, enrollment, NOW, vending } from '../../fakes/vending';
import { customization } from './customizations-under-test';

const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }];
const executionRole = {
  name: 'AWSCloudFormationStackSetExecutionRole',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  trustedAccountId: '333333333333',
  trustedRoleArns: ['arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole'],
};

/** As the function's environment says it, which no plan decides. */
const trust = { executionRole, managementAccountId: '222222222222' };
const controlTowerRole = {
  name: 'AWSControlTowerExecution',
  trustedAccountId: '222222222222',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  hasBoundary: false,
};

const treeWithAccountIn = (parent: string): FakeOrganizationTree =>
  new FakeOrganizationTree({
    'ou-ab12-cdefgh34': 'r-ab12',
    'ou-ab12-devteam1': 'ou-ab12-cdefgh34',
    [account.id]: parent,
  });

const { name: keptPolicy } = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole');
const KEPT = { what: 'policy of MeshstackAccountAccessRole', from: null, to: keptPolicy };

const role = new FakeAccessRole();

let controlTower: FakeControlTower;
let factory: FakeAccountFactory;

beforeEach(() => {
  controlTower = new FakeControlTower();
  factory = new FakeAccountFactory(treeWithAccountIn('r-ab12'));
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
    const report = await openAccount({ role, roles: member, tree, controlTower, factory, trust })(
      vending({ tenant: { account }, plan }),
    );
    expect([...member.roles.values()]).toEqual(roles);
    expect(report.result).toEqual({ roles: roles.length, waitSeconds: roles.length === 0 ? 0 : 30 });
    expect(member.entries.every(({ accountId }) => accountId === account.id)).toBe(true);
  });

  it('makes the roles of the customizations, but for those of a stack set, of other runs, and of other landing zones', async () => {
    const member = new FakeMemberAccount();
    const roleOf = (name: string) => ({ ...executionRole, name });
    const customizationRoles = ['Network', 'Logs', 'Backup', 'Other'].map(roleOf);
    const step = openAccount({
      role: new FakeAccessRole(),
      roles: member,
      tree: treeWithAccountIn('r-ab12'),
      controlTower,
      factory,
      trust: { ...trust, customizationRoles },
    });
    const customizations = [
      customization({ role: { name: 'Network', madeByStackSet: false } }),
      customization({ name: 'logs', role: { name: 'Logs', madeByStackSet: true } }),
      customization({ name: 'backup', role: { name: 'Backup', madeByStackSet: false } }),
      customization({ name: 'gone', role: { name: 'Gone', madeByStackSet: false } }),
    ];
    const report = await step(vending({ tenant: { account }, plan: { customizations } }));
    expect([...member.roles.keys()]).toEqual(['Network', 'Backup']);
    expect(report.result).toEqual({ roles: 2, waitSeconds: 30 });
    expect((await step(vending({ tenant: { account } }))).result).toEqual({ roles: 0, waitSeconds: 0 });
  });

  it('lets in whom its environment says, whatever the plan says', async () => {
    const member = new FakeMemberAccount();
    const intruder = { managedPolicyArns: ['arn:aws:iam::444444444444:policy/any'], trustedAccountId: '444444444444' };
    const step = openAccount({ role, roles: member, tree: treeWithAccountIn('r-ab12'), controlTower, factory, trust });
    await step(
      vending({
        tenant: { account },
        plan: {
          stackSets,
          stackSetExecutionRole: { ...executionRole, ...intruder },
          enrollment: { ...enrollment, managementAccountId: '444444444444' },
        },
      }),
    );
    expect([...member.roles.values()]).toEqual([executionRole, controlTowerRole]);
  });

  it.each([
    ['none', null],
    ['OtherRole', { ...executionRole, name: 'OtherRole' }],
  ])('is planned again where the configuration has another role by now: %s', async (has, other) => {
    const member = new FakeMemberAccount();
    const ports = { role, roles: member, tree: treeWithAccountIn('r-ab12'), controlTower, factory };
    const step = openAccount({ ...ports, trust: { ...trust, executionRole: other } });
    await expectRejected(
      step(vending({ tenant: { account }, plan: { stackSets, stackSetExecutionRole: executionRole } })),
      `the configuration has ${has} by now`,
      'Replay this run',
    );
    expect(member.writes).toEqual([]);
  });

  it('names the policy of AWS in the partition of the account', async () => {
    const member = new FakeMemberAccount();
    const inGovCloud = { ...account, arn: account.arn.replace('arn:aws:', 'arn:aws-us-gov:') };
    const step = openAccount({ role, roles: member, tree: treeWithAccountIn('r-ab12'), controlTower, factory, trust });
    await step(vending({ tenant: { account: inGovCloud }, plan: { enrollment } }));
    expect([...member.roles.values()]).toMatchObject([
      { managedPolicyArns: ['arn:aws-us-gov:iam::aws:policy/AdministratorAccess'] },
    ]);
  });

  it('says what it has changed, and changes nothing a second time', async () => {
    const member = new FakeMemberAccount();
    const step = openAccount({ role, roles: member, tree: treeWithAccountIn('r-ab12'), controlTower, factory, trust });
    const planned = vending({ tenant: { account }, plan: { enrollment } });
    expect(await step(planned)).toEqual({
      result: { roles: 1, waitSeconds: 30 },
      changes: [{ what: 'role AWSControlTowerExecution', from: null, to: 'made the role' }, KEPT],
    });
    expect(await step(planned)).toEqual({ result: { roles: 1, waitSeconds: 0 }, changes: [] });
    expect(member.writes).toEqual(['role AWSControlTowerExecution']);
  });

  it.each(['ou-ab12-cdefgh34', 'ou-ab12-devteam1'])(
    'takes an account that is to be enrolled out of %s first: a guardrail there may forbid the role',
    async (from) => {
      const member = new FakeMemberAccount();
      const tree = treeWithAccountIn(from);
      const report = await openAccount({ role, roles: member, tree, controlTower, factory, trust })(
        vending({ tenant: { account }, plan: { enrollment } }),
      );
      expect(tree.moves).toEqual([{ accountId: account.id, from, to: 'r-ab12' }]);
      expect(report.changes).toEqual([
        { what: 'organizational unit', from, to: 'r-ab12' },
        { what: 'role AWSControlTowerExecution', from: null, to: 'made the role' },
        KEPT,
      ]);
    },
  );

  describe('gives the access role what it is to keep', () => {
    const open = async (accessRole: FakeAccessRole, plan: Partial<VendingPlan>, tenant = {}) => {
      const ports = { role: accessRole, roles: new FakeMemberAccount(), controlTower, factory, trust };
      const step = openAccount({ ...ports, tree: treeWithAccountIn('r-ab12') });
      const context = vending({
        tenant: { account, ...tenant },
        plan: { stackSets, stackSetExecutionRole: executionRole, ...plan },
      });
      return { step, context, report: await step(context) };
    };

    it('once, when it makes the first role, so that it is in force in the end', async () => {
      const accessRole = new FakeAccessRole();
      const { step, context, report } = await open(accessRole, {});

      expect(report.changes?.at(-1)).toEqual(KEPT);
      expect([...accessRole.inline.keys()]).toEqual([KEPT.to]);
      await step(context);
      expect(accessRole.writes).toHaveLength(1);
    });

    it.each([true, false])('with the roles of meshIdB where there are some: %s', async (samlRoles) => {
      const accessRole = new FakeAccessRole();
      const samlAccess = { provider: { name: 'meshIdB', metadataDocument: null }, roles: [], failIfNotFound: true };
      await open(accessRole, { samlAccess: samlRoles ? samlAccess : null });
      const { document } = downgradedPolicy('aws', account.id, 'MeshstackAccountAccessRole', samlRoles);
      expect([...accessRole.inline.values()]).toEqual([document]);
    });

    it.each([
      ['that keeps its rights', { selfDowngrade: false }, {}],
      ['that is sealed in the end, with all of it at once', { accessRoleProfile: 'sealed' as const }, {}],
      ['that is sealed already', {}, { seal: { boundaryArn: 'arn:b', since: NOW.toISOString() } }],
      ['that needs no role', { stackSets: [], stackSetExecutionRole: null }, {}],
    ])('but not where it is one %s', async (_, plan, tenant) => {
      const accessRole = new FakeAccessRole();
      await open(accessRole, plan, tenant);
      expect(accessRole.writes).toEqual([]);
    });
  });

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
    await openAccount({ role, roles: member, tree, controlTower, factory, trust })(
      vending({ tenant: { account }, plan }),
    );
    expect(tree.moves).toEqual([]);
  });

  describe('where Control Tower governs the account', () => {
    it.each(['enrolled', 'changing', 'failed', 'controlled'] as const)(
      'neither makes its role nor moves it: %s',
      async (governance) => {
        const member = new FakeMemberAccount();
        const tree = treeWithAccountIn('ou-ab12-cdefgh34');
        controlTower.governance = governance;
        await openAccount({ role, roles: member, tree, controlTower, factory, trust })(
          vending({ tenant: { account }, plan: { enrollment } }),
        );
        expect([member.writes, tree.moves]).toEqual([[], []]);
      },
    );
  });

  describe('after a failed enrollment was taken back', () => {
    const takenBack: Enrollment = {
      phase: 'waiting',
      kind: 'terminate',
      attempt: 2,
      recordId: 'rec-2',
      requestHash: null,
      productName: null,
      askedAt: NOW.toISOString(),
      busySince: null,
      hasPaused: true,
      failures: 1,
    };
    const planned = (at = 0) => vending({ tenant: { account, enrollment: takenBack }, plan: { enrollment }, at });

    it.each([true, false])(
      'has the account in the root, with its role, whether that has stayed: %s',
      async (hasStayed) => {
        const member = new FakeMemberAccount();
        if (hasStayed) member.roles.set(controlTowerRole.name, controlTowerRole);
        const tree = treeWithAccountIn('ou-ab12-cdefgh34');
        const step = openAccount({ role, roles: member, tree, controlTower, factory, trust });
        await step(planned());
        await step(planned());
        expect(tree.moves).toEqual([{ accountId: account.id, from: 'ou-ab12-cdefgh34', to: 'r-ab12' }]);
        expect([...member.roles.values()]).toEqual([controlTowerRole]);
      },
    );

    it.each([
      { at: 0, name: 'TransientError' },
      { at: 301, name: 'RejectedError' },
    ])('comes again while the role is refused, for five minutes: $name after $at s', async ({ at, name }) => {
      const member = new FakeMemberAccount();
      jest.spyOn(member, 'ensureRole').mockRejectedValue(new RejectedError('The role may not be made.', 'Look.'));
      const step = openAccount({
        role,
        roles: member,
        tree: treeWithAccountIn('r-ab12'),
        controlTower,
        factory,
        trust,
      });
      await expect(step(planned(at))).rejects.toMatchObject({ name });
    });
  });

  describe('a sealed account', () => {
    const seal = sealOf('aws', account.id, 'MeshstackAccountAccessRole');
    const known = { account, seal: { boundaryArn: seal.arn, since: NOW.toISOString() } };
    const planned = vending({ tenant: known, plan: { stackSets, stackSetExecutionRole: executionRole, enrollment } });

    /** As an earlier release made it. */
    const { name, managedPolicyArns, trustedAccountId } = executionRole;
    const wide = { name, managedPolicyArns, trustedAccountId };
    const sealedRole = (): FakeAccessRole => {
      const sealed = new FakeAccessRole();
      sealed.policies.set(seal.arn, seal.document);
      sealed.boundary = seal.arn;
      return sealed;
    };

    it.each([
      { lacks: 'both roles', has: [], missing: executionRole.name },
      { lacks: "Control Tower's role", has: [executionRole], missing: controlTowerRole.name },
      {
        lacks: 'a policy of the execution role',
        has: [{ ...executionRole, managedPolicyArns: [] }, controlTowerRole],
        missing: executionRole.name,
      },
    ])('is refused before anything is written when it lacks $lacks', async ({ has, missing }) => {
      const member = new FakeMemberAccount();
      for (const one of has) member.roles.set(one.name, one);
      const tree = treeWithAccountIn('ou-ab12-cdefgh34');
      const step = openAccount({ role: sealedRole(), roles: member, tree, controlTower, factory, trust });
      await expectRejected(
        step(planned),
        `is sealed: MeshstackAccountAccessRole can neither make the role ${missing}`,
        'Opening a sealed account',
      );
      expect([member.writes, tree.moves]).toEqual([[], []]);
    });

    it('that has all its roles is as good as any other', async () => {
      const member = new FakeMemberAccount();
      for (const one of [executionRole, controlTowerRole]) member.roles.set(one.name, one);
      const step = openAccount({
        role: sealedRole(),
        roles: member,
        tree: treeWithAccountIn('r-ab12'),
        controlTower,
        factory,
        trust,
      });
      expect(await step(planned)).toEqual({ result: { roles: 2, waitSeconds: 0 }, changes: [] });
    });

    it('goes on without a boundary that was asked for after it was sealed, and says so', async () => {
      const member = new FakeMemberAccount();
      for (const one of [executionRole, controlTowerRole]) member.roles.set(one.name, one);
      member.differences = (_, { name }) => Promise.resolve(name === executionRole.name ? [SET_BOUNDARY] : []);
      const tree = treeWithAccountIn('r-ab12');
      const report = await openAccount({ role: sealedRole(), roles: member, tree, controlTower, factory, trust })(
        planned,
      );
      expect(report).toEqual({
        result: { roles: 2, waitSeconds: 0 },
        changes: [],
        remark: expect.stringContaining(`${executionRole.name} stays without the permissions boundary`) as unknown,
      });
      expect(member.writes).toEqual([]);
    });

    it('keeps a role that trusts more than it has to, which nobody can change there, and says so', async () => {
      const member = new FakeMemberAccount();
      member.roles.set(executionRole.name, wide);
      member.roles.set(controlTowerRole.name, controlTowerRole);
      const tree = treeWithAccountIn('r-ab12');
      const report = await openAccount({ role: sealedRole(), roles: member, tree, controlTower, factory, trust })(
        planned,
      );
      expect(report).toMatchObject({ result: { roles: 2, waitSeconds: 0 }, changes: [] });
      expect(report.remark).toContain(`${executionRole.name} goes on trusting all of account 333333333333`);
      expect(member.writes).toEqual([]);
    });

    it('has such a role narrowed once an operator has opened it', async () => {
      const member = new FakeMemberAccount();
      member.roles.set(executionRole.name, wide);
      member.roles.set(controlTowerRole.name, controlTowerRole);
      const tree = treeWithAccountIn('r-ab12');
      await openAccount({ role: new FakeAccessRole(), roles: member, tree, controlTower, factory, trust })(planned);
      expect([...member.roles.values()]).toEqual([executionRole, controlTowerRole]);
    });

    it('is refused before its failed enrollment is taken back, with which the role may go', async () => {
      const member = new FakeMemberAccount();
      for (const one of [executionRole, controlTowerRole]) member.roles.set(one.name, one);
      factory.products.push({
        id: 'pp-1',
        name: 'retail',
        status: 'TAINTED',
        lastRecordId: null,
        accountId: account.id,
        hasSucceeded: false,
      });
      const tree = treeWithAccountIn('ou-ab12-cdefgh34');
      const step = openAccount({ role: sealedRole(), roles: member, tree, controlTower, factory, trust });
      await expectRejected(step(planned), 'could not make it again', 'Opening a sealed account');
      expect([member.writes, tree.moves]).toEqual([[], []]);
    });

    it('gets its roles once an operator has opened it, whatever the ledger remembers', async () => {
      const member = new FakeMemberAccount();
      const step = openAccount({
        role: new FakeAccessRole(),
        roles: member,
        tree: treeWithAccountIn('r-ab12'),
        controlTower,
        factory,
        trust,
      });
      await step(planned);
      expect([...member.roles.values()]).toEqual([executionRole, controlTowerRole]);
    });
  });
});
