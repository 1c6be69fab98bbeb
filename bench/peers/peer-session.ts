import * as z from 'zod';

import { EXAMPLE_EXTERNAL_ID } from '../../sandbox/organization/example-organization';
import type { Organization } from '../../sandbox/organization/organization';

const REGION = 'eu-central-1';

/** Their only endpoint is there. */
const GLOBAL = { region: 'us-east-1', services: ['organizations', 'iam'] } as const;

/** The app id by which the organization counts the peer's calls. */
const APP_ID = 'Peer';

/** Role chaining allows one hour; a session is renewed before that. */
const RENEW_AFTER_MILLISECONDS = 55 * 60 * 1000;

interface SessionCredentials {
  readonly accessKeyId: string;
  readonly sessionToken: string;
}

/** A role of the management account. */
export const PEERS_ROLE = 'arn:aws:iam::222222222222:role/MeshfedServiceRole';

/** A function's own, by which it assumes others. */
const OWN: SessionCredentials = { accessKeyId: '000000000000', sessionToken: '' };

const SessionSchema = z.object({ Credentials: z.object({ AccessKeyId: z.string(), SessionToken: z.string() }) });

/** Lets the time pass that a call takes. */
type RoundTrip = <Answer>(answer: () => Promise<Answer>) => Promise<Answer>;

/**
 * Calls AWS by a role, once: whether that is tried again is the peer's matter, and done where it can be seen.
 *
 * @param called by the name that the service has in signatures: `organizations:CreateAccount`
 * @throws ServiceError
 */
export type RoleCall = <Answer>(
  called: `${string}:${string}`,
  input: object,
  AnswerSchema: z.ZodType<Answer>,
) => Promise<Answer>;

/**
 * A peer has the same roles as we have. It opens a session once and keeps it until shortly before its end. Its calls go
 * to the organization without SDK and wire, which would cost more than the rest of the benchmark.
 */
export class PeerSessions {
  readonly #organization: Organization;
  readonly #roundTrip: RoundTrip;
  readonly #sessions = new Map<string, { readonly until: number; readonly opened: Promise<SessionCredentials> }>();

  readonly management: RoleCall;
  readonly automation: RoleCall;

  constructor(organization: Organization, roundTrip: RoundTrip) {
    this.#organization = organization;
    this.#roundTrip = roundTrip;
    const own = this.#callBy(() => Promise.resolve(OWN));
    this.management = this.#role(PEERS_ROLE, own);
    this.automation = this.#role('arn:aws:iam::333333333333:role/MeshfedAutomationRole', own);
  }

  /** Its calls are refused by AccessDenied while the role of a new account cannot be assumed. */
  member(accountId: string): RoleCall {
    return this.#role(`arn:aws:iam::${accountId}:role/MeshstackAccountAccessRole`, this.management);
  }

  #role(roleArn: string, from: RoleCall): RoleCall {
    return this.#callBy(() => this.#credentials(roleArn, from));
  }

  #callBy(credentials: () => Promise<SessionCredentials>): RoleCall {
    return async (called, input, AnswerSchema) => {
      const [service = '', operation = ''] = called.split(':');
      const region = GLOBAL.services.some((one) => one === service) ? GLOBAL.region : REGION;
      const { accessKeyId, sessionToken } = await credentials();
      const caller = { accessKeyId, region, service, callerFunction: APP_ID };
      const answer = await this.#roundTrip(() => this.#organization.call({ caller, sessionToken, operation, input }));
      return AnswerSchema.parse(answer);
    };
  }

  #credentials(roleArn: string, from: RoleCall): Promise<SessionCredentials> {
    const known = this.#sessions.get(roleArn);
    if (known !== undefined && known.until > Date.now()) return known.opened;
    const asked = { RoleArn: roleArn, RoleSessionName: APP_ID, ExternalId: EXAMPLE_EXTERNAL_ID };
    const opened = from('sts:AssumeRole', asked, SessionSchema).then(({ Credentials }) => ({
      accessKeyId: Credentials.AccessKeyId,
      sessionToken: Credentials.SessionToken,
    }));
    this.#sessions.set(roleArn, { until: Date.now() + RENEW_AFTER_MILLISECONDS, opened });
    opened.catch(() => this.#sessions.delete(roleArn));
    return opened;
  }
}
