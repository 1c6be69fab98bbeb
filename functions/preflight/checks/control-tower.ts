import type { ControlTower, ControlTowerLandingZone } from '../../ports/control-tower';
import { type Check, failed, type Finding, ok } from '../check';

export const CONTROL_TOWER_IS_SET_UP = 'control-tower-is-set-up';

/** Control Tower is there, at rest, and leaves enrolling to us. */
export function controlTowerChecks(controlTower: ControlTower, region: string, entering: string): readonly Check[] {
  return [
    {
      id: CONTROL_TOWER_IS_SET_UP,
      sentence: `Control Tower is set up, with its home region ${region}.`,
      needs: [entering],
      look: async () => setUp(await controlTower.landingZone(), region),
    },
    {
      id: 'control-tower-leaves-enrolling-to-us',
      sentence: 'Control Tower does not enroll accounts by itself when they are moved.',
      needs: [CONTROL_TOWER_IS_SET_UP],
      look: async () => leavesEnrolling(await controlTower.landingZone()),
    },
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
  const { status, version } = landingZone;
  return status === 'FAILED'
    ? failed(
        `The landing zone of Control Tower (version ${version}) has status FAILED.`,
        'Repair it: in the console of Control Tower choose Landing zone settings, and "Repair" or "Reset".',
      )
    : ok(status === 'ACTIVE' ? `Version ${version}.` : `Version ${version}; it is being changed (${status}).`);
}

function leavesEnrolling(landingZone: ControlTowerLandingZone | undefined): Finding {
  return landingZone?.enrollsByItself === true
    ? failed(
        'Automatic enrollment of accounts is on: Control Tower would enroll an account while it is moved, and our own enrollment of the same ' +
          'account would meet it.',
        'In the console of Control Tower choose Landing zone settings, "Edit settings", and turn "Automatic account enrollment" off. By its API: ' +
          'UpdateLandingZone without remediationTypes INHERITANCE_DRIFT.',
      )
    : ok();
}
