import { partitionOf } from '../../aws/base/assumed-role';
import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { confirmDowngrade } from './step';

export const { compose, handler } = stepFunction('ConfirmDowngrade', ({ session, runtime, tenantUuid, run }) =>
  confirmDowngrade({
    role: iamAccessRole(session),
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    partition: partitionOf(session),
    isPrepared: run.steps.some(({ state }) => state === 'DowngradeAccessRole'),
  }),
);
