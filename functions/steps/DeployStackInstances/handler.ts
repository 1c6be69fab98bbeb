import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { deployStackInstances } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'DeployStackInstances',
  ({ caller, host, turns, tenantUuid, input }) =>
    deployStackInstances({
      repository: ledgerTenantRepository(host.ledger, tenantUuid),
      turns,
      stackSets: cloudformationStackSets(caller),
      stackSet: stackSetIn(input),
    }),
);
