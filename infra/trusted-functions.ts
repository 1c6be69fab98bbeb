import { type StepPermissions, stepPermissions } from '../functions/aws/step-permissions';
import { physicalName } from './names';
import { stepNames } from './steps';

/** The roles of the functions that act in the management account, or go through it into member accounts. */
export const rolesIntoManagement = (): readonly string[] =>
  rolesWhere(({ management, member }) => management !== undefined || member !== undefined);

/** The roles of the functions that act in the automation account. */
export const rolesIntoAutomation = (): readonly string[] => rolesWhere(({ automation }) => automation !== undefined);

const rolesWhere = (goesThere: (permissions: StepPermissions) => boolean): readonly string[] =>
  stepNames.filter((name) => goesThere(stepPermissions[name])).map(physicalName);
