import { IdentityProvider } from '../../sandbox/organization/identity-provider';
import { type Change, changed, configuration, desiredStateJson } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const [ADMINISTRATOR = '', VIEW = ''] = ['ad00000000000001', 'c000000000000003'].map(permissionSet);
const ADMINS = 'retail-webshop-dev-admins';
const READERS = 'mst-retail.webshop-dev-reader';
const HOUR = 3600;
const { awsIdentityStore } = configuration().platform;

const admins = (...permissionSetArns: readonly string[]) => ({
  projectRoleRef: { name: 'admin' },
  awsRole: 'admin',
  permissionSetArns,
  existingGroupNamePattern: '#{workspaceIdentifier}-#{projectIdentifier}-#{platformGroupAlias}s',
});
const readers = { projectRoleRef: { name: 'reader' }, awsRole: 'reader', permissionSetArns: [VIEW] };

/** Administrators by a group of the identity provider, readers by one of ours. */
const mixed = (awsRoleMappings: readonly unknown[] = [admins(ADMINISTRATOR), readers], ...changes: readonly Change[]) =>
  plainConfiguration(
    ['platform.awsIdentityStore', { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings }],
    ...changes,
  );

const person = (name: string, role: string) => ({
  meshIdentifier: `u-${name}`,
  username: name,
  firstName: name,
  lastName: 'X',
  email: `${name}@corp.example`,
  euid: `${name}@corp.example`,
  roles: [role],
});
const people: Change = ['userPermissions', [person('jane', 'admin'), person('omar', 'reader')]];
const sequence = (n: number): Change => ['replicationSequence', n];
const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

describe('a tenant whose groups come from outside', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = (config = mixed()) => {
    simulation = new SimulatedVending({ configuration: config });
    return new IdentityProvider(simulation.organization.state);
  };
  const center = () => simulation.organization.state.identityCenter;
  const names = () => [...(center()?.groups.values() ?? [])].map(({ displayName }) => displayName).toSorted();
  const members = (name: string) => {
    const group = [...(center()?.groups.values() ?? [])].find(({ displayName }) => displayName === name);
    const ids = center()?.memberships.having('groupId', group?.id ?? '') ?? [];
    return ids.map(({ userId }) => center()?.users.get(userId)?.userName.toLowerCase()).toSorted();
  };
  /** Who has what in the tenant's account: by the group's name, or by its id once it is gone. */
  const assigned = () =>
    (center()?.assignments.having('accountId', simulation.madeAccounts[0]?.id ?? '') ?? [])
      .map(({ principalId, permissionSetArn }) => {
        const name = center()?.groups.get(principalId)?.displayName ?? 'nobody';
        return `${name}: ${permissionSetArn === ADMINISTRATOR ? 'admin' : 'view'}`;
      })
      .toSorted();
  const writesTo = (operation: RegExp) =>
    simulation.organization.calls.filter((call) => call.write && operation.test(call.operation));
  const timelineOf = async (state: string) =>
    (await simulation.detail()).timeline.find((entry) => entry.state === state);

  const vended = async () => {
    const provider = begin();
    provider.push(ADMINS, Date.now(), 'jane@corp.example', 'mei@corp.example');
    simulation.sendEvent(people);
    await simulation.settle();
    return provider;
  };

  it('lets people of our groups in, waits for the others, and is then reachable by them', async () => {
    const provider = begin();
    simulation.sendEvent(people);
    await simulation.pass(6 * HOUR);

    expect(assigned()).toEqual([`${READERS}: view`]);
    expect(await simulation.detail()).toMatchObject({ status: 'RUNNING' });
    expect((await timelineOf('CheckGroups'))?.remark).toContain(`Waits for the groups "${ADMINS}"`);

    provider.push(ADMINS, Date.now(), 'jane@corp.example', 'mei@corp.example');
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect(assigned()).toEqual([`${READERS}: view`, `${ADMINS}: admin`]);
    expect(members(ADMINS)).toEqual(['jane@corp.example', 'mei@corp.example']);
    expect(writesTo(/^Create(?:Group|GroupMembership)$/u).map(({ operation }) => operation)).toEqual([
      'CreateGroup',
      'CreateGroupMembership',
    ]);
  });

  it('fails after a day, naming the group and what to do, and goes on by a replay when it has come', async () => {
    const provider = begin();
    simulation.sendEvent(people);
    await simulation.settle();

    const { status, lastError: error } = await simulation.detail();
    expect([status, error?.name]).toEqual(['FAILED', 'RejectedError']);
    expect(error?.message).toContain(`"${ADMINS}" (role admin) in IAM Identity Center after 24 hours`);
    expect(error?.remedy).toContain('existingGroupNamePattern');

    provider.push(ADMINS, Date.now(), 'jane@corp.example');
    await simulation.replay();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(assigned()).toContain(`${ADMINS}: admin`);
  });

  it('writes nothing in a second run', async () => {
    await vended();
    const before = simulation.organization.calls.length;
    simulation.sendEvent(sequence(18), people);
    await simulation.settle();

    const writes = simulation.organization.calls.slice(before).filter((call) => call.write);
    expect(writes.filter(({ service }) => service !== 'sts')).toEqual([]);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
  });

  it('holds nobody up while it waits: not the next desired state, and not the lane of known accounts', async () => {
    const provider = await vended();
    provider.delete(ADMINS);
    simulation.sendEvent(sequence(18), people);
    await simulation.pass(2 * HOUR);
    expect(await simulation.detail()).toMatchObject({ status: 'RUNNING', replicationSequence: 18 });
    expect(await simulation.inside('reconciliation')).toEqual([]);

    simulation.sendEvent(sequence(19), ['userPermissions', []]);
    await simulation.pass(HOUR / 4);
    expect(await simulation.detail()).toMatchObject({ status: 'RUNNING', replicationSequence: 19 });
    expect(members(READERS)).toEqual([]);
  });

  it.each(['renamed', 'deleted'] as const)(
    'loses what a group had that the identity provider has %s, in the next run, and waits for another',
    async (what) => {
      const provider = await vended();
      if (what === 'renamed') provider.rename(ADMINS, 'other');
      else provider.delete(ADMINS);
      simulation.sendEvent(sequence(18), people);
      await simulation.pass(HOUR);

      expect(assigned()).toEqual([`${READERS}: view`]);
      expect((await timelineOf('RevokeAccess'))?.changes).toEqual([
        { what: `assignment of ${ADMINS}`, from: ADMINISTRATOR, to: null },
      ]);
      expect((await timelineOf('CheckGroups'))?.remark).toContain('Waits for the groups');
      provider.push(ADMINS, Date.now(), 'jane@corp.example');
      await simulation.settle();
      expect(assigned()).toEqual([`${READERS}: view`, `${ADMINS}: admin`]);
    },
  );

  it('leaves the group and its members in place when the tenant goes, and takes its access', async () => {
    await vended();
    simulation.sendEvent(sequence(18), deletion);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', lastError: null });
    expect(assigned()).toEqual([]);
    expect(names()).toContain(ADMINS);
    expect(names()).not.toContain(READERS);
    expect(members(ADMINS)).toEqual(['jane@corp.example', 'mei@corp.example']);
  });

  it('is told by a dry run what it would be given now; a group that is not there stops nothing', async () => {
    const provider = await vended();
    provider.rename(ADMINS, 'other');
    const path = { method: 'POST', path: '/vendings', query: { dryRun: 'true' } } as const;
    const { body } = await simulation.application.callApi({
      ...path,
      body: changed(desiredStateJson, sequence(18), people),
    });

    expect(body).toMatchObject({ refusal: null });
    expect(JSON.stringify(body)).toContain(`assignment of ${ADMINS}`);
  });
});
