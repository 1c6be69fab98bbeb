import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { workspaceUnitIn } from '../../runtime/state-input';
import { stepFunction } from '../../runtime/step-handler';
import { moveAccount } from './step';

export const { compose, handler } = stepFunction('MoveAccount', ({ session, plan, input }) => {
  const homeRegion = plan.controlTowerRegion ?? plan.enrollment?.region;
  return moveAccount({
    tree: organizationsTree(session),
    factory: serviceCatalogAccountFactory(session, homeRegion),
    controlTower: controlTowerLandingZone(session, homeRegion),
    workspaceUnit: () => workspaceUnitIn(input),
  });
});
