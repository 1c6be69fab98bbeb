import { organizationsTags } from '../../aws/organizations/organizations-account-directory';
import { stepFunction } from '../../runtime/step-handler';
import { checkExternalAvm } from './step';

export const { compose, handler } = stepFunction('CheckExternalAvm', ({ session }) =>
  checkExternalAvm({ tags: organizationsTags(session) }),
);
