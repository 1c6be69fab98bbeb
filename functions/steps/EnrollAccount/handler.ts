import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { ledgerFurnishingMemory } from '../../ledger/tenants/furnishing-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { enrollAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('EnrollAccount', host, (caller, { tenantUuid, plan }) =>
    enrollAccount({
      memory: ledgerFurnishingMemory(host.ledger, tenantUuid),
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
      directory: organizationsAccountDirectory(caller),
      tree: organizationsTree(caller),
      controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
    }),
  );

export const handler = onLambda(compose);
