import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { ledgerFurnishingMemory } from '../../ledger/tenants/furnishing-memory';
import { stackSetIn } from '../../runtime/stack-set-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { deployStackInstances } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'DeployStackInstances',
  ({ caller, host, turns, tenantUuid, input }) =>
    deployStackInstances({
      memory: ledgerFurnishingMemory(host.ledger, tenantUuid),
      turns,
      stackSets: cloudformationStackSets(caller),
      stackSet: stackSetIn(input),
    }),
);
