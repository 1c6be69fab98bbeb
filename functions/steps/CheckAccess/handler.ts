import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { stsMemberAccess } from '../../aws/sts/sts-role-access';
import { stepFunction } from '../../runtime/step-handler';
import { checkAccess } from './step';

export const { compose, handler } = stepFunction('CheckAccess', ({ session }) =>
  checkAccess({ access: stsMemberAccess(session), directory: organizationsAccountDirectory(session) }),
);
