import { EXTERNAL_AVM_TAGS } from '../configuration/tenant-tag';
import type { DesiredState } from '../desired-state/desired-state';
import type { VendingPlan } from '../plan/plan';
import type { PlatformConfiguration } from '../configuration/platform-configuration';

/** What of an external account vending machine is waited for; null where none is. */
export function plannedExternalAvm(
  { waitForExternalAvm }: PlatformConfiguration,
  { tenant }: DesiredState,
): VendingPlan['externalAvm'] {
  if (!waitForExternalAvm) return null;
  const { ownedByWorkspace, ownedByProject } = tenant.metadata;
  const [workspace, project] = EXTERNAL_AVM_TAGS;
  return { tags: { [workspace]: ownedByWorkspace, [project]: ownedByProject } };
}
