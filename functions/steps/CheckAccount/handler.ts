import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { ledgerAccountSearch } from '../../ledger/tenants/account-search';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CheckAccount', ({ caller, host, turns, tenantUuid }) =>
  checkAccount({
    repository: ledgerTenantRepository(host.ledger, tenantUuid),
    turns,
    directory: organizationsAccountDirectory(caller),
    search: ledgerAccountSearch(host.ledger, host.now),
    clock: host.now,
  }),
);
