import type { DesiredState } from './desired-state';
import type { VendingPlan } from './plan';
import type { PlatformConfiguration } from './platform-configuration';

/**
 * The tags by which an external account vending machine says that it has finished with an account. Source: meshcloud's documentation of
 * `waitForExternalAvm`.
 */
export const EXTERNAL_AVM_TAGS = ['ProductName', 'Stage'] as const;

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
