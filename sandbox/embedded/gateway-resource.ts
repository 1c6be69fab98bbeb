/** The resources that the API declares with parameters. */
const RESOURCES = [
  '/vendings/{tenantUuid}',
  '/vendings/{tenantUuid}/replay',
  '/vendings/{tenantUuid}/stop',
  '/preflight/{id}',
  '/tenants/{tenantUuid}/usage-reports/{month}',
  '/usage-reports/{month}',
  '/drift-reports/{pass}',
];

/** API Gateway finds the declared resource of a path. */
export function resourceOf(path: string): { readonly resource: string; readonly pathParameters: object | null } {
  for (const resource of RESOURCES) {
    const pattern = resource.replaceAll(/\{(\w+)\}/gu, '(?<$1>[^/]+)');
    const found = new RegExp(`^${pattern}$`, 'u').exec(path);
    if (found !== null) return { resource, pathParameters: { ...found.groups } };
  }
  return { resource: path, pathParameters: null };
}
