import { type Fault, faultIf } from '../base/fault';
import type { RoleMapping } from './role-mapping';

/** In meshStack, mappings are a set with one entry for each project role. */
export function mappedTwice(field: string, mappings: readonly Pick<RoleMapping, 'projectRoleRef'>[]): readonly Fault[] {
  const roles = mappings.map(({ projectRoleRef }) => projectRoleRef.name);
  return roles.flatMap((role, index) =>
    faultIf(
      roles.indexOf(role) < index,
      `${field}[${index}].projectRoleRef.name`,
      role,
      'is mapped already. Give each project role one mapping.',
    ),
  );
}
