import { organizationsUnits } from '../../aws/organizations/organizations-units';
import { stepFunction } from '../../runtime/step-handler';
import { ensureWorkspaceUnit } from './step';

export const { compose, handler } = stepFunction('EnsureWorkspaceUnit', ({ session }) =>
  ensureWorkspaceUnit({ units: organizationsUnits(session) }),
);
