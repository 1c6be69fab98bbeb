import { exampleOrganization } from '../../organization/example-organization';
import type { StageEndpoints } from './deployed-stage';
import type { EntryEndpoints } from './empty-stage';

/**
 * Services of the AWS CLI that the organization alone has; where both planes have one, the CLI is led to the runtime
 * plane.
 */
const ORGANIZATION_SERVICES = ['ORGANIZATIONS', 'STS', 'IAM', 'SERVICE_CATALOG', 'IDENTITYSTORE', 'SSO_ADMIN'] as const;

/** What leads the AWS CLI, every SDK and our commands to the local AWS. */
export const localVariables = ({ runtime, organization, api }: StageEndpoints): Readonly<Record<string, string>> => ({
  VENDING_API: api,
  RUNTIME_ENDPOINT: runtime,
  ORGANIZATION_ENDPOINT: organization,
  AWS_ENDPOINT_URL: runtime,
  ...Object.fromEntries(ORGANIZATION_SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, organization])),
  AWS_REGION: REGION,
  // The older name, which the AWS CLI 1 knows.
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: ACCOUNT,
  AWS_SECRET_ACCESS_KEY: SECRET,
});

/** Variables of a shell that would lead elsewhere. */
export const FOREIGN_VARIABLES = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'] as const;

/** The same, where profiles lead. */
export const VARIABLES_BEFORE_PROFILES = [
  ...FOREIGN_VARIABLES,
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ENDPOINT_URL',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'VENDING_API',
] as const;

const REGION = 'eu-central-1';
/** The account of the application. A 12-digit access key is the administrator of that account. */
const ACCOUNT = '000000000000';
const SECRET = 'test';

/** The same for what signs in this process. */
export const LOCAL_ACCESS = {
  region: REGION,
  credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
} as const;

/**
 * Lines for a shell that lead `aws` to the local AWS, and name its endpoints for everything else. No command needs an
 * option that could be forgotten, and whatever goes elsewhere all the same (SQS of the AWS CLI 1) has credentials that
 * are worth nothing there.
 */
export const shellEnvironment = (endpoints: StageEndpoints): string =>
  [
    '# Written by npm start, which removes it at its end. In another terminal: source .cache/endpoints.env',
    `unset ${FOREIGN_VARIABLES.join(' ')}`,
    ...Object.entries(localVariables(endpoints)).map(([name, value]) => `export ${name}=${value}`),
    '',
  ].join('\n');

/** The management account of the example organization. */
const MANAGEMENT_ACCOUNT = '222222222222';

/** A configuration of the AWS CLI with two profiles, which changes no variable of the shell. */
export const profileFile = ({ runtime, organization }: StageEndpoints): string =>
  [
    '# Written by npm start, which removes it at its end: AWS_CONFIG_FILE=.cache/aws-config aws --profile local …',
    ...profile('local', ACCOUNT, runtime),
    ...profile('local-management', MANAGEMENT_ACCOUNT, runtime),
    '[services local]',
    ...ORGANIZATION_SERVICES.flatMap((service) => [`${service.toLowerCase()} =`, `  endpoint_url = ${organization}`]),
    '',
  ].join('\n');

const profile = (name: string, account: string, runtime: string): readonly string[] => [
  `[profile ${name}]`,
  `region = ${REGION}`,
  `aws_access_key_id = ${account}`,
  `aws_secret_access_key = ${SECRET}`,
  `endpoint_url = ${runtime}`,
  'services = local',
  '',
];

/** A profile for the administrator of each account, as somebody has them who begins. */
export const accountProfiles = ({ entry }: EntryEndpoints): string => {
  const { managementAccountId, automationAccountId, meshcloudAccountId } = exampleOrganization();
  return [
    '# Written by account-vending start --empty, which removes it at its end.',
    ...accountProfile('management', managementAccountId, entry),
    ...accountProfile('automation', automationAccountId, entry),
    ...accountProfile('meshcloud', meshcloudAccountId, entry),
  ].join('\n');
};

const accountProfile = (name: string, account: string, entry: string): readonly string[] => [
  `[profile ${name}]`,
  `region = ${REGION}`,
  `aws_access_key_id = ${account}`,
  `aws_secret_access_key = ${SECRET}`,
  `endpoint_url = ${entry}`,
  '',
];

/** What leads commands to these profiles; as the account of the application, unless they are told otherwise. */
export const emptyVariables = (
  { entry }: EntryEndpoints,
  profiles: string,
  api: string | undefined,
): Readonly<Record<string, string>> => ({
  AWS_CONFIG_FILE: profiles,
  AWS_SHARED_CREDENTIALS_FILE: `${profiles}.none`,
  AWS_PROFILE: 'meshcloud',
  // Clients of the SDK that are given a profile read its endpoint in no version yet.
  AWS_ENDPOINT_URL: entry,
  AWS_ENDPOINT_URL_S3: entry,
  ...(api === undefined ? {} : { VENDING_API: api }),
});
