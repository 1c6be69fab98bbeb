import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkRemoval } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'CheckRemoval',
  ({ session, runtime, turns, tenantUuid, input }) =>
    checkRemoval({
      repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
      turns,
      stackSets: cloudformationStackSets(session),
      removal: stackSetIn(input),
    }),
);
