import { controlTowerLandingZone } from '../../../../functions/aws/control-tower/control-tower-landing-zone';
import { unitArnBeside } from '../../../../functions/domain/enrollment/governance';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { ControlTowerSeed, MovedAccountShows } from '../../../../sandbox/organization/organization-seed';
import type { ControlTower } from '../../../../functions/ports/control-tower';
import { MEMBER, OrganizationWorld } from '../organization-world';

const [DEV, PROD, LEGACY] = ['ou-ab12-cdefgh34', 'ou-ab12-prod0001', 'ou-ab12-legacy01'] as const;

const SHOWN: readonly MovedAccountShows[] = ['former unit', 'no unit', 'new unit'];

describe('Control Tower, asked by its API', () => {
  let world: OrganizationWorld;
  let controlTower: ControlTower;
  let accountArn: string;

  const begin = (
    version: string,
    governedBy?: 'ConfigBaseline' | 'controls',
    sharedAccounts: ControlTowerSeed['sharedAccounts'] = {},
    movedAccountShows: MovedAccountShows = 'former unit',
  ): void => {
    const organizationalUnits = exampleOrganization().organizationalUnits.map((unit) =>
      unit.id === LEGACY && governedBy !== undefined ? { ...unit, governedBy } : unit,
    );
    world = new OrganizationWorld({
      seed: { organizationalUnits, controlTower: { version, sharedAccounts, movedAccountShows } },
    });
    const permissions = { management: ['controltower:*'], automation: [], member: [] };
    controlTower = controlTowerLandingZone(world.caller({ permissions }), 'eu-central-1');
    accountArn = world.organization.state.accounts.get(MEMBER)?.arn ?? '';
  };

  beforeEach(() => {
    begin('4.0');
  });

  /** @param where the account is, if somebody has moved it since */
  const inherited = (unitId: string, status: 'UNDER_CHANGE' | 'SUCCEEDED' | 'FAILED', where = unitId): void => {
    const { state } = world.organization;
    state.inheritedBaselines.set(MEMBER, { unitId, status });
    const account = state.accounts.get(MEMBER);
    if (account !== undefined) account.parentId = where;
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

  it.each(SHOWN)(
    'takes a baseline of the unit that an account comes from for none of its new one, shown under the %s',
    async (movedAccountShows) => {
      begin('4.0', undefined, {}, movedAccountShows);
      inherited(DEV, 'SUCCEEDED', PROD);
      expect(await standingIn(PROD)).toBe('changing');
    },
  );

  it('knows nothing of an account without a baseline', async () => {
    expect(await standingIn(DEV)).toBe('absent');
  });

  it.each([
    { unitId: DEV, version: '4.0', registration: 'registered' },
    { unitId: LEGACY, version: '3.3', registration: 'absent' },
    { unitId: LEGACY, version: '4.0', registration: 'untold' },
    { unitId: LEGACY, version: '4.0', governedBy: 'controls', registration: 'controlled' },
    { unitId: LEGACY, version: '4.0', governedBy: 'ConfigBaseline', registration: 'registered' },
  ] as const)('tells that a unit is $registration on landing zone $version', async ({ unitId, version, ...row }) => {
    begin(version, 'governedBy' in row ? row.governedBy : undefined);
    expect(await controlTower.registrationOf(unitArnBeside(accountArn, unitId))).toBe(row.registration);
  });

  describe('about the governance of an account', () => {
    const member = () => world.organization.state.accounts.get(MEMBER);

    it.each([
      { status: 'SUCCEEDED', governance: 'enrolled' },
      { status: 'UNDER_CHANGE', governance: 'changing' },
      { status: 'FAILED', governance: 'failed' },
    ] as const)('tells $governance, wherever it is, by a baseline that is $status', async ({ status, governance }) => {
      inherited(PROD, status);
      expect(await controlTower.governanceOf(accountArn)).toBe(governance);
    });

    it.each(SHOWN)(
      'tells elsewhere of an account that was moved by hand, shown under the %s',
      async (movedAccountShows) => {
        begin('4.0', undefined, {}, movedAccountShows);
        inherited(DEV, 'SUCCEEDED', PROD);
        const governanceIn = (unitId: string) =>
          controlTower.governanceOf(accountArn, unitArnBeside(accountArn, unitId));
        expect(await governanceIn(PROD)).toBe('elsewhere');
        expect(await controlTower.governanceOf(accountArn)).toBe('enrolled');
        inherited(PROD, 'SUCCEEDED');
        expect([await governanceIn(PROD), await governanceIn(DEV)]).toEqual(['enrolled', 'elsewhere']);
      },
    );

    it('tells none', async () => {
      expect(await controlTower.governanceOf(accountArn)).toBe('none');
    });

    it.each([
      { version: '4.0', governance: 'controlled' },
      { version: '3.3', governance: 'none' },
    ])('on landing zone $version by controls alone: $governance', async ({ version, governance }) => {
      begin(version, 'controls');
      const account = member();
      if (account !== undefined) account.parentId = LEGACY;
      expect(await controlTower.governanceOf(accountArn)).toBe(governance);
    });

    it('tells failed of an account with controls alone, asked about a unit that has a baseline to give', async () => {
      begin('4.0', 'controls');
      const account = member();
      if (account !== undefined) account.parentId = LEGACY;
      expect(await controlTower.governanceOf(accountArn, unitArnBeside(accountArn, DEV))).toBe('failed');
      expect(await controlTower.governanceOf(accountArn, unitArnBeside(accountArn, LEGACY))).toBe('controlled');
    });

    it.each([
      { version: '4.0', times: 1 },
      { version: '3.3', times: 2 },
    ])(
      'asks for landing zone $version $times times, since only what is below 4.0 can become otherwise',
      async (row) => {
        begin(row.version);
        expect([await controlTower.governanceOf(accountArn), await controlTower.governanceOf(accountArn)]).toEqual([
          'none',
          'none',
        ]);
        const asked = world.organization.calls.filter(({ operation }) => operation === 'GetLandingZone');
        expect(asked).toHaveLength(row.times);
      },
    );

    it('tells an account that is part of the landing zone itself', async () => {
      begin('4.0', undefined, { config: MEMBER });
      expect(await controlTower.governanceOf(accountArn)).toBe('shared');
    });
  });
});
