import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { stepFunction } from '../../runtime/step-handler';
import { guardAccount } from './step';

export const { compose, handler } = stepFunction('GuardAccount', ({ session, runtime, plan }) =>
  guardAccount({
    directory: organizationsAccountDirectory(session),
    own: stsOwnAccount(runtime.aws, 'GuardAccount'),
    controlTower: controlTowerLandingZone(session, plan.controlTowerRegion ?? undefined),
    factory: serviceCatalogAccountFactory(session, plan.enrollment?.region),
  }),
);
