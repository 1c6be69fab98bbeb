import { partitionOf } from '../../aws/base/assumed-role';
import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { stepFunction } from '../../runtime/step-handler';
import { downgradeAccessRole } from './step';

export const { compose, handler } = stepFunction('DowngradeAccessRole', ({ session }) =>
  downgradeAccessRole({ role: iamAccessRole(session), partition: partitionOf(session) }),
);
