import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import type { ControlTower, ControlTowerLandingZone } from '../../ports/control-tower';
import { type Check, failed, type Finding, ok } from '../check';

export const CONTROL_TOWER_IS_SET_UP = 'control-tower-is-set-up';

/** Control Tower is there, at rest, and enrolls by itself, or does not, as configured. */
export function controlTowerChecks(
  controlTower: ControlTower,
  { region, strategy }: Pick<NonNullable<PlatformConfiguration['enrollmentConfiguration']>, 'region' | 'strategy'>,
  entering: string,
): readonly Check[] {
  const followsMoves: Check =
    strategy === 'auto-enroll'
      ? {
          id: 'control-tower-enrolls-by-itself',
          sentence: 'Control Tower enrolls accounts by itself when they are moved.',
          needs: [CONTROL_TOWER_IS_SET_UP],
          judge: async () => enrollsByItself(await controlTower.landingZone()),
        }
      : {
          id: 'control-tower-leaves-enrolling-to-us',
          sentence: 'Control Tower does not enroll accounts by itself when they are moved.',
          needs: [CONTROL_TOWER_IS_SET_UP],
          judge: async () => leavesEnrolling(await controlTower.landingZone()),
        };
  return [
    {
      id: CONTROL_TOWER_IS_SET_UP,
      sentence: `Control Tower is set up, with its home region ${region}.`,
      needs: [entering],
      judge: async () => setUp(await controlTower.landingZone(), region),
    },
    followsMoves,
  ];
}

function setUp(landingZone: ControlTowerLandingZone | undefined, region: string): Finding {
  if (landingZone === undefined) {
    return failed(
      `Control Tower has no landing zone in ${region} of the management account.`,
      'Set up Control Tower there ("Set up landing zone" in its console), or correct region of enrollmentConfiguration in platform.json: it is ' +
        'the home region of Control Tower. Then deploy VendingStack.',
    );
  }
  const { status, version, governedRegions } = landingZone;
  const governs = governedRegions === null ? '' : ` It governs ${governedRegions.join(', ')}.`;
  return status === 'FAILED'
    ? failed(
        `The landing zone of Control Tower (version ${version}) has status FAILED.`,
        'Repair it: in the console of Control Tower choose Landing zone settings, and "Repair" or "Reset".',
      )
    : ok(`Version ${version}${status === 'ACTIVE' ? '' : `; it is being changed (${status})`}.${governs}`);
}

function leavesEnrolling(landingZone: ControlTowerLandingZone | undefined): Finding {
  return landingZone?.enrollsByItself === true
    ? failed(
        'Automatic enrollment of accounts is on: Control Tower would enroll an account while it is moved, and our own enrollment of the same ' +
          'account would meet it.',
        'In the console of Control Tower choose Landing zone settings, "Edit settings", and turn "Automatic account enrollment" off. By its API: ' +
          'UpdateLandingZone without remediationTypes INHERITANCE_DRIFT. Or set strategy of enrollmentConfiguration in platform.json to auto-enroll.',
      )
    : ok();
}

function enrollsByItself(landingZone: ControlTowerLandingZone | undefined): Finding {
  return landingZone?.enrollsByItself === true
    ? ok()
    : failed(
        'Automatic enrollment of accounts is off: an account that is moved into its unit would wait there for ever.',
        'In the console of Control Tower choose Landing zone settings, "Edit settings", and turn "Automatic account enrollment" on (landing zone 3.1 or ' +
          'newer). By its API: UpdateLandingZone with remediationTypes INHERITANCE_DRIFT. Or set strategy of enrollmentConfiguration in platform.json to ' +
          'account-factory, and deploy VendingStack.',
      );
}
