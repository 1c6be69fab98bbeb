import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { controlTowerOf } from '../../domain/plan/plan';
import { waitingFunction } from '../../runtime/turn-function';
import { awaitEnrollmentTurn } from './step';

export const { compose, handler } = waitingFunction('AwaitEnrollmentTurn', ({ session, queue, turns, plan }) =>
  awaitEnrollmentTurn({
    queue,
    turns,
    factory: serviceCatalogAccountFactory(session, controlTowerOf(plan)?.region),
    controlTower: controlTowerLandingZone(session, controlTowerOf(plan)?.region),
  }),
);
