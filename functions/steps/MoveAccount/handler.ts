import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { moveAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('MoveAccount', host, (caller, { plan }) => {
    const homeRegion = plan.controlTowerRegion ?? plan.enrollment?.region;
    return moveAccount({
      tree: organizationsTree(caller),
      factory: serviceCatalogAccountFactory(caller, homeRegion),
      controlTower: controlTowerLandingZone(caller, homeRegion),
    });
  });

export const handler = onLambda(compose);
