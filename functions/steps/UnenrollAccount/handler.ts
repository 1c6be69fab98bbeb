import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { controlTowerOf } from '../../domain/plan/plan';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { unenrollAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'UnenrollAccount',
  ({ session, runtime, turns, tenantUuid, plan }) =>
    unenrollAccount({
      repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
      factory: serviceCatalogAccountFactory(session, controlTowerOf(plan)?.region),
      controlTower: controlTowerLandingZone(session, controlTowerOf(plan)?.region),
      tree: organizationsTree(session),
      turns,
    }),
);
