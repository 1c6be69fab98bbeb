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
