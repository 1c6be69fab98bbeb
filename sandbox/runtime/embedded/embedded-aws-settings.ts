import type { Runtime } from '../../../functions/runtime/environment';
import { type Interposed, inProcessRequestHandler } from '../../organization/in-process-transport';
import type { Organization } from '../../organization/organization';
import { UnverifiedSigner } from './unverified-signer';

/**
 * The settings of SDK clients in this process. They fix everything that the SDK would otherwise read from the
 * environment and from files of the home folder: each invocation makes a client, and reads from disk would come in
 * another order each time.
 */
export function embeddedAwsSettings(
  organization: Organization,
  region: string,
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
  return {
    ...decided,
    region,
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'embedded' },
    requestHandler: inProcessRequestHandler(organization, interposed),
  };
}
