import type { AutomationClass, ManagementClass } from '../functions/aws/permissions/step-permissions';
import { functionsInAutomation, functionsInManagement } from '../functions/aws/permissions/function-permissions';
import { type FunctionName, physicalName } from './names';

/** Checks the prerequisites of all steps. */
export const PREFLIGHT = 'RunPreflight' satisfies FunctionName;

/** The roles of the functions that a role in the management account trusts. */
export const trustedInManagement = (ofClass: ManagementClass): readonly string[] =>
  functionsInManagement(ofClass).map(physicalName);

/** The roles of the functions that a role in the automation account trusts. */
export const trustedInAutomation = (ofClass: AutomationClass): readonly string[] =>
  functionsInAutomation(ofClass).map(physicalName);
