import { organizationsUnits } from '../../../../functions/aws/organizations/organizations-units';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, OrganizationWorld, refusal } from '../organization-world';

const DEV = 'ou-ab12-cdefgh34';
const ROOT = 'r-ab12';

const unitsOf = (world = new OrganizationWorld()) => organizationsUnits(world.caller());

const limit = (Reason: string) =>
  faultsFor('CreateOrganizationalUnit', {
    kind: 'error',
    code: 'ConstraintViolationException',
    status: 400,
    message: 'As you know, you have exceeded a limit.',
    fields: { Reason },
  });

describe('the units of AWS Organizations', () => {
  it('are all that are directly in a root or unit, on however many pages', async () => {
    const names = (await unitsOf().unitsIn(ROOT)).map(({ name }) => name).toSorted();
    expect(names).toEqual(['Dev', 'Infrastructure', 'Legacy', 'Prod']);
    expect(await unitsOf().unitsIn(DEV)).toMatchObject([{ id: 'ou-ab12-devteam1', name: 'Team' }]);
  });

  it('are made, and a second one of a name is told to be taken', async () => {
    const world = new OrganizationWorld();
    const made = await unitsOf(world).createUnit(DEV, 'retail');
    expect(made).toMatchObject({ name: 'retail', id: expect.stringMatching(/^ou-ab12-/u) as string });
    expect(await unitsOf(world).createUnit(DEV, 'retail')).toBe('taken');
    expect(await unitsOf(world).unitsIn(DEV)).toContainEqual(made);
  });

  it('are neither listed nor made where there is no such parent, and the field is named', async () => {
    const setting = 'workspaceOrgUnits.parentOrgUnitId';
    await expectRejected(unitsOf().unitsIn('ou-ab12-missing0'), 'ou-ab12-missing0', setting);
    await expectRejected(unitsOf().createUnit('ou-ab12-missing0', 'retail'), 'ou-ab12-missing0', setting);
  });

  it.each([
    { reason: 'OU_NUMBER_LIMIT_EXCEEDED', message: 'as many as it may have', remedy: 'Delete units' },
    { reason: 'OU_DEPTH_LIMIT_EXCEEDED', message: 'five levels deep', remedy: 'workspaceOrgUnits.parentOrgUnitId' },
  ])('are not made beyond a limit of AWS: $reason', async ({ reason, message, remedy }) => {
    const world = new OrganizationWorld({ faults: limit(reason) });
    await expectRejected(unitsOf(world).createUnit(DEV, 'retail'), message, remedy);
  });

  it('are not taken for a missing parent where AWS refuses', async () => {
    const refused = (operation: string) =>
      unitsOf(new OrganizationWorld({ faults: faultsFor(operation, refusal('AccessDeniedException')) }));
    const listed = refused('ListOrganizationalUnitsForParent').unitsIn(DEV);
    await expectRejected(listed, `list the organizational units in ${DEV} (AccessDeniedException`, 'policies');
    const made = refused('CreateOrganizationalUnit').createUnit(DEV, 'retail');
    await expectRejected(made, `create the organizational unit "retail" in ${DEV} (AccessDenied`, 'policies');
  });

  it('are refused for a reason that nobody knows yet, in the words of AWS', async () => {
    for (const faults of [
      limit('A_REASON_OF_2027'),
      faultsFor('CreateOrganizationalUnit', refusal('InvalidInputException')),
    ]) {
      await expectRejected(
        unitsOf(new OrganizationWorld({ faults })).createUnit(DEV, 'retail'),
        'As',
        'Change what AWS',
      );
    }
  });

  it('are asked for again when AWS was too busy', async () => {
    const faults = faultsFor('CreateOrganizationalUnit', refusal('TooManyRequestsException'));
    const made = unitsOf(new OrganizationWorld({ faults })).createUnit(DEV, 'retail');
    await expect(made).rejects.toMatchObject({ name: 'TransientError', nothingDone: true });
  });
});
