import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitEnrollmentTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitEnrollmentTurn', ({ caller, queue, turns, plan }) =>
  awaitEnrollmentTurn({
    queue,
    turns,
    factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
    controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
  }),
);
