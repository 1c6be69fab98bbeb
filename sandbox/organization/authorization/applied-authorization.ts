import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { ServiceRoleSeed } from '../organization-seed';
import { exampleAuthorization } from './example-authorization';

/**
 * The roles by which the calls of a demonstration are judged; undefined where they cannot be made. The packed command
 * has another file in the place of this one: it brings roles along, and makes others if the CDK is there.
 */
export const appliedAuthorization = (configuration: Configuration): Promise<readonly ServiceRoleSeed[] | undefined> =>
  Promise.resolve(exampleAuthorization(configuration));
