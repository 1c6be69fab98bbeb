import { organizationsAccountCloser } from '../../aws/organizations/organizations-account-closer';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { serviceQuotasAccountQuota } from '../../aws/organizations/service-quotas-account-quota';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { ledgerClosureRepository } from '../../ledger/tenants/claim-closure';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { closeAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CloseAccount', ({ session, runtime, turns, tenantUuid }) =>
  closeAccount({
    repository: ledgerClosureRepository(runtime.ledger, tenantUuid),
    turns,
    closer: organizationsAccountCloser(session),
    directory: organizationsAccountDirectory(session),
    own: stsOwnAccount(runtime.aws, 'CloseAccount'),
    quota: serviceQuotasAccountQuota(session),
  }),
);
