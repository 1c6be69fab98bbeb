import { cloudFormation } from './cloudformation/cloudformation';
import { codeBuild } from './codebuild/codebuild';
import { configService } from './config/config-service';
import { controlTower } from './control-tower/control-tower';
import { costExplorer } from './cost-explorer/cost-explorer';
import { iam } from './iam/iam';
import { identityStore } from './identitystore/identity-store';
import { lambda } from './lambda/lambda';
import type { Service } from './operation';
import { organizations } from './organizations/organizations';
import { serviceCatalog } from './service-catalog/service-catalog';
import { ssoAdmin } from './sso-admin/sso-admin';
import { serviceQuotas } from './service-quotas/service-quotas';
import { sts } from './sts/sts';

export const allServices: readonly Service[] = [
  organizations,
  sts,
  iam,
  serviceCatalog,
  cloudFormation,
  lambda,
  codeBuild,
  identityStore,
  ssoAdmin,
  controlTower,
  configService,
  serviceQuotas,
  costExplorer,
];

const services: ReadonlyMap<string, Service> = new Map(allServices.map((one) => [one.signingName, one]));

/** Finds a service by the name in the credential scope. */
export function serviceCalled(signingName: string): Service | undefined {
  return services.get(signingName);
}
