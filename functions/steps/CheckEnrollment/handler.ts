import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkEnrollment } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'CheckEnrollment',
  ({ caller, host, turns, tenantUuid, plan }) =>
    checkEnrollment({
      repository: ledgerTenantRepository(host.ledger, tenantUuid),
      turns,
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
      controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
    }),
);
