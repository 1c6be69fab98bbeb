import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerFurnishingMemory } from '../../ledger/tenants/furnishing-memory';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stackSetIn } from '../../runtime/stack-set-input';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { deployStackInstances } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('DeployStackInstances', host, (caller, { tenantUuid, input }) =>
    deployStackInstances({
      memory: ledgerFurnishingMemory(host.ledger, tenantUuid),
      turns: laneTurnsOf(host, edges, tenantUuid),
      stackSets: cloudformationStackSets(caller),
      stackSet: stackSetIn(input),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
