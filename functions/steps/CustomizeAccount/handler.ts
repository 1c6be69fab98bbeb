import { codeBuildBuilds } from '../../aws/codebuild/codebuild-builds';
import { buildRegionOf } from '../../domain/customizations/customization-work';
import { ledgerTenantRepository } from '../../ledger/tenants/tenant-repository';
import { stepFunction } from '../../runtime/step-handler';
import { customizeAccount } from './step';

export const { compose, handler } = stepFunction('CustomizeAccount', ({ session, runtime, tenantUuid, plan }) =>
  customizeAccount({
    repository: ledgerTenantRepository(runtime.ledger, tenantUuid),
    builds: codeBuildBuilds(session, buildRegionOf(plan)),
  }),
);
