import { contentHash } from '../../../functions/domain/base/json';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../example-organization';
import type { ServiceRoleSeed } from '../organization-seed';
import { cachedRoles } from './cached-roles';
import { deployedRoles, synthesizedTemplates } from './deployed-roles';

/** By the content of the configuration: simulations of one process have few of them. */
const known = new Map<string, readonly ServiceRoleSeed[]>();

/**
 * The roles that the CDK app makes in the example organization for this configuration: every call to the organization
 * is judged by them. Callers in virtual time await `loadPolicyTables` before they start.
 */
export function exampleAuthorization(configuration: Configuration): readonly ServiceRoleSeed[] {
  const content = contentHash(configuration);
  const roles = known.get(content) ?? cachedRoles(configuration, synthesizedRoles);
  known.set(content, roles);
  return roles;
}

/** The same, made now. */
export function synthesizedRoles(configuration: Configuration): readonly ServiceRoleSeed[] {
  return deployedRoles(synthesizedTemplates(configuration), exampleOrganization(), {
    ...placeOf(configuration),
    externalId: EXAMPLE_EXTERNAL_ID,
  });
}

/** The templates are made for every partition; the configuration's ARNs say which one this is. */
function placeOf({ platform }: Configuration): { readonly region: string; readonly partition: string } {
  const [, partition = 'aws'] = platform.accessConfig.organizationRootAccountRole.split(':');
  return { region: platform.region, partition };
}
