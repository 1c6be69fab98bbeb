import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { guardAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('GuardAccount', host, (caller, { plan }) =>
    guardAccount({
      directory: organizationsAccountDirectory(caller),
      own: stsOwnAccount(host.aws, 'GuardAccount'),
      controlTower: controlTowerLandingZone(caller, plan.controlTowerRegion ?? undefined),
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
    }),
  );

export const handler = onLambda(compose);
