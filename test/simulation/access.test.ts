import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  DeleteGroupCommand,
  GetUserIdCommand,
  IdentitystoreClient,
} from '@aws-sdk/client-identitystore';
import { CreateAccountAssignmentCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { readOrganization } from '../../sandbox/organization/independent-reader';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { type Change, configuration } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const IdentityStoreId = 'd-1234567890';
const InstanceArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const [ADMINISTRATOR, POWER, VIEW] = ['ad00000000000001', 'b000000000000002', 'c000000000000003'].map(permissionSet);
const mapping = (name: string, awsRole: string, ...permissionSetArns: readonly unknown[]) => ({
  projectRoleRef: { name },
  awsRole,
  permissionSetArns,
});
const mappings = [mapping('admin', 'admin', ADMINISTRATOR), mapping('reader', 'reader', VIEW)];
const { awsIdentityStore } = configuration().platform;

/** Plain, and with Identity Center. */
const withAccess = (awsRoleMappings: readonly unknown[] = mappings, ...changes: readonly Change[]) =>
  plainConfiguration(
    ['platform.awsIdentityStore', { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings }],
    ...changes,
  );

const person = (name: string, ...roles: readonly string[]) => ({
  meshIdentifier: `u-${name}`,
  username: name,
  firstName: name,
  lastName: 'X',
  email: `${name}@corp.example`,
  euid: `${name}@corp.example`,
  roles,
});
const people = (...persons: readonly unknown[]): Change => ['userPermissions', persons];
const sequence = (n: number): Change => ['replicationSequence', n];

describe('access through IAM Identity Center', () => {
  const started: SimulatedVending[] = [];
  const simulate = (...options: ConstructorParameters<typeof SimulatedVending>) => {
    const simulation = new SimulatedVending(...options);
    started.push(simulation);
    return simulation;
  };
  afterEach(() => {
    started.splice(0).forEach((one) => {
      one.stop();
    });
  });

  /** What an independent reader finds: groups with members, and who has which permission set. */
  const accessOf = async ({ organization, madeAccounts }: SimulatedVending, account = 0) => {
    const requestHandler = inProcessRequestHandler(organization);
    const where = { region: 'eu-central-1', managementAccountId: '222222222222', automationAccountId: '333333333333' };
    const accountIds = madeAccounts.map(({ id }) => id);
    const reading = (await readOrganization({ ...where, requestHandler, accountIds }))[account];
    return {
      groups: Object.fromEntries((reading?.groups ?? []).map(({ name, members }) => [name, members])),
      assignments: (reading?.assignments ?? []).map((one) => `${one.principal ?? 'nobody'}: ${one.permissionSet}`),
    };
  };

  const adminOf = (simulation: SimulatedVending) => {
    const credentials = { accessKeyId: '222222222222', secretAccessKey: 'any' };
    const requestHandler = inProcessRequestHandler(simulation.organization);
    const settings = { region: 'eu-central-1', credentials, requestHandler };
    return { store: new IdentitystoreClient(settings), sso: new SSOAdminClient(settings) };
  };

  const ADMINS = 'mst-retail.webshop-dev-admin';
  const READERS = 'mst-retail.webshop-dev-reader';
  const jane = person('jane', 'admin');
  const omar = person('omar', 'reader');

  const vended = async (simulation = simulate({ configuration: withAccess() })) => {
    simulation.sendEvent(people(jane, omar));
    await simulation.settle();
    return simulation;
  };

  it('is granted: a group for each role, its members, its permission sets', async () => {
    const simulation = await vended();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect(await accessOf(simulation)).toEqual({
      groups: { [ADMINS]: ['Jane@corp.example'], [READERS]: ['omar@corp.example'] },
      assignments: [`${ADMINS}: AdministratorAccess`, `${READERS}: ViewOnlyAccess`],
    });
  });

  it('is left as it is by a second run, which writes nothing', async () => {
    const simulation = await vended();
    const before = simulation.organization.calls.length;
    simulation.sendEvent(sequence(18), people(jane, omar));
    await simulation.settle();

    const writes = simulation.organization.calls.slice(before).filter((call) => call.write);
    expect(writes.filter(({ service }) => service !== 'sts')).toEqual([]);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
  });

  describe('of a tenant that is to be deleted', () => {
    const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

    it('is taken away: assignments, members and groups; the account stays', async () => {
      const simulation = await vended();
      simulation.sendEvent(sequence(18), deletion);
      await simulation.settle();

      expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', lastError: null, replicationSequence: 18 });
      expect(await accessOf(simulation)).toEqual({ groups: {}, assignments: [] });
      expect(simulation.outcomes.at(-1)).toMatchObject({
        type: 'Account Closed',
        detail: { accountId: simulation.madeAccounts[0]?.id, accountState: 'KEPT' },
      });
    });

    it('stays where skipUserGroupPermissionCleanup is set, which the timeline tells', async () => {
      const kept = withAccess(mappings, ['platform.skipUserGroupPermissionCleanup', true]);
      const simulation = await vended(simulate({ configuration: kept }));
      const before = await accessOf(simulation);
      simulation.sendEvent(sequence(18), deletion);
      await simulation.settle();

      const { status, timeline } = await simulation.detail();
      expect(status).toBe('CLOSED');
      expect(await accessOf(simulation)).toEqual(before);
      expect(timeline.find(({ state }) => state === 'RevokeAccess')?.remark).toContain('is set');
    });

    it('stays, and the closing fails, where the account does not carry the tag of this tenant; a replay goes on', async () => {
      const simulation = await vended();
      const tags = simulation.madeAccounts[0]?.tags;
      const uuid = tags?.get('account-vending:tenant-uuid') ?? '';
      tags?.delete('account-vending:tenant-uuid');
      const before = await accessOf(simulation);
      simulation.sendEvent(sequence(18), deletion);
      await simulation.settle();

      expect(await simulation.detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'RejectedError' } });
      expect(simulation.outcomes.at(-1)).toMatchObject({
        type: 'Account Closing Failed',
        detail: { state: 'GuardAccount' },
      });
      expect(await accessOf(simulation)).toEqual(before);
      tags?.set('account-vending:tenant-uuid', uuid);
      expect(await simulation.replay()).toMatchObject({ status: 202, body: { replay: 'restarted' } });
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', run: 2 });
      expect((await accessOf(simulation)).groups).toEqual({});
    });

    it('comes back when the deletion is taken back', async () => {
      const simulation = await vended();
      const before = await accessOf(simulation);
      simulation.sendEvent(sequence(18), deletion);
      await simulation.until(() => simulation.outcomesOf('DeleteAccountAssignment').length > 0);
      simulation.sendEvent(sequence(19), people(jane, omar));
      await simulation.settle();

      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 19 });
      expect(await accessOf(simulation)).toEqual(before);
      expect(simulation.outcomes.map(({ type }) => type)).toEqual(['Account Vended', 'Account Vended']);
    });

    it('leaves the groups of another tenant alone that has come with the same names', async () => {
      const numbered = withAccess(mappings, ['platform.accountAliasPattern', 'corp-#{tenantPlatformNumber}']);
      const simulation = await vended(simulate({ configuration: numbered }));
      simulation.sendEvent(sequence(18), deletion);
      await simulation.settle();
      simulation.sendEvent(
        ['tenant.metadata.uuid', '7d0c1b1e-0000-4000-8000-000000000002'],
        ['tenantPlatformNumber', 43],
        people(jane, omar),
      );
      await simulation.settle();
      const again = await accessOf(simulation, 1);
      simulation.sendEvent(sequence(20), deletion);
      await simulation.settle();

      expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', replicationSequence: 20 });
      expect(await accessOf(simulation, 1)).toEqual(again);
      expect(Object.keys(again.groups)).toEqual([ADMINS, READERS]);
    });

    it.each<{ what: string; changes: readonly Change[]; remedy: string }>([
      {
        what: 'e-mail',
        changes: [['platform.accountAliasPattern', 'corp-#{rand:%.8s}']],
        remedy: 'stays taken when that tenant is deleted',
      },
      { what: 'alias', changes: [], remedy: "It is free again once that tenant's account is closed" },
    ])('leaves its $what to no tenant that comes after it, which is told so', async ({ what, changes, remedy }) => {
      const simulation = await vended(simulate({ configuration: withAccess(mappings, ...changes) }));
      simulation.sendEvent(sequence(18), deletion);
      await simulation.settle();
      const other = '7d0c1b1e-0000-4000-8000-000000000002';
      const number = what === 'alias' ? 43 : 42;
      simulation.sendEvent(['tenant.metadata.uuid', other], ['tenantPlatformNumber', number]);
      await simulation.settle();

      expect(await simulation.detail(other)).toMatchObject({ status: 'FAILED', account: null });
      const { lastError } = await simulation.detail(other);
      expect(lastError?.message).toMatch(
        new RegExp(`^The ${what.replace('-', '')} ".+ belongs to another tenant`, 'u'),
      );
      expect(lastError?.remedy).toContain(remedy);
    });
  });

  it('goes with the next event for those who leave, and comes for those who join', async () => {
    const simulation = await vended();
    simulation.sendEvent(sequence(18), people(omar, person('mei', 'admin')));
    await simulation.settle();

    expect((await accessOf(simulation)).groups).toEqual({
      [ADMINS]: ['mei@corp.example'],
      [READERS]: ['omar@corp.example'],
    });
  });

  it('is taken from all when the list of people is empty', async () => {
    const simulation = await vended();
    simulation.sendEvent(sequence(18), people());
    await simulation.settle();

    expect((await accessOf(simulation)).groups).toEqual({ [ADMINS]: [], [READERS]: [] });
  });

  it('stays when the sender says nothing about people', async () => {
    const simulation = await vended();
    simulation.sendEvent(sequence(18), ['userPermissions', undefined]);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
    expect((await accessOf(simulation)).groups).toEqual({
      [ADMINS]: ['Jane@corp.example'],
      [READERS]: ['omar@corp.example'],
    });
  });

  it('skips whom the directory does not know, says so, and names nobody', async () => {
    const simulation = simulate({ configuration: withAccess() });
    simulation.sendEvent(people(jane, person('stranger', 'admin')));
    await simulation.settle();

    const { timeline } = await simulation.detail();
    expect(timeline.find(({ state }) => state === 'GrantAccess')?.remark).toContain('does not know u-stranger');
    expect((await accessOf(simulation)).groups).toEqual({ [ADMINS]: ['Jane@corp.example'], [READERS]: [] });
    expect(JSON.stringify(timeline)).not.toContain('corp.example');
  });

  it('follows what people have changed by hand', async () => {
    const simulation = await vended();
    const { store, sso } = adminOf(simulation);
    const center = simulation.organization.state.identityCenter;
    const [admins, readers] = [ADMINS, READERS].map(
      (name) => [...(center?.groups.values() ?? [])].find(({ displayName }) => displayName === name)?.id ?? '',
    );
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'mei@corp.example' } };
    const { UserId = '' } = await store.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }));
    const MemberId = { UserId };
    await store.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId: admins, MemberId }));
    await store.send(new DeleteGroupCommand({ IdentityStoreId, GroupId: readers }));
    const TargetId = simulation.madeAccounts[0]?.id;
    const target = { InstanceArn, TargetId, TargetType: 'AWS_ACCOUNT', PrincipalType: 'GROUP' } as const;
    const foreign = { ...target, PermissionSetArn: POWER, PrincipalId: admins };
    await sso.send(new CreateAccountAssignmentCommand(foreign));
    simulation.sendEvent(sequence(18), people(jane, omar));
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
    expect(await accessOf(simulation)).toEqual({
      groups: { [ADMINS]: ['Jane@corp.example'], [READERS]: ['omar@corp.example'] },
      assignments: [`${ADMINS}: AdministratorAccess`, `${READERS}: ViewOnlyAccess`],
    });
  });

  it('takes nothing of a foreign group of the same name', async () => {
    const simulation = simulate({ configuration: withAccess() });
    const { store } = adminOf(simulation);
    await store.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: ADMINS, Description: 'of somebody else' }));
    simulation.sendEvent(people(jane, omar));
    await simulation.settle();

    const { status, lastError: error } = await simulation.detail();
    expect([status, error?.name]).toEqual(['FAILED', 'RejectedError']);
    expect(error?.message).toContain(`There is a group "${ADMINS}"`);
    expect((await accessOf(simulation)).groups).toEqual({});
  });

  it('is given once IAM Identity Center knows the account and the group', async () => {
    const latencies = { assignmentTarget: [400, 420] as const };
    const simulation = simulate({ configuration: withAccess(), latencies });
    simulation.sendEvent(people(jane));
    await simulation.settle();

    expect((await simulation.detail()).status).toBe('VENDED');
    expect((await accessOf(simulation)).assignments).toContain(`${ADMINS}: AdministratorAccess`);
  });

  it('ends where IAM Identity Center knows the account for too long not, in its own words', async () => {
    const latencies = { assignmentTarget: [7200, 7200] as const };
    const simulation = simulate({ configuration: withAccess(), latencies });
    simulation.sendEvent(people(jane));
    await simulation.settle();

    const { status, lastError: error } = await simulation.detail();
    expect([status, error?.name]).toEqual(['FAILED', 'RejectedError']);
    expect(error?.message).toMatch(/ResourceNotFoundException: Account \d{12} not found\./);
  });

  it('names a permission set that is not there', async () => {
    const gone = permissionSet('0000000000000000');
    const simulation = simulate({ configuration: withAccess([mapping('admin', 'admin', gone)]) });
    simulation.sendEvent(people(jane));
    await simulation.settle();

    const { status, lastError: error } = await simulation.detail();
    expect([status, error?.name]).toEqual(['FAILED', 'RejectedError']);
    expect(error?.message).toContain(`does not know the permission set ${gone} of the role "admin"`);
  });
});
