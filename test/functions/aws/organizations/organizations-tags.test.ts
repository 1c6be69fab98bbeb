import { organizationsTags } from '../../../../functions/aws/organizations/organizations-account-directory';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

describe('the tags of an account in AWS Organizations', () => {
  it('are listed, added to, replaced and removed', async () => {
    const tags = organizationsTags(new OrganizationWorld().caller());
    expect(await tags.list(MEMBER)).toEqual({});
    await tags.put(MEMBER, { 'm:a': '1', 'm:b': '' });
    await tags.put(MEMBER, { 'm:a': '2' });
    expect(await tags.list(MEMBER)).toEqual({ 'm:a': '2', 'm:b': '' });
    await tags.remove(MEMBER, ['m:b', 'm:absent']);
    expect(await tags.list(MEMBER)).toEqual({ 'm:a': '2' });
  });

  it('are refused for good where AWS does not take them', async () => {
    const tags = organizationsTags(new OrganizationWorld().caller());
    await expectRejected(
      tags.put(MEMBER, { 'aws:mine': 'x' }),
      `AWS refused to tag account ${MEMBER} (InvalidInputException`,
      'Change what AWS names',
    );
  });

  it('are refused for good by a tag policy', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('TagResource', refusal('ConstraintViolationException')) });
    await expectRejected(
      organizationsTags(world.caller()).put(MEMBER, { a: 'b' }),
      'ConstraintViolationException',
      'replay this run',
    );
  });

  it('come again while AWS does not know the account everywhere', async () => {
    const tags = organizationsTags(new OrganizationWorld().caller());
    await expect(tags.put('999999999999', { a: 'b' })).rejects.toMatchObject({ name: 'TransientError' });
    await expect(tags.list('999999999999')).rejects.toMatchObject({ name: 'TransientError' });
  });
});
