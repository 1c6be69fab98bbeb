import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkClosure } from './step';

export const { compose, handler } = stepFunctionWithTurns('CheckClosure', ({ session, runtime, turns, tenantUuid }) =>
  checkClosure({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    turns,
    directory: organizationsAccountDirectory(session),
  }),
);
