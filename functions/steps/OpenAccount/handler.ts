import { iamAccessRole } from '../../aws/iam/iam-access-role';
import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { iamMemberRoles } from '../../aws/iam/iam-member-roles';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { trustInMembers } from '../../runtime/trust-in-members';
import { stepFunction } from '../../runtime/step-handler';
import { openAccount } from './step';

export const { compose, handler } = stepFunction('OpenAccount', ({ session, runtime, plan }) =>
  openAccount({
    role: iamAccessRole(session),
    roles: iamMemberRoles(session),
    tree: organizationsTree(session),
    controlTower: controlTowerLandingZone(session, plan.enrollment?.region),
    factory: serviceCatalogAccountFactory(session, plan.enrollment?.region),
    trust: trustInMembers(runtime.environment),
  }),
);
