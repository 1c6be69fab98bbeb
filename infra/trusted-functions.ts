import { type StepPermissions, stepPermissions } from '../functions/aws/step-permissions';
import { type FunctionName, physicalName } from './names';
import { stepNames } from './steps';

/** Looks at what the steps will need, through the same roles. */
export const PREFLIGHT = 'RunPreflight' satisfies FunctionName;

/** The roles of the functions that act in the management account, or go through it into member accounts. */
export const rolesIntoManagement = (): readonly string[] =>
  rolesWhere(({ management, member }) => management !== undefined || member !== undefined);

/** The roles of the functions that act in the automation account. */
export const rolesIntoAutomation = (): readonly string[] => rolesWhere(({ automation }) => automation !== undefined);

/** Looks at what a run would change, through the same roles. */
const PREVIEW = 'PreviewChanges' satisfies FunctionName;

const rolesWhere = (goesThere: (permissions: StepPermissions) => boolean): readonly string[] => [
  ...stepNames.filter((name) => goesThere(stepPermissions[name])).map(physicalName),
  physicalName(PREVIEW),
  physicalName(PREFLIGHT),
];
