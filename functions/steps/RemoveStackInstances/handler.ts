import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { removeStackInstances } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'RemoveStackInstances',
  ({ session, runtime, turns, tenantUuid, input }) =>
    removeStackInstances({
      repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
      turns,
      stackSets: cloudformationStackSets(session),
      removal: stackSetIn(input),
    }),
);
