import { configServiceRegionSetups } from '../../aws/config-service/config-service-region-setups';
import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import {
  organizationsAccountDirectory,
  organizationsTags,
} from '../../aws/organizations/organizations-account-directory';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { stsMemberAccess } from '../../aws/sts/sts-role-access';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { importAccount } from './step';

export const { compose, handler } = stepFunction('ImportAccount', ({ session, runtime, tenantUuid, plan }) =>
  importAccount({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    directory: organizationsAccountDirectory(session),
    access: stsMemberAccess(session),
    tags: organizationsTags(session),
    tree: organizationsTree(session),
    own: stsOwnAccount(runtime.aws, 'ImportAccount'),
    regions: configServiceRegionSetups(session),
    controlTower: controlTowerLandingZone(session, plan.controlTowerRegion ?? undefined),
  }),
);
