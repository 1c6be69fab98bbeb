import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import type { ControlTower, ControlTowerLandingZone } from '../../ports/control-tower';
import type { GrantedRights } from '../../ports/iam';
import { type Check, failed, type Finding, ok, skipped } from '../check';

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

/** On operations, which have no ARN, and on the baselines of units. */
export interface LandingZoneUpdateActions {
  readonly operations: readonly string[];
  readonly baselines: readonly string[];
}

interface LandingZoneUpdateFacts {
  /** The home region of Control Tower; undefined: accounts are not enrolled. */
  readonly region: string | undefined;
  /** The role that updates accounts. */
  readonly roleArn: string;
  readonly actions: LandingZoneUpdateActions;
}

/** Whether a rollout of the kind `landing-zone` has the rights that nothing else needs. */
export const landingZoneUpdateChecks = (
  rights: GrantedRights,
  facts: LandingZoneUpdateFacts,
  entering: string,
): readonly Check[] => [
  {
    id: 'landing-zone-update-rights',
    sentence: `${facts.roleArn.split('/').at(-1) ?? ''} may bring accounts to an update of the landing zone.`,
    needs: facts.region === undefined ? [] : [entering, CONTROL_TOWER_IS_SET_UP],
    judge: () => (facts.region === undefined ? skipped(NO_UPDATES) : updateRights(rights, facts, facts.region)),
  },
];

const NO_UPDATES = 'Accounts are not enrolled (platform.json has no enrollmentConfiguration).';

async function updateRights(
  rights: GrantedRights,
  { roleArn, actions }: LandingZoneUpdateFacts,
  region: string,
): Promise<Finding> {
  const resourceArn = roleArn.replace(
    /^arn:([\w-]+):iam::(\d{12}):.*$/u,
    `arn:$1:controltower:${region}:$2:enabledbaseline/PREFLIGHT`,
  );
  const missing = [
    ...(await rights.missing(roleArn, actions.operations)),
    ...(await rights.missing(roleArn, actions.baselines, { resourceArn, tags: {} })),
  ];
  return missing.length === 0
    ? ok()
    : failed(
        `The policies of ${roleArn} do not allow ${missing.join(', ')}. A rollout of the kind landing-zone would be refused, or stop.`,
        'Deploy ManagementAccountStack of this release: its statements FleetReading and FleetUpdating allow it. A role that was made by hand needs the ' +
          'same two.',
      );
}
