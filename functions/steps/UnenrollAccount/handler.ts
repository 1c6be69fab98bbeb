import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { unenrollAccount } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'UnenrollAccount',
  ({ caller, host, turns, tenantUuid, plan }) =>
    unenrollAccount({
      repository: ledgerTenantRepository(host.ledger, tenantUuid),
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
      controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
      tree: organizationsTree(caller),
      turns,
    }),
);
