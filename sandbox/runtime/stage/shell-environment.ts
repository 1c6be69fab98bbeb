import type { StageEndpoints } from './deployed-stage';

/**
 * Services of the AWS CLI that the organization alone has; where both planes have one, the CLI is led to the runtime
 * plane.
 */
const ORGANIZATION_SERVICES = ['ORGANIZATIONS', 'STS', 'IAM', 'SERVICE_CATALOG', 'IDENTITYSTORE', 'SSO_ADMIN'] as const;

/**
 * Lines for a shell that lead `aws` to the local AWS, and name its endpoints for everything else. No command needs an
 * option that could be forgotten, and whatever goes elsewhere all the same (SQS of the AWS CLI 1) has credentials that
 * are worth nothing there.
 */
export function shellEnvironment({ runtime, organization, api }: StageEndpoints): string {
  const variables = {
    VENDING_API: api,
    RUNTIME_ENDPOINT: runtime,
    ORGANIZATION_ENDPOINT: organization,
    AWS_ENDPOINT_URL: runtime,
    ...Object.fromEntries(ORGANIZATION_SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, organization])),
    AWS_REGION: 'eu-central-1',
    // The older name, which the AWS CLI 1 knows.
    AWS_DEFAULT_REGION: 'eu-central-1',
    // The account of the application. A 12-digit access key is the administrator of that account.
    AWS_ACCESS_KEY_ID: '000000000000',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return [
    '# Written by npm start, which removes it at its end. In another terminal: source .cache/endpoints.env',
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${value}`),
    '',
  ].join('\n');
}
