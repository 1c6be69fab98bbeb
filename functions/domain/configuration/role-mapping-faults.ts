import { faultIf, type Fault } from '../base/fault';
import type { RoleMapping } from './access-configuration';

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

/** The faults of mappings to groups of IAM Identity Center. Several mappings to one AWS role share its group. */
export const roleMappingFaults = (field: string, mappings: readonly RoleMapping[]): readonly Fault[] => [
  ...mappedTwice(field, mappings),
  ...mappings.flatMap(({ existingGroupNamePattern: pattern, permissionSetArns }, index) =>
    faultIf(
      pattern !== undefined && permissionSetArns.length === 0,
      `${field}[${index}].existingGroupNamePattern`,
      pattern,
      'names a group that would be given nothing: its permission sets are missing. List at least one, or remove the mapping.',
    ),
  ),
  ...mappings.flatMap(({ awsRole, existingGroupNamePattern: pattern }, index) => {
    const first = mappings.find((other) => other.awsRole === awsRole);
    return faultIf(
      first?.existingGroupNamePattern !== pattern,
      `${field}[${index}].existingGroupNamePattern`,
      pattern,
      `differs from that of another mapping to the role '${awsRole}', which has one group. Give both the same pattern, or another awsRole.`,
    );
  }),
];
