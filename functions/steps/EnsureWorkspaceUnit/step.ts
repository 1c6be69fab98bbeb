import { NotVisibleError } from '../../domain/base/errors';
import type { WorkspaceOrgUnit } from '../../domain/plan/plan';
import type { Step, StepReport } from '../../domain/run/step-context';
import type { OrganizationalUnit, OrganizationalUnits } from '../../ports/organizations';

export interface EnsureWorkspaceUnitPorts {
  readonly units: OrganizationalUnits;
}

/**
 * Finds the organizational unit of the tenant's workspace by its name, or makes it. Which one it is goes to later
 * states by the execution: the plan was decided before.
 *
 * A second run finds it and writes nothing. So does one of two that make it at once: AWS has one unit of a name in a
 * parent, and refuses the second call. Whatever was made by a run that was killed is found by the next one.
 *
 * @throws RejectedError when the parent does not exist, or AWS allows no more units
 * @throws NotVisibleError while AWS refuses the name and does not list its unit yet
 */
export function ensureWorkspaceUnit({ units }: EnsureWorkspaceUnitPorts): Step {
  return async ({ plan: { workspaceOrgUnit: wanted } }) => {
    if (wanted === undefined)
      return { result: { organizationalUnitId: null }, remark: 'The landing zone names a unit.' };
    const found = await find(units, wanted);
    if (found !== undefined) return isThere(found);
    const made = await units.createUnit(wanted.parentOrgUnitId, wanted.name);
    if (made === 'taken') return isThere(await findTaken(units, wanted));
    return {
      result: { organizationalUnitId: made.id },
      changes: [{ what: 'organizational unit of the workspace', from: null, to: `${made.name} (${made.id})` }],
    };
  };
}

async function find(
  units: OrganizationalUnits,
  { parentOrgUnitId, name }: WorkspaceOrgUnit,
): Promise<OrganizationalUnit | undefined> {
  return (await units.unitsIn(parentOrgUnitId)).find((unit) => unit.name === name);
}

/** Another run has made it between our look and our call, or an answer to an earlier call was lost. */
async function findTaken(units: OrganizationalUnits, wanted: WorkspaceOrgUnit): Promise<OrganizationalUnit> {
  const found = await find(units, wanted);
  if (found !== undefined) return found;
  throw new NotVisibleError(
    `AWS has an organizational unit "${wanted.name}" in ${wanted.parentOrgUnitId}, and does not list it yet.`,
    { nothingDone: true },
  );
}

const isThere = ({ id, name }: OrganizationalUnit): StepReport => ({
  result: { organizationalUnitId: id },
  remark: `The organizational unit of the workspace is ${name} (${id}).`,
});
