import { drawAccountId } from '../../draw';
import type { OrganizationState } from '../../organization-state';

export function drawNewAccountId(state: OrganizationState): string {
  for (;;) {
    const id = drawAccountId(state.random);
    if (!state.accounts.has(id)) {
      return id;
    }
  }
}
