import type { MeshIdB } from '../configuration/mesh-idb';
import type { VendingPlan } from '../plan/plan';
import type { PlatformConfiguration } from '../configuration/platform-configuration';

/**
 * One role for each AWS role of the mappings; several project roles may share one, and then its policies are the union.
 */
export function plannedSamlAccess({ meshIdB }: PlatformConfiguration): VendingPlan['samlAccess'] {
  if (meshIdB === undefined) return null;
  const { samlProvider, failIfSAMLIdpOrRoleNotFound, awsRoleMappings } = meshIdB;
  return {
    provider: { name: samlProvider.name, metadataDocument: samlProvider.metadataDocument ?? null },
    roles: [...new Set(awsRoleMappings.map(({ awsRole }) => awsRole))].map((name) =>
      plannedRole(name, awsRoleMappings),
    ),
    failIfNotFound: failIfSAMLIdpOrRoleNotFound,
  };
}

function plannedRole(
  name: string,
  mappings: MeshIdB['awsRoleMappings'],
): NonNullable<VendingPlan['samlAccess']>['roles'][number] {
  const own = mappings.filter(({ awsRole }) => awsRole === name);
  return {
    name,
    projectRoles: sorted(own.map(({ projectRoleRef }) => projectRoleRef.name)),
    policyArns: sorted(own.flatMap(({ policies }) => policies)),
  };
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();
