import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { iamMemberRoles } from '../../aws/iam/iam-member-roles';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { trustInMembers } from '../../runtime/trust-in-members';
import { stepFunction } from '../../runtime/step-handler';
import { openAccount } from './step';

export const { compose, handler } = stepFunction('OpenAccount', ({ caller, host, plan }) =>
  openAccount({
    role: iamAccessRole(caller),
    roles: iamMemberRoles(caller),
    tree: organizationsTree(caller),
    controlTower: controlTowerLandingZone(caller, plan.enrollment?.region),
    factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
    trust: trustInMembers(host.environment),
  }),
);
