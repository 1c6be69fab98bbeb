import { organizationsTags } from '../../aws/organizations/organizations-tags';
import { stepFunction } from '../../runtime/step-handler';
import { tagAccount } from './step';

export const { compose, handler } = stepFunction('TagAccount', ({ caller }) =>
  tagAccount({ tags: organizationsTags(caller) }),
);
