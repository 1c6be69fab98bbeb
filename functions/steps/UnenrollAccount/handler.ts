import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerFurnishingMemory } from '../../ledger/tenants/furnishing-memory';
import type { Host } from '../../runtime/host';
import { laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { unenrollAccount } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('UnenrollAccount', host, (caller, { tenantUuid, plan }) =>
    unenrollAccount({
      memory: ledgerFurnishingMemory(host.ledger, tenantUuid),
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
      controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
      tree: organizationsTree(caller),
      turns: laneTurnsOf(host, edges, tenantUuid),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
