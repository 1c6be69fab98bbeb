import { configServiceRegionSetups } from '../../../../functions/aws/config-service/config-service-region-setups';
import type { AccountSeed } from '../../../../sandbox/organization/organization-seed';
import { ACCESS_ROLE, entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';
import { expectRejected } from '../../../fakes/expect-rejected';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';

const REGION = 'eu-west-1';
const NOTHING = { region: REGION, hasSts: true, recorders: [], deliveryChannels: [] };

describe('what a member account has set up in a region', () => {
  const permissions = { management: [], member: ['config:*'] };
  const worldWith = (planted: Partial<AccountSeed>, faults?: ReturnType<typeof faultsFor>): OrganizationWorld => {
    const { accounts, rootId } = exampleOrganization();
    const member = {
      id: MEMBER,
      name: 'member',
      email: 'member@corp.example',
      parentId: rootId,
      accessRole: ACCESS_ROLE,
    };
    return new OrganizationWorld({
      seed: { accounts: [...accounts, { ...member, ...planted }] },
      ...(faults === undefined ? {} : { faults }),
    });
  };
  const look = (world: OrganizationWorld) => configServiceRegionSetups(world.caller({ permissions })).of(entry, REGION);

  it('is a recorder and a delivery channel of AWS Config', async () => {
    const world = worldWith({ configSetups: { [REGION]: { recorder: 'default', deliveryChannel: 'bucket' } } });
    expect(await look(world)).toEqual({ ...NOTHING, recorders: ['default'], deliveryChannels: ['bucket'] });
  });

  it('is of that region alone', async () => {
    expect(await look(worldWith({ configSetups: { 'us-east-1': { recorder: 'default' } } }))).toEqual(NOTHING);
  });

  it('is told by STS of the region, too', async () => {
    expect(await look(worldWith({ inactiveStsRegions: [REGION] }))).toEqual({ ...NOTHING, hasSts: false });
    expect(await look(worldWith({ inactiveStsRegions: ['eu-west-2'] }))).toEqual(NOTHING);
  });

  const setups = { configSetups: { [REGION]: { recorder: 'default', deliveryChannel: 'bucket' } } };

  it.each([
    ['DescribeConfigurationRecorders', { ...NOTHING, deliveryChannels: ['bucket'] }],
    ['DescribeDeliveryChannels', { ...NOTHING, recorders: ['default'] }],
  ])('is less where the access role may not %s', async (operation, seen) => {
    const world = worldWith(setups, faultsFor(operation, refusal('AccessDeniedException')));
    expect(await look(world)).toEqual(seen);
    expect(world.callsOf(operation).map(({ region }) => region)).toEqual([REGION]);
  });

  it.each(['DescribeConfigurationRecorders', 'DescribeDeliveryChannels', 'AssumeRole'])(
    'is not told by a fault of %s that passes',
    async (operation) => {
      const world = worldWith(setups, faultsFor(operation, refusal('ThrottlingException')));
      await expect(look(world)).rejects.toMatchObject({ name: 'TransientError' });
    },
  );

  it('is not told where the account does not let us in, which has nothing to do with the region', async () => {
    const { accounts } = exampleOrganization();
    const world = new OrganizationWorld({ seed: { accounts } });
    const doing = `look at AWS Config of account ${MEMBER} in ${REGION} (AccessDenied`;
    await expectRejected(look(world), doing, 'its policies allow this call');
  });
});
