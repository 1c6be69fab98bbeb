import type { TaskName } from '../domain/state-name';
import { previewPermissions } from './preview-permissions';
import { preflightPermissions, type StepPermissions, stepPermissions } from './step-permissions';

/** The functions that work with service roles: steps, and those that look what steps would do. */
export type ActingFunction = TaskName | 'PreviewChanges' | 'RunPreflight';

/** What each function calls. */
export const functionPermissions: Readonly<Record<ActingFunction, StepPermissions>> = {
  ...stepPermissions,
  PreviewChanges: previewPermissions,
  RunPreflight: preflightPermissions,
};
