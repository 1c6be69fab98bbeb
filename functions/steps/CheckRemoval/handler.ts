import { cloudformationStackSets } from '../../aws/cloudformation/cloudformation-stack-sets';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerFurnishingMemory } from '../../ledger/tenants/furnishing-memory';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stackSetIn } from '../../runtime/stack-set-input';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { checkRemoval } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('CheckRemoval', host, (caller, { tenantUuid, input }) =>
    checkRemoval({
      memory: ledgerFurnishingMemory(host.ledger, tenantUuid),
      turns: laneTurnsOf(host, edges, tenantUuid),
      stackSets: cloudformationStackSets(caller),
      removal: stackSetIn(input),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
