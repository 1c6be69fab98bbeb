import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkStackInstances } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'CheckStackInstances',
  ({ caller, host, turns, tenantUuid, input }) =>
    checkStackInstances({
      repository: ledgerTenantRepository(host.ledger, tenantUuid),
      turns,
      stackSets: cloudformationStackSets(caller),
      stackSet: stackSetIn(input),
    }),
);
