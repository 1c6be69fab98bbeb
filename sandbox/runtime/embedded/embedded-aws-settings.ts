import type { Environment, Runtime } from '../../../functions/runtime/environment';
import { type Interposed, inProcessRequestHandler } from '../../organization/in-process-transport';
import type { Organization } from '../../organization/organization';
import { UnverifiedSigner } from './unverified-signer';

/** What the functions show to the SCIM endpoint in this process. */
export const EMBEDDED_SCIM_TOKEN = 'embedded';

export const embeddedSecrets = (externalId: string): Runtime['secrets'] => ({
  externalId: () => Promise.resolve(externalId),
  scimAccessToken: () => Promise.resolve(EMBEDDED_SCIM_TOKEN),
});

interface EmbeddedPlace {
  readonly region: string;
  /** Of the function; absent: it has no role in a delegated administrator account. */
  readonly environment?: Environment;
}

/**
 * The settings of SDK clients in this process. They fix everything that the SDK would otherwise read from the
 * environment and from files of the home folder: each invocation makes a client, and reads from disk would come in
 * another order each time.
 */
export function embeddedAwsSettings(
  organization: Organization,
  { region, environment }: EmbeddedPlace,
  interposed?: Interposed,
): Runtime['aws'] {
  const decided = {
    defaultsMode: 'standard',
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    authSchemePreference: [],
    sigv4aSigningRegionSet: [region],
    ignoreConfiguredEndpointUrls: true,
    defaultUserAgentProvider: () => Promise.resolve([['aws-sdk-js', 'embedded']]),
    signerConstructor: UnverifiedSigner,
  };
  const identityCenterRoleArn = environment?.('IDENTITY_CENTER_ROLE_ARN') ?? '';
  const managementAccessRoleArn = environment?.('MANAGEMENT_ACCESS_ROLE_ARN') ?? '';
  return {
    ...decided,
    ...(identityCenterRoleArn === '' ? {} : { identityCenterRoleArn }),
    ...(managementAccessRoleArn === '' ? {} : { managementAccessRoleArn }),
    region,
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'embedded' },
    requestHandler: inProcessRequestHandler(organization, interposed),
  };
}
