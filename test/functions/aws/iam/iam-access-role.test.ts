import { CreatePolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';

import { iamAccessRole } from '../../../../functions/aws/iam/iam-access-role';
import { sealOf } from '../../../../functions/domain/access/access-role-seal';
import { downgradedPolicy } from '../../../../functions/domain/access/access-role-policies';
import { inProcessRequestHandler } from '../../../../sandbox/organization/in-process-transport';
import { expectRejected } from '../../../fakes/expect-rejected';
import { ACCESS_ROLE, entry, MEMBER, OrganizationWorld } from '../organization-world';

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
