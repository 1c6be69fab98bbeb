import { configServiceRegionSetups } from '../../../../functions/aws/config-service/config-service-region-setups';
import type { AccountSeed } from '../../../../sandbox/organization/organization-seed';
import { ACCESS_ROLE, entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';
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

  it('is nothing where the access role may not see it', async () => {
    const denied = refusal('AccessDeniedException');
    const world = worldWith(
      { configSetups: { [REGION]: { recorder: 'default' } } },
      faultsFor('DescribeConfigurationRecorders', denied),
    );
    expect(await look(world)).toEqual(NOTHING);
  });
});
