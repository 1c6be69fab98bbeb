import { organizationsAccountCreator } from '../../aws/organizations/organizations-account-creator';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { createAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns('CreateAccount', ({ caller, host, turns, tenantUuid }) =>
  createAccount({
    memory: ledgerAccountMemory(host.ledger, tenantUuid),
    turns,
    accounts: organizationsAccountCreator(caller),
    tree: organizationsTree(caller),
  }),
);
