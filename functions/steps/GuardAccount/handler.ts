import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { stepFunction } from '../../runtime/step-handler';
import { guardAccount } from './step';

export const { compose, handler } = stepFunction('GuardAccount', ({ caller, host, plan }) =>
  guardAccount({
    directory: organizationsAccountDirectory(caller),
    own: stsOwnAccount(host.aws, 'GuardAccount'),
    controlTower: controlTowerLandingZone(caller, plan.controlTowerRegion ?? undefined),
    factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
  }),
);
