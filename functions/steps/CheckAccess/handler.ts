import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { stsMemberAccess } from '../../aws/sts/sts-role-access';
import { stepFunction } from '../../runtime/step-handler';
import { checkAccess } from './step';

export const { compose, handler } = stepFunction('CheckAccess', ({ caller }) =>
  checkAccess({ access: stsMemberAccess(caller), directory: organizationsAccountDirectory(caller) }),
);
