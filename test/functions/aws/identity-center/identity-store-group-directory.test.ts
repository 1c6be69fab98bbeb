import { identityStoreGroupDirectory } from '../../../../functions/aws/identity-center/identity-store-group-directory';
import { expectRejected } from '../../../fakes/expect-rejected';
import { groupDirectorySuite } from './group-directory-suite';
import { OrganizationWorld } from '../organization-world';

const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
};

const permissions = { management: ['identitystore:*'] };

const directoryIn = (world: OrganizationWorld, changes: Partial<typeof identityStore> = {}) =>
  identityStoreGroupDirectory(world.caller({ permissions }), { ...identityStore, ...changes });

describe('groups in the identity store, by the Identity Store API', () => {
  it.each(Object.entries(groupDirectorySuite))('%s', async (_, tries) => {
    const world = new OrganizationWorld();
    const again = () => directoryIn(world);
    await expect(tries({ directory: again(), organization: world.organization, again })).resolves.toBeUndefined();
  });
});

describe('an identity store that is not there', () => {
  it.each([
    ['another store', { identityStoreId: 'd-0000000000' }, 'd-0000000000 in eu-central-1'],
    ['another region', { region: 'eu-west-1' }, 'd-1234567890 in eu-west-1'],
  ])('is never taken for people and groups that are gone: %s', async (_, changes, named) => {
    const world = new OrganizationWorld();
    const groupId = await directoryIn(world).createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    const lost = directoryIn(world, changes);
    for (const call of [
      () => lost.findUsers(['jane@corp.example']),
      () => lost.findGroup('mst-shop-admin'),
      () => lost.listMembers(groupId),
      () => lost.deleteGroup(groupId),
    ]) {
      await expectRejected(call(), `There is no identity store ${named}`, 'identityStoreId and region');
    }
  });
});
