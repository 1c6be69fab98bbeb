import { configServiceRegionSetups } from '../../aws/config-service/config-service-region-setups';
import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { organizationsAccountDirectory } from '../../aws/organizations/organizations-account-directory';
import { organizationsTags } from '../../aws/organizations/organizations-tags';
import { organizationsTree } from '../../aws/organizations/organizations-tree';
import { stsMemberAccess } from '../../aws/sts/sts-member-access';
import { stsOwnAccount } from '../../aws/sts/sts-own-account';
import { ledgerAccountMemory } from '../../ledger/tenants/account-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { importAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('ImportAccount', host, (caller, { tenantUuid, plan }) =>
    importAccount({
      memory: ledgerAccountMemory(host.ledger, tenantUuid),
      directory: organizationsAccountDirectory(caller),
      access: stsMemberAccess(caller),
      tags: organizationsTags(caller),
      tree: organizationsTree(caller),
      own: stsOwnAccount(host.aws, 'ImportAccount'),
      regions: configServiceRegionSetups(caller),
      controlTower: controlTowerLandingZone(caller, plan.controlTowerRegion ?? undefined),
    }),
  );

export const handler = onLambda(compose);
