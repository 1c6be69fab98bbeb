import { sealOf } from '../../../functions/domain/access/access-role-seal';
import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { SET_BOUNDARY, TRUSTS_TOO_MANY } from '../../../functions/ports/iam';
import { openAccount } from '../../../functions/steps/OpenAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccessRole } from '../../fakes/fake-access-role';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { account, enrollment, NOW, vending } from '../../fakes/vending';

const ROOT = 'r-ab12';
const DEV = 'ou-ab12-cdefgh34';
const stackSet = { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} };
const executionRole = {
  name: 'AWSCloudFormationStackSetExecutionRole',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  trustedAccountId: '333333333333',
  trustedRoleArns: ['arn:aws:iam::333333333333:role/AWSCloudFormationStackSetAdministrationRole'],
};
const controlTowerRole = {
  name: 'AWSControlTowerExecution',
  trustedAccountId: '222222222222',
  managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  hasBoundary: false,
};
const SEAL = sealOf('aws', account.id, 'MeshstackAccountAccessRole');
const sealed: Partial<TenantRecord> = { seal: { boundaryArn: SEAL.arn, since: NOW.toISOString() } };
const forBoth: Partial<VendingPlan> = { stackSets: [stackSet], stackSetExecutionRole: executionRole, enrollment };

let role: FakeAccessRole;
let member: FakeMemberAccount;
let tree: FakeOrganizationTree;
let controlTower: FakeControlTower;
let factory: FakeAccountFactory;

beforeEach(() => {
  role = new FakeAccessRole();
  member = new FakeMemberAccount();
  tree = new FakeOrganizationTree({ [DEV]: ROOT, [account.id]: ROOT });
  controlTower = new FakeControlTower();
  factory = new FakeAccountFactory(tree);
});

const known = (changes: Partial<Enrollment>): Enrollment => ({
  phase: 'ended',
  kind: 'provision',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: null,
  productName: 'retail-1',
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: true,
  failures: 0,
  ...changes,
});

const open = (plan: Partial<VendingPlan>, tenant: Partial<TenantRecord> = {}, at = 0) =>
  openAccount({
    role,
    roles: member,
    tree,
    controlTower,
    factory,
    trust: { executionRole, managementAccountId: '222222222222' },
  })(vending({ tenant: { account, ...tenant }, plan, at }));

describe('OpenAccount', () => {
  it('makes the role of stack sets where it rolls one out and removes another', async () => {
    const stackSetRemovals = [{ name: 'old', homeRegion: 'eu-central-1', regions: ['eu-central-1'] }];
    await open({ stackSets: [stackSet], stackSetRemovals, stackSetExecutionRole: executionRole });
    expect([...member.roles.keys()]).toEqual([executionRole.name]);
  });

  it('says so where nothing needs a role, and changes nothing', async () => {
    const report = await open({});
    expect(report.result).toEqual({ roles: 0, waitSeconds: 0 });
    expect(report.changes).toBeUndefined();
    expect(report.remark).toContain('needs no role');
  });

  it('asks nobody whether an account in the root is governed: nothing is', async () => {
    await open({ enrollment });
    expect(controlTower.governanceAsked).toBe(0);
    expect(tree.moves).toEqual([]);
  });

  it('asks an account that was never sealed about no boundary, and about each role once', async () => {
    const [boundaryOf, differences] = [jest.spyOn(role, 'boundaryOf'), jest.spyOn(member, 'differences')];
    await open(forBoth);
    expect(boundaryOf).not.toHaveBeenCalled();
    expect(differences).not.toHaveBeenCalled();
  });

  describe('refused, while a failed enrollment is being cleared away', () => {
    const takenBack = known({ phase: 'waiting', kind: 'terminate' });
    const refusal = new RejectedError('The role may not be made.', 'Look.');

    it.each([
      { at: 299, name: 'TransientError' },
      { at: 300, name: 'RejectedError' },
    ])('is tried again for five minutes: $name after $at s', async ({ at, name }) => {
      jest.spyOn(member, 'ensureRole').mockRejectedValue(refusal);
      await expect(open({ enrollment }, { enrollment: takenBack }, at)).rejects.toMatchObject({ name });
    });

    it('says why it is refused each time', async () => {
      jest.spyOn(member, 'ensureRole').mockRejectedValue(refusal);
      await expect(open({ enrollment }, { enrollment: takenBack })).rejects.toMatchObject({
        message: expect.stringContaining('The role may not be made.') as string,
        cause: refusal,
      });
    });

    it('fails at once with the role of stack sets, with which an enrollment has nothing to do', async () => {
      jest.spyOn(member, 'ensureRole').mockRejectedValue(refusal);
      await expect(open(forBoth, { enrollment: takenBack })).rejects.toBe(refusal);
    });

    it('hands on what is no refusal as it is', async () => {
      const lost = new TransientError('The connection was reset.');
      jest.spyOn(member, 'ensureRole').mockRejectedValue(lost);
      await expect(open({ enrollment }, { enrollment: takenBack })).rejects.toBe(lost);
    });
  });

  describe('a sealed account', () => {
    beforeEach(() => {
      role.policies.set(SEAL.arn, SEAL.document);
      role.boundary = SEAL.arn;
    });

    const hasRoles = (): void => {
      for (const one of [executionRole, controlTowerRole]) member.roles.set(one.name, one);
    };
    /** Of an enrollment that has never succeeded. */
    const failedProduct = (changes: Partial<(typeof factory.products)[number]> = {}): void => {
      factory.products.push({
        id: 'pp-1',
        name: 'retail-1',
        status: 'TAINTED',
        lastRecordId: null,
        hasSucceeded: false,
        accountId: account.id,
        ...changes,
      });
    };
    const tenant = { ...sealed, enrollment: known({}) };

    it('is refused where one role lacks more than may stay as it is', async () => {
      hasRoles();
      member.differences = () => Promise.resolve([SET_BOUNDARY, 'changed its policies']);
      await expectRejected(open(forBoth, sealed), 'is sealed', 'does without that role');
      expect(member.writes).toEqual([]);
    });

    it('lists all that stays as it is', async () => {
      hasRoles();
      member.differences = (_, { name }) =>
        Promise.resolve(name === executionRole.name ? [SET_BOUNDARY, TRUSTS_TOO_MANY] : []);
      expect((await open(forBoth, sealed)).remark).toMatch(/that is asked for, AWSCloudFormation\S+ goes on trusting/);
    });

    it('is refused with its number before its own failed enrollment is taken back', async () => {
      hasRoles();
      failedProduct();
      await expectRejected(
        open(forBoth, tenant),
        `account ${account.id} has failed, and the account is sealed`,
        'enrolls the account',
      );
    });

    it('is refused also where the failed product does not know its account', async () => {
      hasRoles();
      failedProduct({ accountId: null });
      await expectRejected(open(forBoth, tenant), 'could not make it again', 'Opening a sealed account');
    });

    it('is refused where Control Tower may hold on to a failed product of its own, not to one of others', async () => {
      hasRoles();
      controlTower.governance = 'failed';
      failedProduct();
      await expectRejected(open(forBoth, tenant), 'could not make it again', 'Opening a sealed account');
      factory.products.length = 0;
      failedProduct({ name: 'made-by-hand' });
      expect(await open(forBoth, tenant)).toMatchObject({ result: { roles: 2 } });
    });

    it('is no obstacle once an operator has opened it, whatever the ledger remembers', async () => {
      role.boundary = null;
      hasRoles();
      failedProduct();
      expect(await open(forBoth, tenant)).toMatchObject({ result: { roles: 2, waitSeconds: 0 } });
    });

    it('has no enrollment taken back by a landing zone that enrolls nobody', async () => {
      hasRoles();
      failedProduct();
      expect(await open({ ...forBoth, enrollment: null }, tenant)).toMatchObject({ result: { roles: 1 } });
    });

    it('that is enrolled costs no call of Service Catalog', async () => {
      hasRoles();
      controlTower.governance = 'enrolled';
      const find = jest.spyOn(factory, 'findByAccount');
      await open(forBoth, tenant);
      expect(find).not.toHaveBeenCalled();
    });
  });
});
