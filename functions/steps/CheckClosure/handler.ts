import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkClosure } from './step';

export const { compose, handler } = stepFunctionWithTurns('CheckClosure', ({ caller, host, turns, tenantUuid }) =>
  checkClosure({
    repository: ledgerTenantRepository(host.ledger, tenantUuid),
    turns,
    directory: organizationsAccountDirectory(caller),
  }),
);
