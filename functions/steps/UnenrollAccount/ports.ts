import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { TenantRepository } from '../../ports/repositories';
import type { LaneTurns } from '../../ports/lane-queue';
import type { OrganizationTree } from '../../ports/organizations';

export interface UnenrollAccountPorts {
  readonly repository: Pick<TenantRepository, 'update' | 'claim'>;
  readonly factory: Pick<AccountFactory, 'productsOf' | 'findByName' | 'terminate'>;
  readonly controlTower: Pick<ControlTower, 'governanceOf' | 'landingZone' | 'registrationOf'>;
  readonly tree: Pick<OrganizationTree, 'describeOrganizationalUnit' | 'moveAccount' | 'parentOf' | 'rootAbove'>;
  readonly turns: Pick<LaneTurns, 'free'>;
}
