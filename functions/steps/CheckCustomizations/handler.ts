import { codeBuildBuilds } from '../../aws/codebuild/codebuild-builds';
import { buildRegionOf } from '../../domain/customizations/customization-work';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { checkCustomizations } from './step';

export const { compose, handler } = stepFunction('CheckCustomizations', ({ session, runtime, tenantUuid, plan }) =>
  checkCustomizations({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    builds: codeBuildBuilds(session, buildRegionOf(plan)),
  }),
);
