import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { secondsUntilRolesCount } from '../../domain/run/changes-of-run';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stackSetIn } from '../../runtime/state-input';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { deployStackInstances } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'DeployStackInstances',
  ({ session, runtime, turns, companions, tenantUuid, run, input }) =>
    deployStackInstances({
      repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
      turns,
      companions,
      stackSets: cloudformationStackSets(session),
      stackSet: stackSetIn(input),
      rolesCount: () => runtime.wait(1000 * secondsUntilRolesCount(run, runtime.now())),
    }),
);
