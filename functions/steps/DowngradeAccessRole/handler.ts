import { partitionOf } from '../../aws/base/assumed-role';
import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { changedAt } from '../../domain/run/changes-of-run';
import { stepFunction } from '../../runtime/step-handler';
import { downgradeAccessRole } from './step';

export const { compose, handler } = stepFunction('DowngradeAccessRole', ({ session, run }) =>
  downgradeAccessRole({
    role: iamAccessRole(session),
    partition: partitionOf(session),
    changedAt: (change) => changedAt(run, change),
  }),
);
