import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { Organization } from '../../organization/organization';
import { serveScim } from '../../organization/scim/scim-server';
import { EMBEDDED_SCIM_TOKEN } from '../embedded/embedded-aws-settings';

export interface EmbeddedScim {
  /** The configuration, with an endpoint on this machine in place of AWS's. */
  readonly configuration: Configuration;
  stop(): Promise<void>;
}

/** Serves the SCIM endpoint of the identity store where the configuration makes groups by it (`awsSso`). */
export async function embeddedScim(organization: Organization, configuration: Configuration): Promise<EmbeddedScim> {
  const { platform } = configuration;
  const { awsSso } = platform;
  if (awsSso === undefined) return { configuration, stop: () => Promise.resolve() };
  const served = await serveScim(organization, { token: () => EMBEDDED_SCIM_TOKEN });
  return {
    configuration: {
      ...configuration,
      platform: { ...platform, awsSso: { ...awsSso, scimEndpoint: served.endpoint } },
    },
    stop: () => served.close(),
  };
}
