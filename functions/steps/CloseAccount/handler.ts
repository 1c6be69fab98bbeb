import { organizationsAccountCloser } from '../../aws/organizations/organizations-account-closer';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { serviceQuotasAccountQuota } from '../../aws/organizations/service-quotas-account-quota';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { ledgerClosureRepository } from '../../ledger/tenants/claim-closure';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { closeAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CloseAccount', ({ caller, host, turns, tenantUuid }) =>
  closeAccount({
    repository: ledgerClosureRepository(host.ledger, tenantUuid),
    turns,
    closer: organizationsAccountCloser(caller),
    directory: organizationsAccountDirectory(caller),
    own: stsOwnAccount(host.aws, 'CloseAccount'),
    quota: serviceQuotasAccountQuota(caller),
  }),
);
