import type { Host } from '../../../functions/runtime/host';
import { type Interposed, inProcessRequestHandler } from '../../organization/in-process-transport';
import type { Organization } from '../../organization/organization';
import { UnverifiedSigner } from './unverified-signer';

/**
 * What SDK clients are made with in this process. All that the SDK would otherwise look up in the environment and in files of the home folder
 * is decided here: a client is made for every invocation, and what is read from disk would come in another order each time.
 */
export function embeddedAwsSettings(organization: Organization, region: string, interposed?: Interposed): Host['aws'] {
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
