import { organizationsAccountCreator } from '../../aws/organizations/organizations-account-creator';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { createAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CreateAccount', ({ caller, host, turns, tenantUuid }) =>
  createAccount({
    repository: ledgerTenantRepository(host.ledger, tenantUuid),
    turns,
    accounts: organizationsAccountCreator(caller),
    tree: organizationsTree(caller),
  }),
);
