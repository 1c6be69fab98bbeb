interface Named {
  readonly tenantUuid: string;
  readonly workspaceIdentifier: string | null;
  readonly projectIdentifier: string | null;
}

/** `retail.webshop-dev`; the UUID of one whose names nobody has read. */
export const tenantName = ({ tenantUuid, workspaceIdentifier, projectIdentifier }: Named): string =>
  workspaceIdentifier === null || projectIdentifier === null
    ? tenantUuid
    : `${workspaceIdentifier}.${projectIdentifier}`;

const MOST_SIMILAR = 5;

/** Those of the tenants whose name contains one of these texts, in any case. */
export function similarTenants<Tenant extends Named>(
  tenants: readonly Tenant[],
  texts: readonly string[],
): readonly Tenant[] {
  const wanted = texts.map((text) => text.toLowerCase());
  const isSimilar = (tenant: Tenant): boolean => wanted.some((text) => tenantName(tenant).toLowerCase().includes(text));
  return tenants.filter(isSimilar).slice(0, MOST_SIMILAR);
}
