import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { ServiceRoleSeed } from '../organization-seed';
import { knownRoles } from './cached-roles';

/**
 * The roles by which the calls of a demonstration are judged; undefined where they cannot be made. The packed command
 * has another file in the place of this one: it brings roles along, and makes others if the CDK is there.
 */
export async function appliedAuthorization(
  configuration: Configuration,
): Promise<readonly ServiceRoleSeed[] | undefined> {
  const known = knownRoles(configuration);
  if (known !== undefined) return known;
  // With it comes the CDK, which takes more than a second to load.
  const { exampleAuthorization } = await import('./example-authorization');
  return exampleAuthorization(configuration);
}
