import type { AccountSeed, OrganizationSeed } from '../../sandbox/organization/organization-seed';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type Change, configuration } from '../functions/domain/examples';
import { SimulatedStory } from './simulated-story';

const EXISTING = '555555555555';
const [HOME, SECOND] = ['eu-central-1', 'eu-west-1'] as const;

const existing: AccountSeed = {
  id: EXISTING,
  name: 'Legacy Shop',
  email: 'legacy@corp.example',
  parentId: 'ou-ab12-legacy01',
  accessRole: 'MeshstackAccountAccessRole',
};

/** Enrolled, and nothing else. */
const enrolling = (...changes: readonly Change[]) =>
  configuration(
    ['landingZone.awsLambdaArn', null],
    ['landingZone.stackSets', []],
    ['platform.awsIdentityStore', undefined],
    ['platform.import', { organizationalUnits: ['ou-ab12-legacy01'] }],
    ...changes,
  );

const byMove: Change = [
  'platform.enrollmentConfiguration',
  { strategy: 'auto-enroll', region: HOME, managementAccountId: '222222222222' },
];

const obstacles: readonly { readonly what: string; readonly planted: Partial<AccountSeed>; readonly says: string }[] = [
  {
    what: 'a recorder of AWS Config in the home region',
    planted: { configSetups: { [HOME]: { recorder: 'default' } } },
    says: `configuration recorder "default" in ${HOME}`,
  },
  {
    what: 'a delivery channel of AWS Config in another region that is governed',
    planted: { configSetups: { [SECOND]: { deliveryChannel: 'default' } } },
    says: `delivery channel "default" in ${SECOND}`,
  },
  {
    what: 'no STS in a region that is governed',
    planted: { inactiveStsRegions: [SECOND] },
    says: `STS is not active in ${SECOND}`,
  },
];

const harmless: readonly { readonly what: string; readonly planted: Partial<AccountSeed> }[] = [
  {
    what: 'what Control Tower itself has left',
    planted: { configSetups: { [HOME]: { recorder: 'aws-controltower-BaselineConfigRecorder' } } },
  },
  {
    what: 'AWS Config in a region that is not governed',
    planted: { configSetups: { 'us-east-1': { recorder: 'default' } } },
  },
  { what: 'no STS in a region that is not governed', planted: { inactiveStsRegions: ['eu-west-2'] } },
];

describe('an account that is to be imported and enrolled, with', () => {
  const story = new SimulatedStory();

  const begin = (planted: Partial<AccountSeed>, ...changes: readonly Change[]) => {
    const seed: Partial<OrganizationSeed> = {
      accounts: [...exampleOrganization().accounts, { ...existing, ...planted }],
      controlTower: { governedRegions: [HOME, SECOND], enrollsByItself: changes.includes(byMove) },
    };
    return story.simulate({ seed, configuration: enrolling(...changes) });
  };

  const writes = (): readonly string[] =>
    story.simulation.organization.calls
      .filter(({ write, service }) => write && service !== 'sts')
      .map(({ operation }) => operation);

  const named: Change = ['tenant.spec.platformTenantId', EXISTING];

  describe.each([
    { strategy: 'account-factory', changes: [] },
    { strategy: 'auto-enroll', changes: [byMove] },
  ] as const)('$strategy', ({ changes }) => {
    it.each(obstacles)('$what, is refused before anything is written, with the remedy', async ({ planted, says }) => {
      const simulation = begin(planted, ...changes);
      await story.vend(17, [named]);
      const { status, account, timeline, lastError } = await simulation.detail();
      expect({ status, account }).toEqual({ status: 'FAILED', account: null });
      expect(timeline.at(-1)?.state).toBe('ImportAccount');
      expect(lastError?.message).toContain(says);
      expect(lastError?.remedy).toMatch(/replay this run/u);
      expect(writes()).toEqual([]);
    });

    it.each(harmless)('$what, is vended', async ({ planted }) => {
      const simulation = begin(planted, ...changes);
      await story.vend(17, [named]);
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING } });
    });
  });

  it('a recorder of AWS Config, is vended where its landing zone does not enroll', async () => {
    const simulation = begin(
      { configSetups: { [HOME]: { recorder: 'default' } } },
      ['landingZone.awsEnrollAccount', false],
      ['landingZone.awsTargetOrgUnitId', 'ou-ab12-legacy01'],
    );
    await story.vend(17, [named]);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING } });
  });
});
