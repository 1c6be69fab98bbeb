import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { ledgerClosureMemory } from '../../ledger/closing/closure-memory';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkClosure } from './step';

export const { compose, handler } = stepFunctionWithTurns('CheckClosure', ({ caller, host, turns, tenantUuid }) =>
  checkClosure({
    memory: ledgerClosureMemory(host.ledger, tenantUuid, host.now),
    turns,
    directory: organizationsAccountDirectory(caller),
  }),
);
