import type { LandingZone } from '../../domain/configuration/landing-zone';
import type { ControlTower, UnitBaseline } from '../../ports/control-tower';
import type { OrganizationTree } from '../../ports/organizations';
import { isOutsideControlTower } from '../../domain/enrollment/withdrawal';
import { type Check, failed, type Finding, ok, skipped } from '../check';
import { CONTROL_TOWER_IS_SET_UP } from './control-tower';

export interface OrganizationalUnitPorts {
  readonly tree: OrganizationTree;
  /** Null where accounts are not enrolled. */
  readonly controlTower: ControlTower | null;
}

/** A landing zone, and the unit that is looked at for it. */
export type ZoneInUnit = LandingZone & {
  /** Its target; where accounts have units of their workspaces, the one in which those are. */
  readonly unitId: string;
};

export const unitExists = ({ name }: Pick<LandingZone, 'name'>): string => `unit-exists:${name}`;

/** Each landing zone's unit is there and, where accounts are enrolled, registered with Control Tower. */
export const organizationalUnitChecks = (
  ports: OrganizationalUnitPorts,
  landingZones: readonly ZoneInUnit[],
  entering: string,
): readonly Check[] =>
  landingZones.flatMap((landingZone) => [exists(ports, landingZone, entering), isRegistered(ports, landingZone)]);

/** Accounts leave Control Tower by it, so Control Tower must not look after it. */
export const suspendedUnitChecks = (
  ports: OrganizationalUnitPorts,
  unitId: string | undefined,
  entering: string,
): readonly Check[] =>
  unitId === undefined
    ? []
    : [
        {
          id: 'suspended-unit-is-not-registered',
          sentence: `The organizational unit ${unitId}, by which accounts leave Control Tower, exists and is not registered with it.`,
          needs: [entering, CONTROL_TOWER_IS_SET_UP],
          judge: () => suspendedUnit(ports, unitId),
        },
      ];

async function suspendedUnit({ tree, controlTower }: OrganizationalUnitPorts, unitId: string): Promise<Finding> {
  const unit = await tree.describeOrganizationalUnit(unitId);
  if (unit === undefined) return failed(`The organization has no unit ${unitId}.`, SUSPENDED_UNIT);
  if (unit.arn === null || controlTower === null) return ok('It is the root.');
  const registration = await controlTower.registrationOf(unit.arn);
  return isOutsideControlTower(registration)
    ? ok(unit.name)
    : failed(
        `Control Tower governs ${unitId} (${unit.name}): accounts that are moved there stay enrolled.`,
        SUSPENDED_UNIT,
      );
}

const SUSPENDED_UNIT =
  'Set enrollmentConfiguration.suspendedOrgUnitId in platform.json to a unit that is not registered with Control Tower and has none of its ' +
  'controls, or leave it out: then the root is used. Deploy VendingStack.';

const exists = ({ tree }: OrganizationalUnitPorts, landingZone: ZoneInUnit, entering: string): Check => ({
  id: unitExists(landingZone),
  sentence: `The organizational unit ${landingZone.unitId} of landing zone "${landingZone.name}" exists.`,
  needs: [entering],
  judge: async () => {
    const unit = await tree.describeOrganizationalUnit(landingZone.unitId);
    return unit === undefined
      ? failed(
          `The organization has no unit ${landingZone.unitId}.`,
          `Correct ${settingOf(landingZone)} and deploy VendingStack. AWS shows the ids with: aws ` +
            'organizations list-organizational-units-for-parent --parent-id <root>.',
        )
      : ok(unit.name);
  },
});

const settingOf = ({ name, awsTargetOrgUnitId }: LandingZone): string =>
  awsTargetOrgUnitId === null
    ? 'workspaceOrgUnits.parentOrgUnitId in platform.json'
    : `awsTargetOrgUnitId in landing-zones/${name}.json`;

const isRegistered = (ports: OrganizationalUnitPorts, landingZone: ZoneInUnit): Check => ({
  id: `unit-is-registered:${landingZone.name}`,
  sentence: `The organizational unit of landing zone "${landingZone.name}" is registered with Control Tower.`,
  needs: landingZone.awsEnrollAccount ? [unitExists(landingZone), CONTROL_TOWER_IS_SET_UP] : [],
  judge: () => (landingZone.awsEnrollAccount ? registration(ports, landingZone) : skipped(NOT_ENROLLED)),
});

const NOT_ENROLLED = 'awsEnrollAccount is false: accounts of this landing zone are not enrolled.';

async function registration(
  { tree, controlTower }: OrganizationalUnitPorts,
  { unitId: id }: ZoneInUnit,
): Promise<Finding> {
  const arn = (await tree.describeOrganizationalUnit(id))?.arn ?? null;
  if (arn === null || controlTower === null) return failed(`The root is no unit that can be registered.`, REGISTER(id));
  switch (await controlTower.registrationOf(arn)) {
    case 'registered':
      return ok(inWords(await controlTower.baselineOf(arn)));
    case 'controlled':
      return ok(`Control Tower has controls on ${id}, and no baseline. ${DECIDES}`);
    case 'untold':
      return ok(`Control Tower has no baseline on ${id}. ${DECIDES}`);
    case 'changing':
      return failed(`Control Tower is changing ${id} right now.`, 'Wait until it has ended, and run preflight again.');
    case 'failed':
      return failed(`The registration of ${id} has failed.`, `Register it again: ${REGISTER(id)}`);
    case 'absent':
      return failed(`Control Tower does not know ${id}: accounts cannot be enrolled into it.`, REGISTER(id));
  }
}

/**
 * @evidence documented controltower/userguide/types-of-baselines: a unit has AWSControlTowerBaseline or ConfigBaseline
 */
function inWords(baseline: UnitBaseline | null): string {
  const { name = 'No baseline', version = null } = baseline ?? {};
  const counts = name === 'ConfigBaseline' ? ' It counts: a unit is registered by it as well.' : '';
  return `${name}${version === null ? '' : `, version ${version}`}.${counts}`;
}

const DECIDES =
  'From landing zone 4.0 on that does not tell whether accounts can be enrolled into it: Control Tower decides when it is asked.';

const REGISTER = (id: string): string =>
  `In the console of Control Tower, in its home region, open Organization, choose the unit ${id} and "Register organizational unit". If accounts ` +
  'shall not be enrolled, set awsEnrollAccount to false instead and deploy VendingStack.';
