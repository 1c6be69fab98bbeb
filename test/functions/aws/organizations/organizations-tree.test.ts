import { organizationsTree } from '../../../../functions/aws/organizations/organizations-tree';
import { NotVisibleError } from '../../../../functions/domain/base/errors';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const DEV = 'ou-ab12-cdefgh34';

describe('the tree of AWS Organizations', () => {
  it.each([
    { id: DEV, unit: { id: DEV, name: 'Dev', arn: `arn:aws:organizations::222222222222:ou/o-exampleorg1/${DEV}` } },
    { id: 'r-ab12', unit: { id: 'r-ab12', name: 'Root', arn: null } },
    { id: 'ou-ab12-missing0', unit: undefined },
  ])('describes $id', async ({ id, unit }) => {
    expect(await organizationsTree(new OrganizationWorld().caller()).describeOrganizationalUnit(id)).toEqual(unit);
  });

  it('tells what is above an account or OU', async () => {
    const tree = organizationsTree(new OrganizationWorld().caller());
    expect(await tree.parentOf(MEMBER)).toBe('r-ab12');
    expect(await tree.parentOf('ou-ab12-devteam1')).toBe(DEV);
  });

  it.each([
    { unit: 'ou-ab12-devteam1', ancestor: 'ou-ab12-cdefgh34', isBelow: true },
    { unit: 'ou-ab12-devteam1', ancestor: 'r-ab12', isBelow: true },
    { unit: 'ou-ab12-cdefgh34', ancestor: 'ou-ab12-cdefgh34', isBelow: false },
    { unit: 'ou-ab12-cdefgh34', ancestor: 'ou-ab12-devteam1', isBelow: false },
    { unit: 'r-ab12', ancestor: 'ou-ab12-cdefgh34', isBelow: false },
  ])('tells whether $unit is below $ancestor: $isBelow', async ({ unit, ancestor, isBelow }) => {
    expect(await organizationsTree(new OrganizationWorld().caller()).isBelow(unit, ancestor)).toBe(isBelow);
  });

  it('tells which root is above a unit, and asks nothing about a root', async () => {
    const world = new OrganizationWorld();
    const tree = organizationsTree(world.caller());
    expect(await tree.rootAbove('ou-ab12-devteam1')).toBe('r-ab12');
    expect(world.callsOf('ListParents')).toHaveLength(2);
    expect(await tree.rootAbove('r-ab12')).toBe('r-ab12');
    expect(world.callsOf('ListParents')).toHaveLength(2);
  });

  it('takes a refusal neither for a unit that does not exist nor for one that is not known yet', async () => {
    const refused = (operation: string) =>
      organizationsTree(
        new OrganizationWorld({ faults: faultsFor(operation, refusal('AccessDeniedException')) }).caller(),
      );
    const unit = refused('DescribeOrganizationalUnit').describeOrganizationalUnit(DEV);
    await expectRejected(unit, `describe the organizational unit ${DEV} (AccessDeniedException`, 'policies');
    const parent = refused('ListParents').parentOf(MEMBER);
    await expectRejected(parent, `find the parent of ${MEMBER} (AccessDeniedException`, 'policies');
  });

  it('asks to come again while AWS does not know the account', async () => {
    const tree = organizationsTree(new OrganizationWorld().caller());
    await expect(tree.parentOf('999999999999')).rejects.toMatchObject({ name: 'TransientError', nothingDone: true });
    await expect(tree.parentOf('999999999999')).rejects.toBeInstanceOf(NotVisibleError);
    const move = tree.moveAccount({ accountId: '999999999999', from: 'r-ab12', to: DEV });
    await expect(move).rejects.toMatchObject({ name: 'TransientError' });
  });

  it('moves an account', async () => {
    const world = new OrganizationWorld();
    await organizationsTree(world.caller()).moveAccount({ accountId: MEMBER, from: 'r-ab12', to: DEV });
    expect(world.organization.state.accounts.get(MEMBER)?.parentId).toBe(DEV);
  });

  it('takes "already there" for success: an answer may have been lost', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('MoveAccount', { kind: 'lost-answer' }) });
    const tree = organizationsTree(world.caller());
    const move = { accountId: MEMBER, from: 'r-ab12', to: DEV };
    await expect(tree.moveAccount(move)).rejects.toMatchObject({ name: 'TransientError' });
    await tree.moveAccount(move);
    expect(world.writes.filter((call) => call.startsWith('MoveAccount'))).toEqual([
      'MoveAccount lost-answer',
      'MoveAccount DuplicateAccountException',
    ]);
  });

  it('looks again when somebody else has moved the account meanwhile', async () => {
    const tree = organizationsTree(new OrganizationWorld().caller());
    const move = tree.moveAccount({ accountId: MEMBER, from: 'ou-ab12-legacy01', to: DEV });
    await expect(move).rejects.toMatchObject({ name: 'TransientError', nothingDone: false });
  });

  it('gives up on an OU that does not exist, and names the field to correct', async () => {
    const tree = organizationsTree(new OrganizationWorld().caller());
    const move = tree.moveAccount({ accountId: MEMBER, from: 'r-ab12', to: 'ou-ab12-missing0' });
    await expectRejected(move, 'ou-ab12-missing0 does not exist', 'awsTargetOrgUnitId');
  });

  it('gives up where it may not move, and names what it was doing', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('MoveAccount', refusal('AccessDeniedException')) });
    const move = organizationsTree(world.caller()).moveAccount({ accountId: MEMBER, from: 'r-ab12', to: DEV });
    await expectRejected(move, `move account ${MEMBER} from r-ab12 to ${DEV} (AccessDeniedException`, 'policies');
  });
});
