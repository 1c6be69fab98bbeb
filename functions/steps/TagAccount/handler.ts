import { organizationsTags } from '../../aws/organizations/organizations-account-directory';
import { stepFunction } from '../../runtime/step-handler';
import { tagAccount } from './step';

export const { compose, handler } = stepFunction('TagAccount', ({ session }) =>
  tagAccount({ tags: organizationsTags(session) }),
);
