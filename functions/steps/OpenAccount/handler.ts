import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { iamMemberRoles } from '../../aws/iam/iam-member-roles';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { trustInMembers } from '../../runtime/environment';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { openAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('OpenAccount', host, (caller, { plan }) =>
    openAccount({
      role: iamAccessRole(caller),
      roles: iamMemberRoles(caller),
      tree: organizationsTree(caller),
      controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
      trust: trustInMembers(host.environment),
    }),
  );

export const handler = onLambda(compose);
