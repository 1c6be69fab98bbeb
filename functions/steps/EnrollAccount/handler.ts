import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { enrollAccount } from './step';

export const { compose, handler } = stepFunction('EnrollAccount', ({ session, runtime, tenantUuid, plan }) =>
  enrollAccount({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    factory: serviceCatalogAccountFactory(session, plan.enrollment?.region),
    directory: organizationsAccountDirectory(session),
    tree: organizationsTree(session),
    controlTower: controlTowerLandingZone(session, plan.enrollment?.region),
  }),
);
