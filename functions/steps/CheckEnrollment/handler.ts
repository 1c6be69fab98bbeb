import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { controlTowerOf } from '../../domain/plan/plan';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunctionWithTurns } from '../../runtime/turn-function';
import { checkEnrollment } from './step';

export const { compose, handler } = stepFunctionWithTurns(
  'CheckEnrollment',
  ({ session, runtime, turns, tenantUuid, plan }) =>
    checkEnrollment({
      repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
      turns,
      factory: serviceCatalogAccountFactory(session, controlTowerOf(plan)?.region),
      controlTower: controlTowerLandingZone(session, controlTowerOf(plan)?.region),
    }),
);
