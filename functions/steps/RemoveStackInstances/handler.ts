import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { removeStackInstances } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'RemoveStackInstances',
  ({ caller, host, turns, tenantUuid, input }) =>
    removeStackInstances({
      repository: ledgerTenantRepository(host.ledger, tenantUuid),
      turns,
      stackSets: cloudformationStackSets(caller),
      removal: stackSetIn(input),
    }),
);
