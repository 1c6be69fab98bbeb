import type { DesiredState } from '../../domain/desired-state/desired-state';
import type { MeshTenant } from './mesh-objects';

export type LifecycleState = DesiredState['tenant']['status']['lifecycle']['state'];

/** meshTenant v4-preview tells by two instants what v4 calls `status.lifecycle.state`. */
export function lifecycleState({ metadata: { deletedOn, markedForDeletionOn } }: MeshTenant): LifecycleState {
  if (deletedOn != null) return 'DELETED';
  return markedForDeletionOn == null ? 'ACTIVE' : 'MARKED_FOR_DELETION';
}
