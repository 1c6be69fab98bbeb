import type { LandingZone } from '../../domain/configuration/landing-zone';
import type { PlatformConfiguration } from '../../domain/configuration/platform-configuration';
import { isLittle } from '../../domain/fleet/fleet-limits';
import type { OrganizationalUnits, OrganizationTree } from '../../ports/organizations';
import { type Check, failed, type Finding, ok } from '../check';
import { unitExists } from './organizational-units';

interface WorkspaceUnitPorts {
  readonly tree: Pick<OrganizationTree, 'parentOf'>;
  readonly units: Pick<OrganizationalUnits, 'unitsIn'>;
}

/** Source: "Quotas and service limits for AWS Organizations". */
const DEEPEST_UNIT = 5;
const MOST_UNITS = 2000;

/** Where landing zones want a unit for each workspace, AWS has room for more of them. */
export function workspaceUnitChecks(
  ports: WorkspaceUnitPorts,
  landingZones: readonly LandingZone[],
  workspaceOrgUnits: PlatformConfiguration['workspaceOrgUnits'],
  entering: string,
): readonly Check[] {
  const wanting = landingZones.find(({ awsTargetOrgUnitId }) => awsTargetOrgUnitId === null);
  if (wanting === undefined || workspaceOrgUnits === undefined) return [];
  const { parentOrgUnitId } = workspaceOrgUnits;
  return [
    {
      id: 'workspace-units-have-room',
      sentence: `Units of workspaces can be made in ${parentOrgUnitId}.`,
      needs: [entering, unitExists(wanting)],
      judge: () => judge(ports, parentOrgUnitId),
    },
  ];
}

async function judge({ tree, units }: WorkspaceUnitPorts, parentId: string): Promise<Finding> {
  const depth = await levelsBelowRoot(tree, parentId);
  if (depth >= DEEPEST_UNIT) {
    return failed(
      `${parentId} is ${depth} levels below the root, and AWS has no deeper ones.`,
      `Set workspaceOrgUnits.parentOrgUnitId in platform.json to a unit that is at most ${DEEPEST_UNIT - 1} levels below the root, and deploy VendingStack.`,
    );
  }
  const used = (await units.unitsIn(parentId)).length;
  const left = MOST_UNITS - used;
  const seen = `${used} of ${MOST_UNITS} units of the organization are there; others are not counted.`;
  if (left <= 0) return failed(seen, ROOM);
  return ok(isLittle(left, MOST_UNITS) ? `${seen} That is little. ${ROOM}` : seen);
}

const ROOM = 'Delete units that hold no account any more, or ask AWS for a higher quota of them.';

async function levelsBelowRoot(tree: Pick<OrganizationTree, 'parentOf'>, unitId: string): Promise<number> {
  return unitId.startsWith('r-') ? 0 : 1 + (await levelsBelowRoot(tree, await tree.parentOf(unitId)));
}
