import { organizationsAccountCreator } from '../../aws/organizations/organizations-account-creator';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { createAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CreateAccount', ({ session, runtime, turns, tenantUuid }) =>
  createAccount({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    turns,
    accounts: organizationsAccountCreator(session),
    tree: organizationsTree(session),
  }),
);
