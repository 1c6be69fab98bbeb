import { iamMemberAlias } from '../../../../functions/aws/iam/iam-member-alias';
import { expectRejected } from '../../../fakes/expect-rejected';
import { entry, faultsFor, MEMBER, OrganizationWorld } from '../organization-world';

describe('the alias of a member account', () => {
  it('is read and set, over one session', async () => {
    const world = new OrganizationWorld();
    const alias = iamMemberAlias(world.caller());
    expect(await alias.read(entry)).toBeNull();
    await alias.set(entry, 'corp-first');
    await alias.set(entry, 'corp-second');
    expect(await alias.read(entry)).toBe('corp-second');
    expect(world.organization.state.accounts.get(MEMBER)?.alias).toBe('corp-second');
    expect(world.callsOf('AssumeRole')).toHaveLength(2);
  });

  it('is refused for good when another AWS account has it', async () => {
    const alias = iamMemberAlias(new OrganizationWorld().caller());
    await expectRejected(alias.set(entry, 'taken-elsewhere'), '"taken-elsewhere" is taken', 'accountAliasPattern');
  });

  it('is found after an answer was lost', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('CreateAccountAlias', { kind: 'lost-answer' }) });
    const alias = iamMemberAlias(world.caller());
    await expect(alias.set(entry, 'corp-first')).rejects.toMatchObject({ name: 'TransientError' });
    expect(await alias.read(entry)).toBe('corp-first');
    expect(world.callsOf('CreateAccountAlias')).toHaveLength(1);
  });

  it('is taken away, and gone already the second time', async () => {
    const world = new OrganizationWorld();
    const alias = iamMemberAlias(world.caller());
    await alias.set(entry, 'corp-first');
    await alias.remove(entry, 'corp-first');
    await alias.remove(entry, 'corp-first');
    expect(await alias.read(entry)).toBeNull();
  });
});
