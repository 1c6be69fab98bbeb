import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { ledgerAccountSearch } from '../../ledger/tenants/account-search';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CheckAccount', ({ session, runtime, turns, tenantUuid }) =>
  checkAccount({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    turns,
    directory: organizationsAccountDirectory(session),
    search: ledgerAccountSearch(runtime.ledger, runtime.now),
    clock: runtime.now,
  }),
);
