import { CreatePolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';

import { iamAccessRole } from '../../../../functions/aws/iam/iam-access-role';
import { iamMemberAlias } from '../../../../functions/aws/iam/iam-member-alias';
import { iamMemberRoles } from '../../../../functions/aws/iam/iam-member-roles';
import { iamSamlAccess } from '../../../../functions/aws/iam/iam-saml-access';
import { sealOf } from '../../../../functions/domain/access/access-role-seal';
import { downgradedPolicy } from '../../../../functions/domain/access/access-role-policies';
import { inProcessRequestHandler } from '../../../../sandbox/organization/in-process-transport';
import { expectRejected } from '../../../fakes/expect-rejected';
import { ACCESS_ROLE, entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const KEPT = downgradedPolicy('aws', MEMBER, ACCESS_ROLE);
const SEAL = sealOf('aws', MEMBER, ACCESS_ROLE);

const roleIn = (world: OrganizationWorld) => iamAccessRole(world.caller());
const stateIn = (world: OrganizationWorld) => world.organization.state.accounts.get(MEMBER)?.roles.get(ACCESS_ROLE);

describe('the access role', () => {
  it.each([
    { rights: 'attached', attachedPolicyArns: [ADMINISTRATOR], inlinePolicyNames: [] },
    { rights: 'inline', attachedPolicyArns: [], inlinePolicyNames: ['AdministratorAccess'] },
  ] as const)('shows its rights, $rights', async ({ rights, ...found }) => {
    const world = new OrganizationWorld({ seed: { accessRoleRights: rights } });
    expect(await roleIn(world).listRights(entry)).toEqual(found);
  });

  it('shows all of them, page by page', async () => {
    const world = new OrganizationWorld();
    const names = Array.from({ length: 130 }, (_, number) => `policy-${number}`);
    for (const name of names) {
      stateIn(world)?.inline.set(name, { document: KEPT.document, effectiveAt: 0, previous: null });
    }
    const { inlinePolicyNames } = await roleIn(world).listRights(entry);
    expect(inlinePolicyNames.toSorted()).toEqual(names.toSorted());
    expect(world.callsOf('ListRolePolicies').length).toBeGreaterThan(1);
  });

  it('gets a policy, and keeps it as it was written', async () => {
    const world = new OrganizationWorld();
    await roleIn(world).putInlinePolicy(entry, KEPT);
    expect(stateIn(world)?.inline.get(KEPT.name)?.document).toBe(KEPT.document);
  });

  it('loses what is taken, and does not mind what is gone', async () => {
    const world = new OrganizationWorld({ seed: { accessRoleRights: 'attached' } });
    const role = roleIn(world);
    await role.putInlinePolicy(entry, KEPT);
    await role.putInlinePolicy(entry, { ...KEPT, name: 'other' });
    world.pass(60);
    const takeAway = async (): Promise<void> => {
      await role.detachPolicy(entry, ADMINISTRATOR);
      await role.deleteInlinePolicy(entry, 'other');
    };
    await takeAway();
    await takeAway();
    expect(await role.listRights(entry)).toEqual({ attachedPolicyArns: [], inlinePolicyNames: [KEPT.name] });
  });

  it('locks itself out when everything is taken first, and says what to look at', async () => {
    const world = new OrganizationWorld();
    await roleIn(world).detachPolicy(entry, ADMINISTRATOR);
    await expectRejected(roleIn(world).putInlinePolicy(entry, KEPT), `put the policy ${KEPT.name}`, 'policies allow');
    await expectRejected(roleIn(world).listRights(entry), 'AccessDenied', 'policies allow');
  });

  it('cannot act by a policy that is not in force yet', async () => {
    const world = new OrganizationWorld();
    await roleIn(world).putInlinePolicy(entry, KEPT);
    await roleIn(world).detachPolicy(entry, ADMINISTRATOR);
    await expectRejected(roleIn(world).listRights(entry), 'AccessDenied', 'policies allow');
    world.pass(30);
    expect(await roleIn(world).listRights(entry)).toEqual({ attachedPolicyArns: [], inlinePolicyNames: [KEPT.name] });
  });

  it('is sealed by itself, with a policy of its account', async () => {
    const world = new OrganizationWorld();
    const role = roleIn(world);
    expect(await role.boundaryOf(entry)).toBeNull();
    expect(await role.readPolicy(entry, SEAL.arn)).toEqual({ found: 'absent' });
    await role.makePolicy(entry, SEAL);
    await role.makePolicy(entry, SEAL);
    world.pass(30);
    expect(await role.readPolicy(entry, SEAL.arn)).toEqual({ found: 'there', document: SEAL.document });
    await role.putBoundary(entry, SEAL.arn);
    expect(await role.boundaryOf(entry)).toBe(SEAL.arn);
    await expectRejected(role.putInlinePolicy(entry, KEPT), 'permissions boundary', 'policies allow');
  });

  it('reads the version of a policy that counts', async () => {
    const world = new OrganizationWorld();
    const role = roleIn(world);
    await role.makePolicy(entry, SEAL);
    const PolicyDocument = KEPT.document;
    const administrator = new IAMClient({
      region: 'us-east-1',
      credentials: { accessKeyId: MEMBER, secretAccessKey: 'any' },
      requestHandler: inProcessRequestHandler(world.organization),
    });
    const version = { PolicyArn: SEAL.arn, PolicyDocument, SetAsDefault: true };
    await administrator.send(new CreatePolicyVersionCommand(version));
    expect(await role.readPolicy(entry, SEAL.arn)).toEqual({ found: 'there', document: KEPT.document });
  });

  it('says of a policy that it may not read that it may not: the right to may be on its way', async () => {
    const world = new OrganizationWorld({ seed: { accessRoleRights: 'attached' } });
    const role = roleIn(world);
    await role.putInlinePolicy(entry, KEPT);
    world.pass(30);
    await role.detachPolicy(entry, ADMINISTRATOR);
    expect(await role.readPolicy(entry, SEAL.arn)).toEqual({ found: 'unreadable' });
  });
});

describe('a refusal of IAM in a member account', () => {
  const by = (operation: string) =>
    new OrganizationWorld({ faults: faultsFor(operation, refusal('AccessDenied', 403)) }).caller();

  it.each<readonly [string, string, (role: ReturnType<typeof roleIn>) => Promise<unknown>]>([
    [
      'ListAttachedRolePolicies',
      `list the policies of ${ACCESS_ROLE} in account ${MEMBER}`,
      (r) => r.listRights(entry),
    ],
    ['ListRolePolicies', `list the policies of ${ACCESS_ROLE} in account ${MEMBER}`, (r) => r.listRights(entry)],
    ['PutRolePolicy', `put the policy ${KEPT.name} on ${ACCESS_ROLE}`, (r) => r.putInlinePolicy(entry, KEPT)],
    ['GetRole', `look at ${ACCESS_ROLE} in account ${MEMBER}`, (r) => r.boundaryOf(entry)],
    [
      'PutRolePermissionsBoundary',
      `make ${SEAL.arn} the boundary of ${ACCESS_ROLE}`,
      (r) => r.putBoundary(entry, SEAL.arn),
    ],
    ['CreatePolicy', `make the policy ${SEAL.name} in account ${MEMBER}`, (r) => r.makePolicy(entry, SEAL)],
    ['DetachRolePolicy', `detach ${ADMINISTRATOR} from ${ACCESS_ROLE}`, (r) => r.detachPolicy(entry, ADMINISTRATOR)],
    ['DeleteRolePolicy', `delete the policy one of ${ACCESS_ROLE}`, (r) => r.deleteInlinePolicy(entry, 'one')],
  ])('is never taken for success: of %s', async (operation, doing, call) => {
    await expectRejected(call(iamAccessRole(by(operation))), `AWS refused to ${doing} (AccessDenied`, 'policies');
  });

  it.each<readonly [string, string, (alias: ReturnType<typeof iamMemberAlias>) => Promise<unknown>]>([
    ['ListAccountAliases', `read the alias of account ${MEMBER}`, (alias) => alias.read(entry)],
    ['CreateAccountAlias', `give account ${MEMBER} the alias "corp"`, (alias) => alias.set(entry, 'corp')],
    ['DeleteAccountAlias', `take the alias "corp" from account ${MEMBER}`, (alias) => alias.remove(entry, 'corp')],
  ])('leaves the alias as it is: of %s', async (operation, doing, call) => {
    await expectRejected(call(iamMemberAlias(by(operation))), `AWS refused to ${doing} (AccessDenied`, 'policies');
  });

  it.each<readonly [string, string, (roles: ReturnType<typeof iamMemberRoles>) => Promise<unknown>]>([
    ['look for', 'hasRole', (roles) => roles.hasRole(entry, 'reader')],
    ['look at', 'differences', (roles) => roles.differences(entry, READER)],
  ])('is not a role that is not there, where we %s it: %s', async (doing, _, call) => {
    const refused = call(iamMemberRoles(by('GetRole')));
    await expectRejected(refused, `AWS refused to ${doing} the role reader in account ${MEMBER}`, 'policies');
  });

  it('is told with what the role may be kept from by', async () => {
    const made = iamMemberRoles(by('GetRole')).ensureRole(entry, READER);
    await expectRejected(made, 'may not be made in account 444444444444. As a test has it.', 'iam:AttachRolePolicy');
  });

  it.each(['GetPolicy', 'GetPolicyVersion'])('is not a policy, where it passes: of %s', async (operation) => {
    const world = new OrganizationWorld();
    await roleIn(world).makePolicy(entry, SEAL);
    const { state } = world.organization;
    const faults = faultsFor(operation, refusal('Throttling'));
    const other = new OrganizationWorld({ faults });
    other.organization.state.accounts.set(MEMBER, state.accounts.get(MEMBER) as never);
    await expect(roleIn(other).readPolicy(entry, SEAL.arn)).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringContaining(`read the policy ${SEAL.arn}`) as unknown,
    });
  });
});

const READER = { name: 'reader', trustedAccountId: '333333333333', managedPolicyArns: [] };

describe('an answer of IAM that lacks something', () => {
  it('is a role, policy or alias of which nothing is known', async () => {
    const caller = new OrganizationWorld().caller();
    const send = jest.spyOn(IAMClient.prototype, 'send');
    send.mockReturnValue(Promise.resolve({ Role: {}, AttachedPolicies: [{}], AccountAliases: [] }) as never);
    try {
      const role = iamAccessRole(caller);
      expect(await role.listRights(entry)).toEqual({ attachedPolicyArns: [], inlinePolicyNames: [] });
      expect(await role.boundaryOf(entry)).toBeNull();
      expect(await role.readPolicy(entry, SEAL.arn)).toEqual({ found: 'there', document: '' });
      expect(await iamMemberAlias(caller).read(entry)).toBeNull();
      const wanted = { ...READER, managedPolicyArns: [ADMINISTRATOR] };
      expect(await iamMemberRoles(caller).differences(entry, wanted)).toEqual([
        'set its trust',
        `attached ${ADMINISTRATOR}`,
      ]);
      const found = { path: '/', trust: '', policyArns: [], lacksBoundary: false };
      expect(await iamSamlAccess(caller).findRole(entry, 'reader')).toEqual(found);
      expect(await iamSamlAccess(caller).findProvider(entry, 'arn:p')).toBe('');
      send.mockReturnValue(Promise.resolve({}) as never);
      expect(await role.listRights(entry)).toEqual({ attachedPolicyArns: [], inlinePolicyNames: [] });
      expect(await role.boundaryOf(entry)).toBeNull();
      expect(await iamMemberAlias(caller).read(entry)).toBeNull();
      expect(await iamMemberRoles(caller).differences(entry, wanted)).toHaveLength(2);
      expect(await iamSamlAccess(caller).findRole(entry, 'reader')).toBeUndefined();
    } finally {
      send.mockRestore();
    }
  });
});
