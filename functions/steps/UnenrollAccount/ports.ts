import type { AccountFactory } from '../../ports/account-factory';
import type { ControlTower } from '../../ports/control-tower';
import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { LaneTurns } from '../../ports/lane-queue';
import type { OrganizationTree } from '../../ports/organizations';

export interface UnenrollAccountPorts {
  readonly memory: Pick<FurnishingMemory, 'recordEnrollment' | 'recordEnrollmentIntent'>;
  readonly factory: Pick<AccountFactory, 'productsOf' | 'findByName' | 'terminate'>;
  readonly controlTower: Pick<ControlTower, 'governanceOf' | 'landingZone' | 'registrationOf'>;
  readonly tree: Pick<OrganizationTree, 'describeOrganizationalUnit' | 'moveAccount' | 'parentOf' | 'rootAbove'>;
  readonly turns: Pick<LaneTurns, 'free'>;
}
