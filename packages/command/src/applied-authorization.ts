import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { projectRoot } from '../../../sandbox/environment';
import { writtenRoles } from '../../../sandbox/organization/authorization/cached-roles';
import type { ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';

/*
 * Takes the place of the repository's file of this name: the CDK, by which roles are made, is no part of the package.
 */

/** Roles that were made when the command was packed. */
const FOLDER = path.join(projectRoot, 'sandbox', 'roles');

/** The roles by which calls are judged: those in the package, or made now, if the CDK is installed beside it. */
export async function appliedAuthorization(
  configuration: Configuration,
): Promise<readonly ServiceRoleSeed[] | undefined> {
  for (const file of readdirSync(FOLDER)) {
    const roles = writtenRoles(readFileSync(path.join(FOLDER, file), 'utf8'), configuration);
    if (roles !== undefined) return roles;
  }
  try {
    const { synthesizedRoles } = await import('../../../sandbox/organization/authorization/example-authorization');
    return synthesizedRoles(configuration);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
