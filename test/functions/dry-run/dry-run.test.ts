import { sessionPolicy } from '../../../functions/aws/base/assumed-role';
import { previewPermissions } from '../../../functions/aws/permissions/reading-permissions';
import { SAML_ROLE_PATH } from '../../../functions/domain/access/role-trust';
import { RejectedError } from '../../../functions/domain/base/errors';
import { FACTORY_PERMISSION_SET } from '../../../functions/domain/access/factory-user';
import { TENANT_TAG_KEY, type VendingPlan } from '../../../functions/domain/plan/plan';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { Preview } from '../../../functions/domain/run/preview';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { dryRun, type DryRunStep, isWaiting } from '../../../functions/dry-run/dry-run';
import { dryRunAssignments, dryRunDirectory, once } from '../../../functions/dry-run/ports/dry-run-access';
import {
  dryRunAccessRole,
  dryRunAlias,
  dryRunRoles,
  dryRunSaml,
} from '../../../functions/dry-run/ports/dry-run-member';
import {
  dryRunClosing,
  dryRunRemoval,
  dryRunTags,
  dryRunTree,
} from '../../../functions/dry-run/ports/dry-run-organization';
import { dryRunFactory, dryRunStackSets } from '../../../functions/dry-run/ports/dry-run-provisioning';
import { compose } from '../../../functions/dry-run/handler';
import { DryRunRepository } from '../../../functions/dry-run/ports/dry-run-repository';
import { accountClaim, aliasClaim, claimKey, tenantKey } from '../../../functions/ledger/base/keys';
import type { ProvisionedProduct } from '../../../functions/ports/account-factory';
import type { AccountAssignments, GroupDirectory } from '../../../functions/ports/identity-center';
import type { AccessRole, MemberRoles } from '../../../functions/ports/iam';
import type { AccountDirectory } from '../../../functions/ports/organizations';
import type { StackInstance, StackSets } from '../../../functions/ports/stack-sets';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { AccountSeed } from '../../../sandbox/organization/organization-seed';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeAccountTags } from '../../fakes/fake-account-tags';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, creation, enrollment, NOW, OTHER_TENANT, plan, TENANT, tenant } from '../../fakes/vending';
import { ACCESS_ROLE, faultsFor, MEMBER, OrganizationWorld, refusal } from '../aws/organization-world';
import { overwrite } from '../ledger/ledger-calls';
import { customization } from '../steps/customizations-under-test';
import { FRANKFURT, rolledOut } from '../steps/removal-under-test';

const DEV = 'ou-ab12-dev00001';
const entry = { accountId: account.id, accessRole: 'MeshstackAccountAccessRole' };

/** A port of which a test needs some calls; of all others it fails. */
const port = <Port>(calls: Partial<Port>): Port => calls as Port;

describe('what a dry run plays', () => {
  const change = (what: string) => ({ what, from: null, to: 'x' });
  const step = (
    state: string,
    ...reports: readonly Partial<StepReport>[]
  ): DryRunStep & { readonly played: Date[] } => {
    const played: Date[] = [];
    return {
      state,
      played,
      isUnfinished: isWaiting,
      step: ({ stateEnteredAt }) => {
        played.push(stateEnteredAt);
        return Promise.resolve({ result: {}, ...(reports[played.length - 1] ?? reports.at(-1)) });
      },
    };
  };

  const play = (...steps: readonly DryRunStep[]) =>
    dryRun(steps, { plan: plan(), now: NOW, tenant: () => tenant({ account }) });

  it('is told state by state, each as often as it would wait', async () => {
    const waiting = step('A', { result: { ready: false }, changes: [change('one')] }, { changes: [change('two')] });
    const other = step('B', { result: { ready: true } });
    expect(await play(waiting, other)).toEqual({
      changes: [change('one'), change('two')].map((one) => ({ state: 'A', ...one })),
      refusal: null,
    });
    expect([waiting.played, other.played]).toEqual([[NOW, NOW], [NOW]]);
  });

  it('is each state once, where nobody says when it is over', async () => {
    const { isUnfinished: _, ...waiting } = step('A', { result: { ready: false } });
    await play(waiting);
    expect(waiting.played).toHaveLength(1);
  });

  it('comes to an end, though a state never does', async () => {
    const endless = step('A', { result: { ready: false } });
    await play(endless);
    expect(endless.played).toHaveLength(200);
  });

  it('is no state that a run would not come to, and one without patience at its last moment', async () => {
    const [left, last] = [step('A', {}), step('B', {})];
    await play({ ...left, isDue: () => false }, { ...last, isDue: () => true, isImpatient: true });
    expect([left.played, last.played]).toEqual([[], [new Date(0)]]);
  });

  it('ends with what is refused, and fails with everything else', async () => {
    const fails = (error: Error): DryRunStep => ({ state: 'B', step: () => Promise.reject(error) });
    const [before, behind] = [step('A', { changes: [change('one')] }), step('C', {})];
    expect(await play(before, fails(new RejectedError('No.', 'Ask.')), behind)).toEqual({
      changes: [{ state: 'A', ...change('one') }],
      refusal: { state: 'B', message: 'No.', remedy: 'Ask.' },
    });
    expect(behind.played).toEqual([]);
    await expect(play(fails(new Error('A bug.')))).rejects.toThrow('A bug.');
  });
});

describe('the ports of a dry run', () => {
  it('ask once for what is the same', async () => {
    const read = jest.fn((...given: readonly string[]) => Promise.resolve(given.join()));
    const asked = once(read);
    expect([await asked('a', 'b'), await asked('a', 'b'), await asked('a', 'c')]).toEqual(['a,b', 'a,b', 'a,c']);
    expect(read).toHaveBeenCalledTimes(2);
  });

  describe('to a directory', () => {
    const findUsers = jest.fn((names: readonly string[]) =>
      Promise.resolve(new Map(names.filter((name) => name !== 'joe').map((name) => [name, `id of ${name}`]))),
    );
    const directory = (): GroupDirectory =>
      dryRunDirectory(
        port<GroupDirectory>({
          findUsers,
          findGroup: (name) => Promise.resolve(name === 'known' ? 'g-1' : undefined),
          markOf: (groupId) => Promise.resolve(`mark of ${groupId}`),
          listMembers: (groupId) =>
            Promise.resolve(groupId === 'g-1' ? [{ userId: 'u-1', membershipId: 'm-1' }] : undefined),
        }),
      );

    it('know users who were asked for', async () => {
      const found = directory();
      findUsers.mockClear();
      expect(await found.findUsers(['jane', 'joe'])).toEqual(new Map([['jane', 'id of jane']]));
      expect(await found.findUsers(['joe', 'jane', 'jim'])).toEqual(
        new Map([
          ['jane', 'id of jane'],
          ['jim', 'id of jim'],
        ]),
      );
      await found.findUsers(['jane']);
      expect(findUsers.mock.calls).toEqual([[['jane', 'joe']], [['jim']]]);
    });

    it('make a group that is empty, whatever the case of its name', async () => {
      const found = directory();
      expect(await found.findGroup('New')).toBeUndefined();
      const id = await found.createGroup({ name: 'New', mark: 'ours' });
      expect([await found.findGroup('nEW'), await found.findGroup('known')]).toEqual([id, 'g-1']);
      expect([await found.markOf(id), await found.markOf('g-1')]).toEqual([null, 'mark of g-1']);
      expect(await found.listMembers(id)).toEqual([]);
      await found.addMembers(id, ['u-1', 'u-2']);
      await found.addMembers(id, ['u-3']);
      expect((await found.listMembers(id))?.map(({ userId }) => userId)).toEqual(['u-1', 'u-2', 'u-3']);
    });

    it('take members out of one group, and not of another', async () => {
      const found = directory();
      await found.addMembers('g-1', ['u-2']);
      await found.removeMembers('g-2', [{ userId: 'u-2', membershipId: 'x' }]);
      await found.removeMembers('g-1', [{ userId: 'u-1', membershipId: 'm-1' }]);
      expect(await found.listMembers('g-1')).toEqual([{ userId: 'u-2', membershipId: 'new' }]);
      expect(await found.listMembers('g-2')).toBeUndefined();
    });

    it('see no group that was deleted', async () => {
      const found = directory();
      await found.deleteGroup('g-1');
      expect([await found.findGroup('known'), await found.listMembers('g-1')]).toEqual([undefined, undefined]);
    });
  });

  describe('to assignments', () => {
    const [READ, WRITE] = ['ps-read', 'ps-write'];
    const of = (groupId: string, permissionSetArn: string) => ({ accountId: account.id, groupId, permissionSetArn });
    const user = {} as Parameters<AccountAssignments['ofFactoryUser']>[1];
    const factoryUser = { accountId: account.id, userId: 'user', permissionSetArn: FACTORY_PERMISSION_SET };

    const assignments = (known: readonly object[] = []) =>
      dryRunAssignments(
        port<AccountAssignments>({
          listOfGroup: (_, groupId) => Promise.resolve(groupId === 'g-1' ? [READ] : []),
          accountsOfGroup: (groupId) => Promise.resolve([`account of ${groupId}`]) as never,
          ofFactoryUser: () => Promise.resolve(known) as never,
        }),
      );

    it('are those that there are, with what was given and taken', async () => {
      const found = assignments();
      expect(await found.create(of('g-1', WRITE))).toEqual({ requestId: 'dry-run' });
      expect(await found.describe('creation', 'dry-run')).toEqual({ state: 'SUCCEEDED', reason: null });
      expect(await found.listOfGroup(account.id, 'g-1')).toEqual([READ, WRITE]);
      expect(await found.delete(of('g-1', READ))).toEqual({ requestId: 'dry-run' });
      expect(await found.listOfGroup(account.id, 'g-1')).toEqual([WRITE]);
      expect(await found.listOfGroup(account.id, 'g-2')).toEqual([]);
      expect(await found.accountsOfGroup('g-1')).toEqual(['account of g-1']);
    });

    it('are none of a group that is new, but those that were given', async () => {
      const found = dryRunAssignments(port<AccountAssignments>({}));
      await found.create(of('new group', WRITE));
      expect(await found.listOfGroup(account.id, 'new group')).toEqual([WRITE]);
      expect(await found.listOfGroup(account.id, 'new groups')).toEqual([]);
    });

    it('have that of the factory once it has worked, unless it is there already or was taken', async () => {
      const found = assignments();
      expect(await found.ofFactoryUser(account.id, user)).toEqual([]);
      found.enrolled();
      expect(await found.ofFactoryUser(account.id, user)).toEqual([factoryUser]);
      await found.delete(of('user', FACTORY_PERMISSION_SET));
      expect(await found.ofFactoryUser(account.id, user)).toEqual([]);
      const there = assignments([{ ...factoryUser, userId: 'u-1' }]);
      there.enrolled();
      expect(await there.ofFactoryUser(account.id, user)).toEqual([{ ...factoryUser, userId: 'u-1' }]);
    });
  });

  it('to the account look, and leave all as it is', async () => {
    const alias = dryRunAlias({ read: ({ accountId }) => Promise.resolve(`alias of ${accountId}`) });
    await alias.set(entry, 'x');
    expect(await alias.read(entry)).toBe(`alias of ${account.id}`);
    const wanted = {} as Parameters<MemberRoles['differences']>[1];
    const roles = dryRunRoles(
      port<MemberRoles>({
        hasRole: (_, name) => Promise.resolve(name === 'there'),
        differences: () => Promise.resolve(['trust']),
      }),
    );
    expect([await roles.hasRole(entry, 'there'), await roles.hasRole(entry, 'gone')]).toEqual([true, false]);
    expect([await roles.differences(entry, wanted), await roles.ensureRole(entry, wanted)]).toEqual([
      ['trust'],
      ['trust'],
    ]);
    const saml = dryRunSaml({
      findProvider: (_, arn) => Promise.resolve(`provider ${arn}`) as never,
      findRole: (_, name) => Promise.resolve(`role ${name}`) as never,
    });
    expect([await saml.findProvider(entry, 'p'), await saml.findRole(entry, 'r')]).toEqual(['provider p', 'role r']);
  });

  it('to the access role know what was given to it, and taken from it', async () => {
    const role = dryRunAccessRole(
      port<AccessRole>({
        listRights: () => Promise.resolve({ attachedPolicyArns: ['arn:a', 'arn:b'], inlinePolicyNames: ['i', 'j'] }),
        boundaryOf: () => Promise.resolve('arn:before'),
        readPolicy: (_, arn) =>
          Promise.resolve({ found: arn === 'arn:hidden' ? 'unreadable' : 'absent' } as const) as never,
      }),
    );
    expect(await role.boundaryOf(entry)).toBe('arn:before');
    await role.putBoundary(entry, 'arn:after');
    expect(await role.boundaryOf(entry)).toBe('arn:after');
    await role.putInlinePolicy(entry, { name: 'j', document: '' });
    await role.putInlinePolicy(entry, { name: 'k', document: '' });
    await role.detachPolicy(entry, 'arn:a');
    await role.deleteInlinePolicy(entry, 'i');
    expect(await role.listRights(entry)).toEqual({ attachedPolicyArns: ['arn:b'], inlinePolicyNames: ['j', 'k'] });
    expect(await role.readPolicy(entry, 'arn:hidden')).toEqual({ found: 'absent' });
    await role.makePolicy(entry, { name: 'made', document: '{}' });
    expect(await role.readPolicy(entry, 'arn:x/made')).toEqual({ found: 'there', document: '{}' });
    expect(await role.readPolicy(entry, 'arn:x/unmade')).toEqual({ found: 'absent' });
  });

  it('to the tree know where an account was moved, or enrolled', async () => {
    const actual = new FakeOrganizationTree({ [account.id]: DEV, [DEV]: 'r-ab12' });
    const tree = dryRunTree(actual);
    expect([await tree.parentOf(account.id), await tree.rootAbove(DEV)]).toEqual([DEV, 'r-ab12']);
    expect([await tree.isBelow(DEV, 'r-ab12'), await tree.isBelow(DEV, 'ou-x')]).toEqual([true, false]);
    expect(await tree.describeOrganizationalUnit(DEV)).toMatchObject({ id: DEV });
    await tree.moveAccount({ accountId: account.id, from: DEV, to: 'ou-a' });
    expect(await tree.parentOf(account.id)).toBe('ou-a');
    tree.place(account.id, 'ou-b');
    expect(await tree.parentOf(account.id)).toBe('ou-b');
    expect(actual.moves).toEqual([]);
  });

  it('to tags know what was put and removed', async () => {
    const actual = new FakeAccountTags({ a: '1', b: '2' });
    const tags = dryRunTags(actual);
    await tags.put(account.id, { b: '3', c: '4' });
    await tags.remove(account.id, ['a']);
    expect(await tags.list(account.id)).toEqual({ b: '3', c: '4' });
    expect(actual.writes).toEqual([]);
  });

  it('to accounts know which were closed', async () => {
    const describeAccount = (id: string) =>
      Promise.resolve(id === 'gone' ? undefined : { id, state: 'ACTIVE' }) as ReturnType<
        AccountDirectory['describeAccount']
      >;
    const { closer, directory } = dryRunClosing({ describeAccount, listTags: () => Promise.resolve({ a: '1' }) });
    expect([await closer.close(account.id), await closer.close('gone')]).toEqual(['taken', 'taken']);
    expect(await directory.describeAccount(account.id)).toMatchObject({ state: 'CLOSED' });
    expect(await directory.describeAccount('other')).toMatchObject({ state: 'ACTIVE' });
    expect(await directory.describeAccount('gone')).toBeUndefined();
    expect(await directory.listTags(account.id)).toEqual({ a: '1' });
  });

  const product = (changes: Partial<ProvisionedProduct> = {}): ProvisionedProduct => ({
    id: 'pp-1',
    name: 'made',
    status: 'AVAILABLE',
    lastRecordId: null,
    accountId: account.id,
    hasSucceeded: true,
    ...changes,
  });

  describe('to Control Tower', () => {
    const removal = () => {
      const actual = new FakeOrganizationTree({ [account.id]: DEV, [DEV]: 'r-ab12' });
      const tree = dryRunTree(actual);
      const controlTower = new FakeControlTower();
      controlTower.governance = 'enrolled';
      return {
        actual,
        ...dryRunRemoval({
          tree,
          controlTower,
          factory: dryRunFactory(new FakeAccountFactory(actual), () => undefined),
        }),
      };
    };

    it('govern an account until it is moved', async () => {
      const { tree, controlTower } = removal();
      expect(await controlTower.governanceOf(account.arn)).toBe('enrolled');
      expect(await controlTower.landingZone()).toMatchObject({ status: 'ACTIVE' });
      expect(await controlTower.registrationOf('arn')).toBe('registered');
      expect(await controlTower.enrollmentOf(account.arn, 'arn')).toBe('absent');
      await tree.moveAccount({ accountId: account.id, from: DEV, to: 'ou-a' });
      expect(await controlTower.governanceOf(account.arn)).toBe('none');
      expect(await tree.parentOf(account.id)).toBe('ou-a');
    });

    it.each<{ readonly what: string; readonly left: Partial<ProvisionedProduct>; readonly unit: string }>([
      { what: 'a healthy one, which leaves it in the root', left: {}, unit: 'r-ab12' },
      { what: 'one that is broken, which moves nothing', left: { status: 'TAINTED', hasSucceeded: false }, unit: DEV },
      { what: 'one of no account', left: { accountId: null }, unit: DEV },
    ])('govern an account until its product is terminated: $what', async ({ left, unit }) => {
      const { tree, controlTower, factory } = removal();
      expect(await factory.terminate(product(left), 'token')).toEqual({ recordId: 'dry-run' });
      expect(await controlTower.governanceOf(account.arn)).toBe('none');
      expect(await tree.parentOf(account.id)).toBe(unit);
    });

    it('move an account that has left once', async () => {
      const { tree, factory } = removal();
      await tree.moveAccount({ accountId: account.id, from: DEV, to: 'ou-a' });
      await factory.terminate(product(), 'token');
      expect(await tree.parentOf(account.id)).toBe('ou-a');
    });
  });

  describe('to the Account Factory', () => {
    const request = { productId: 'p', artifactId: 'a', launchPathId: 'l', token: 't', parameters: {} };
    const into = (unit: string) => ({ ...request, parameters: { ManagedOrganizationalUnit: unit } });

    const begun = () => {
      const actual = new FakeAccountFactory(new FakeOrganizationTree({}));
      actual.products.push(product());
      const units: string[] = [];
      return { actual, units, factory: dryRunFactory(actual, (unit) => void units.push(unit)) };
    };

    const found = async (factory: FakeAccountFactory | ReturnType<typeof dryRunFactory>) => [
      ...(await factory.productsOf(account.id)),
      await factory.findByAccount(account.id),
      await factory.findByName('made'),
    ];

    it('find what there is', async () => {
      const { factory, actual } = begun();
      expect(await found(factory)).toEqual([product(), product(), product()]);
      expect(await factory.describeProduct('p')).toEqual(actual.product);
    });

    it('have made at once what they were asked for, in its unit', async () => {
      const { factory, actual, units } = begun();
      expect(await factory.provision(into(`Dev (${DEV})`))).toEqual({ recordId: 'dry-run' });
      const made = {
        id: 'new',
        name: 'new',
        status: 'AVAILABLE',
        lastRecordId: 'dry-run',
        accountId: null,
        hasSucceeded: true,
      };
      expect(await found(factory)).toEqual([made, made, made]);
      expect(await factory.describeRecord('dry-run')).toEqual({ state: 'SUCCEEDED', wasBusy: false, error: null });
      expect(units).toEqual([DEV]);
      expect(actual.operations).toEqual([]);
    });

    it('have mended at once what they have updated, wherever that is', async () => {
      const { factory, units } = begun();
      await factory.update(product({ status: 'TAINTED', hasSucceeded: false }), into('Dev (x)'));
      await factory.update(product({ status: 'TAINTED', hasSucceeded: false }), request);
      const mended = product({ lastRecordId: 'dry-run' });
      expect(await found(factory)).toEqual([mended, mended, mended]);
      expect(units).toEqual(['', '']);
    });

    it('find nothing of what they have terminated', async () => {
      const { factory, units } = begun();
      await factory.terminate(product(), 'token');
      expect(await found(factory)).toEqual([undefined, undefined]);
      expect(units).toEqual([]);
    });
  });

  it('to stack sets know what was deployed and removed', async () => {
    const instance = (region: string): StackInstance => ({
      region,
      status: 'OUTDATED',
      detailedStatus: 'SUCCEEDED',
      reason: null,
      lastOperationId: 'before',
    });
    const stackSet = { homeRegion: 'eu-central-1', name: 'base' };
    const actual = port<StackSets>({
      describe: ({ name }) => Promise.resolve(name) as never,
      overridesOf: (_, accountId, region) => Promise.resolve(`${accountId} ${region}`) as never,
      listInstances: () => Promise.resolve(['a', 'b', 'c'].map(instance)),
    });
    const stackSets = dryRunStackSets(actual);
    const asked = { stackSet, accountId: account.id, operationId: 'op' } as Parameters<StackSets['createInstances']>[0];
    expect(await stackSets.createInstances({ ...asked, regions: ['d'] })).toBe('started');
    expect(await stackSets.updateInstances({ ...asked, regions: ['a'] })).toBe('started');
    expect(await stackSets.deleteInstances({ ...asked, regions: ['b'] })).toBe('started');
    const deployed = (region: string) => ({ ...instance(region), status: 'CURRENT', lastOperationId: 'op' });
    expect(await stackSets.listInstances(stackSet, account.id)).toEqual([instance('c'), deployed('d'), deployed('a')]);
    const other = { ...stackSet, name: 'other' };
    expect(await stackSets.listInstances(other, account.id)).toEqual(['a', 'b', 'c'].map(instance));
    expect(await stackSets.describe(stackSet)).toBe('base');
    expect(await stackSets.overridesOf(stackSet, account.id, 'a')).toBe(`${account.id} a`);
    expect(await stackSets.operationOf(stackSet, 'op')).toBe('unknown');
  });

  it('to the ledger remember what was written, and grant every permit', async () => {
    const repository = new DryRunRepository(tenant());
    await repository.update('aliasReleased' as never, { before: undefined, after: true } as never);
    expect(await repository.claim('seal', { before: null, after: null, permit: {} as never })).toBe(true);
    await repository.recordAccount(account);
    expect(repository.tenant).toEqual({ ...tenant({ account }), aliasReleased: true });
    const closure = { at: 'now' } as never;
    expect(await repository.claimClosure({ before: null, after: closure })).toBe('recorded');
    expect(repository.tenant.closure).toEqual(closure);
    await repository.releaseClosure({ before: null, after: closure });
    expect(repository.tenant.closure).toBeNull();
    expect(await repository.isAwaited()).toBe(false);
  });
});

describe('PreviewChanges', () => {
  let world: OrganizationWorld;
  let ledger: RecordingLedgerStore;

  beforeEach(() => {
    world = new OrganizationWorld();
    ledger = new RecordingLedgerStore();
  });

  const preview = (changes: Partial<VendingPlan> = {}): Promise<Preview> => {
    const caller = world.caller();
    const environment = (name: string): string =>
      ({
        MANAGEMENT_ROLE_ARN: caller.managementRoleArn(),
        MEMBER_ENTRY_ROLE_ARN: caller.memberEntryRoleArn(),
        AUTOMATION_ROLE_ARN: caller.automationRoleArn(),
        STACK_SET_EXECUTION_ROLE: 'null',
        CUSTOMIZATION_ROLES: '[]',
      })[name] ?? '';
    return compose({
      environment,
      ledger,
      now: () => NOW,
      log: new RecordingLog(),
      metrics: new RecordingMetrics(),
      wait: () => Promise.resolve(),
      secrets: caller.secrets,
      watch: new RecordingWatch(),
      aws: caller.settings,
    })({ plan: plan(changes) });
  };

  const know = (changes: Partial<TenantRecord>): Promise<void> =>
    overwrite(ledger, tenantKey(TENANT), tenant({ activeRun: null, status: 'VENDED', ...changes }));

  /** The account says whose it is: otherwise nothing is taken from it. */
  const tag = (): void => {
    const found = world.organization.state.accounts.get(MEMBER);
    found?.tags.set(TENANT_TAG_KEY, TENANT);
  };

  const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };
  const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: null };

  it('has nothing to compare with where there is no account', async () => {
    expect(await preview()).toEqual({ changes: null, refusal: null });
    expect(world.organization.calls).toEqual([]);
  });

  it('tells what a run would change in an account, and changes nothing', async () => {
    await know({ account });
    const { changes, refusal } = await preview();
    expect(refusal).toBeNull();
    expect(new Set(changes?.map(({ state }) => state))).toEqual(
      new Set(['MoveAccount', 'TagAccount', 'SetAccountAlias', 'DowngradeAccessRole', 'ConfirmDowngrade']),
    );
    expect(world.writes.filter((write) => !write.startsWith('AssumeRole'))).toEqual([]);
    expect(ledger.writes).toHaveLength(1);
  });

  it('tells what an import would change', async () => {
    const rules = { organizationalUnits: ['r-ab12'], tag: null };
    const { changes, refusal } = await preview({ existingAccountId: account.id, import: rules });
    expect(refusal).toBeNull();
    expect(changes?.map(({ state }) => state)).toContain('MoveAccount');
    expect(await preview({ existingAccountId: account.id, import: null })).toMatchObject({
      refusal: { state: 'ImportAccount', message: expect.stringContaining('imports are off') as string },
    });
  });

  /** The same organization, whose member account has more. */
  const worldWith = (changes: Partial<AccountSeed>): OrganizationWorld => {
    const { accounts, rootId } = exampleOrganization();
    const member = { id: MEMBER, name: 'member', email: 'member@corp.example', parentId: rootId };
    return new OrganizationWorld({
      seed: { accounts: [...accounts, { ...member, accessRole: ACCESS_ROLE, ...changes }] },
    });
  };

  it('looks in the account itself for what would keep Control Tower from taking an import', async () => {
    const imported = { existingAccountId: account.id, import: { organizationalUnits: ['r-ab12'], tag: null } };
    const enrolled = { ...imported, enrollment, controlTowerRegion: FRANKFURT };
    expect((await preview(enrolled)).refusal).toBeNull();
    world = worldWith({ configSetups: { [FRANKFURT]: { recorder: 'default' } } });
    expect(await preview(enrolled)).toMatchObject({
      refusal: { state: 'ImportAccount', message: expect.stringContaining('will not enroll because of') as string },
    });
    expect(told(await preview(imported))).toContain('MoveAccount: organizational unit');
  });

  it('tells that an account would leave Control Tower, and by what', async () => {
    world = worldWith({ parentId: 'ou-ab12-prod0001', governed: true });
    await know({ account });
    const unenrollment = { ...enrollment, strategy: 'auto-enroll' } as const;
    const { changes, refusal } = await preview({ unenrollment, controlTowerRegion: FRANKFURT });
    expect(refusal).toBeNull();
    expect(changes?.filter(({ state }) => state === 'UnenrollAccount')).toEqual([
      { state: 'UnenrollAccount', what: 'organizational unit', from: 'ou-ab12-prod0001', to: 'r-ab12' },
    ]);
    expect(world.writes.filter((write) => !write.startsWith('AssumeRole'))).toEqual([]);
  });

  const stackSet = { name: 'baseline', homeRegion: FRANKFURT, regions: [FRANKFURT] };
  const removed = { stackInstances: [rolledOut(FRANKFURT, { stackSet: 'baseline' })] };
  const told = ({ changes, refusal }: Preview) => {
    expect(refusal).toBeNull();
    return changes?.map(({ state, what }) => `${state}: ${what}`);
  };

  it('tells what each part of a plan would change, with what the parts before it have changed', async () => {
    await know({ account });
    const found = await preview({
      enrollment,
      controlTowerRegion: FRANKFURT,
      stackSets: [{ ...stackSet, parameters: {} }],
      customizations: [customization()],
      selfDowngrade: false,
    });
    expect(told(found)).toEqual([
      'OpenAccount: role AWSControlTowerExecution',
      'OpenAccount: role AWSControlTowerExecution',
      'MoveAccount: organizational unit',
      'TagAccount: tag meshstack_project',
      'TagAccount: tag account-vending:tenant-uuid',
      'SetAccountAlias: alias',
      'EnrollAccount: enrollment',
      'DeployStackInstances: stack set baseline',
      'CustomizeAccount: customization network',
    ]);
  });

  it('looks for what a stack set has in an account that it is to leave', async () => {
    await know({ account, ...removed });
    expect(told(await preview({ stackSetRemovals: [stackSet] }))).toContain('TagAccount: tag meshstack_project');
    expect(world.callsOf('ListStackInstances')).not.toEqual([]);
  });

  it('moves an account into the unit of its workspace, which is not there yet', async () => {
    await know({ account });
    const workspaceOrgUnit = { parentOrgUnitId: 'ou-ab12-legacy01', name: 'retail' };
    const { changes } = await preview({ targetOrgUnitId: null, workspaceOrgUnit });
    expect(changes?.slice(0, 2)).toMatchObject([
      { state: 'EnsureWorkspaceUnit', to: 'retail (new)' },
      { state: 'MoveAccount', from: 'r-ab12', to: 'new' },
    ]);
  });

  it('works in the name of its function and of the tenant, and may do nothing but read', async () => {
    await know({ account });
    await preview();
    const { calls } = world.organization;
    expect(new Set(calls.map(({ callerFunction }) => callerFunction))).toEqual(new Set(['PreviewChanges']));
    const sessions = world.callsOf('AssumeRole').map(({ input }) => input as Readonly<Record<string, string>>);
    expect(new Set(sessions.map(({ RoleSessionName }) => RoleSessionName))).toEqual(
      new Set([`PreviewChanges-${TENANT}`]),
    );
    const inMember = sessions.filter(({ RoleArn }) => RoleArn?.includes(MEMBER));
    expect(inMember.length).toBeGreaterThan(0);
    for (const { Policy } of inMember) expect(Policy).toBe(sessionPolicy(previewPermissions.member ?? []));
    const ways = sessions.flatMap(({ RoleArn = '' }) => (RoleArn.includes(MEMBER) ? [] : [RoleArn.split('-').at(-1)]));
    expect(new Set(ways)).toEqual(new Set(['Enter', 'ControlTower']));
  });

  it('asks AWS again where it is asked too fast: nobody else does that for it', async () => {
    world = new OrganizationWorld({ faults: faultsFor('ListParents', refusal('TooManyRequestsException')) });
    await know({ account });
    expect((await preview()).refusal).toBeNull();
    expect(world.callsOf('ListParents').map(({ outcome }) => outcome)).toEqual(['TooManyRequestsException', 'ok']);
  });

  it('tells what the ledger refuses, before it looks at AWS', async () => {
    await know({ account });
    await overwrite(ledger, claimKey(aliasClaim('corp-retail-webshop-dev')), { tenantUuid: OTHER_TENANT });
    expect(await preview()).toMatchObject({
      changes: null,
      refusal: { state: 'PlanVending', message: expect.stringContaining('corp-retail-webshop-dev') as string },
    });
    expect(world.organization.calls).toEqual([]);
  });

  it('refuses an account that belongs to another tenant', async () => {
    await overwrite(ledger, claimKey(accountClaim(account.id)), { tenantUuid: OTHER_TENANT });
    expect(await preview({ existingAccountId: account.id })).toMatchObject({
      changes: null,
      refusal: { state: 'PlanVending', message: expect.stringContaining(OTHER_TENANT) as string },
    });
  });

  it('refuses a tenant whose account is being closed', async () => {
    const closure = { phase: 'asked', askedAt: NOW.toISOString(), failures: 0 } as const;
    await know({ account, deletion, closure });
    expect(await preview()).toMatchObject({
      changes: null,
      refusal: { state: 'PlanVending', remedy: 'Order another tenant, which has a uuid of its own.' },
    });
  });

  describe('of a tenant whose deletion is wanted', () => {
    it('has nothing to tell where there is nothing', async () => {
      expect(await preview({ closing })).toEqual({ changes: [], refusal: null, accountState: 'NONE' });
    });

    it('tells nothing of an account that AWS has been asked for', async () => {
      await know({ creation: creation() });
      expect(await preview({ closing })).toEqual({ changes: null, refusal: null });
    });

    it('tells that the account is closed, and closes nothing', async () => {
      tag();
      await know({ account });
      const found = await preview({ closing });
      expect(found).toMatchObject({ refusal: null, accountState: 'CLOSED' });
      expect(found.changes?.map(({ state }) => state)).toContain('CheckClosure');
      expect(world.writes.filter((write) => !write.startsWith('AssumeRole'))).toEqual([]);
    });

    it('tells what goes before: builds, and looks for what stack sets have there', async () => {
      tag();
      await know({ account, ...removed });
      const found = await preview({ closing, stackSetRemovals: [stackSet], customizations: [customization()] });
      expect(told(found)).toEqual(['CustomizeAccount: customization network', 'CheckClosure: account']);
      expect(world.callsOf('ListStackInstances')).not.toEqual([]);
    });

    it.each([
      { state: 'ACTIVE', goes: true },
      { state: 'SUSPENDED', goes: false },
    ] as const)('tells that access by SAML goes from an account that is $state: $goes', async ({ state, goes }) => {
      tag();
      const found = world.organization.state.accounts.get(MEMBER);
      const role = found?.roles.get(ACCESS_ROLE);
      if (found === undefined || role === undefined) throw new Error('There is no such account.');
      found.state = state;
      found.roles.set('admin', { ...role, name: 'admin', path: SAML_ROLE_PATH });
      await know({ account, samlAccess: { provider: null, roles: ['admin'] } });
      const changes = told(await preview({ closing: { ...closing, closesAccount: false } })) ?? [];
      expect(changes.includes('RevokeAccess: role admin')).toBe(goes);
    });

    it('tells that an account stays that is not to be closed', async () => {
      tag();
      await know({ account });
      const found = await preview({ closing: { ...closing, closesAccount: false } });
      expect(found.changes?.map(({ state }) => state)).not.toContain('CheckClosure');
      expect(found.accountState).not.toBe('CLOSED');
    });
  });
});
