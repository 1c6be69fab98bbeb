import { controlTowerLandingZone } from '../../../functions/aws/control-tower-landing-zone';
import { unitArnBeside } from '../../../functions/domain/unregistered-unit';
import type { ControlTower } from '../../../functions/ports/control-tower';
import { MEMBER, OrganizationWorld } from './organization-world';

const [DEV, PROD, LEGACY] = ['ou-ab12-cdefgh34', 'ou-ab12-prod0001', 'ou-ab12-legacy01'] as const;

describe('Control Tower, asked by its API', () => {
  let world: OrganizationWorld;
  let controlTower: ControlTower;
  let accountArn: string;

  beforeEach(() => {
    world = new OrganizationWorld();
    const permissions = { management: ['controltower:*'], automation: [], member: [] };
    controlTower = controlTowerLandingZone(world.caller({ permissions }), 'eu-central-1');
    accountArn = world.organization.state.accounts.get(MEMBER)?.arn ?? '';
  });

  const inherited = (unitId: string, status: 'UNDER_CHANGE' | 'SUCCEEDED' | 'FAILED'): void => {
    world.organization.state.inheritedBaselines.set(MEMBER, { unitId, status });
  };
  const standingIn = (unitId: string) => controlTower.enrollmentOf(accountArn, unitArnBeside(accountArn, unitId));

  it.each([
    { status: 'SUCCEEDED', standing: 'enrolled' },
    { status: 'UNDER_CHANGE', standing: 'changing' },
    { status: 'FAILED', standing: 'failed' },
  ] as const)('tells that an account is $standing in its unit where its baseline is $status', async (row) => {
    inherited(DEV, row.status);
    expect(await standingIn(DEV)).toBe(row.standing);
  });

  it('takes a baseline of the unit that an account comes from for none of its new one', async () => {
    inherited(DEV, 'SUCCEEDED');
    expect(await standingIn(PROD)).toBe('changing');
  });

  it('knows nothing of an account without a baseline', async () => {
    expect(await standingIn(DEV)).toBe('absent');
  });

  it.each([
    { unitId: DEV, registration: 'registered' },
    { unitId: LEGACY, registration: 'absent' },
  ])('tells that the unit $unitId is $registration', async ({ unitId, registration }) => {
    expect(await controlTower.registrationOf(unitArnBeside(accountArn, unitId))).toBe(registration);
  });
});
