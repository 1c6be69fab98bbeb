import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { embeddedAwsSettings } from '../../sandbox/runtime/embedded/embedded-aws-settings';
import { EXAMPLE_EXTERNAL_ID } from '../../sandbox/organization/example-organization';
import type { Interposed } from '../../sandbox/organization/in-process-transport';
import type { Organization } from '../../sandbox/organization/organization';

const REGION = 'eu-central-1';

/** The app id by which the organization counts the peer's calls. */
const APP_ID = 'Peer';

/** Role chaining allows one hour; a session is renewed before that. */
const RENEW_AFTER_MILLISECONDS = 50 * 60 * 1000;

type EmbeddedSettings = ReturnType<typeof embeddedAwsSettings>;

/**
 * What every SDK client of a peer is made with. Whether it tries again is the peer's matter, and done where it can be
 * seen.
 */
interface PeerSettings extends Pick<EmbeddedSettings, 'region' | 'requestHandler'> {
  readonly maxAttempts: number;
  readonly userAgentAppId: string;
}

/** Settings and credentials of one role. */
export type RoleSettings = PeerSettings & { readonly credentials: () => Promise<SessionCredentials> };

interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** The SDK asks again some minutes before that. */
  readonly expiration?: Date;
}

/** A role of the management account. */
export const PEERS_ROLE = 'arn:aws:iam::222222222222:role/MeshfedServiceRole';

/** A function's own, by which it assumes others. */
const OWN: SessionCredentials = { accessKeyId: '000000000000', secretAccessKey: 'embedded', sessionToken: '' };

/** The roles of a peer, which are those of ours: sessions are opened once and kept as long as they are good. */
export class PeerSessions {
  readonly #settings: PeerSettings;
  readonly #sessions = new Map<string, { readonly until: number; readonly credentials: SessionCredentials }>();

  readonly management: RoleSettings;
  readonly automation: RoleSettings;

  constructor(organization: Organization, roundTrip: Interposed) {
    this.#settings = {
      ...embeddedAwsSettings(organization, { region: REGION }, roundTrip),
      maxAttempts: 1,
      userAgentAppId: APP_ID,
    };
    const own = (): Promise<SessionCredentials> => Promise.resolve(OWN);
    this.management = this.#role(PEERS_ROLE, own);
    this.automation = this.#role('arn:aws:iam::333333333333:role/MeshfedAutomationRole', own);
  }

  /** @throws the SDK's AccessDenied while the role of a new account cannot be assumed */
  member(accountId: string): RoleSettings {
    return this.#role(`arn:aws:iam::${accountId}:role/MeshstackAccountAccessRole`, this.management.credentials);
  }

  #role(roleArn: string, from: RoleSettings['credentials']): RoleSettings {
    return { ...this.#settings, credentials: () => this.#credentials(roleArn, from) };
  }

  async #credentials(roleArn: string, from: RoleSettings['credentials']): Promise<SessionCredentials> {
    const known = this.#sessions.get(roleArn);
    if (known !== undefined && known.until > Date.now()) return known.credentials;
    const { Credentials } = await new STSClient({ ...this.#settings, credentials: from }).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: APP_ID, ExternalId: EXAMPLE_EXTERNAL_ID }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration = new Date() } = Credentials ?? {};
    const credentials = {
      ...{ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
      expiration: Expiration,
    };
    this.#sessions.set(roleArn, { until: Date.now() + RENEW_AFTER_MILLISECONDS, credentials });
    return credentials;
  }
}
