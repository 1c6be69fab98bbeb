import * as z from 'zod';

import { type AwsCall, awsCalls } from './aws-calls';
import type { AwsPlace, Credentials } from './client-settings';
import type { SessionPolicies } from './case';
import type { Fault, Subject } from './run-case';

export interface SubjectOptions extends AwsPlace {
  readonly region: string;
  readonly now: () => number;
  readonly wait: (seconds: number) => Promise<void>;
  readonly isMissing: (fault: Fault) => boolean;
}

/** Sessions in the member are of an hour; they are left well before their end. */
const KEPT_MILLISECONDS = 30 * 60 * 1000;

type Calls = (call: AwsCall) => Promise<unknown>;

/** Whatever speaks AWS's protocols. */
export function awsSubject(options: SubjectOptions): Subject {
  const { endpoint, credentials, profile, region, now, wait, isMissing } = options;
  const place = { ...(endpoint === undefined ? {} : { endpoint }), ...(profile === undefined ? {} : { profile }) };
  const own = awsCalls({ ...place, ...(credentials === undefined ? {} : { credentials }) });
  const entered = new Map<string, { readonly calls: Calls; readonly until: number }>();
  const enter = async (roleArn: string, policies: SessionPolicies): Promise<Calls> => {
    const session = JSON.stringify([roleArn, policies]);
    const known = entered.get(session);
    if (known !== undefined && known.until > now()) return known.calls;
    const calls = awsCalls({ ...place, credentials: await sessionOf(own, { RoleArn: roleArn, ...policies }, region) });
    entered.set(session, { calls, until: now() + KEPT_MILLISECONDS });
    return calls;
  };
  return {
    region,
    wait,
    isMissing,
    call: async (call, roleArn, session = {}) =>
      roleArn === undefined ? own(call) : (await enter(roleArn, session))(call),
  };
}

async function sessionOf(own: Calls, asked: object, region: string): Promise<Credentials> {
  const input = { ...asked, RoleSessionName: 'conformance' };
  const answer = await own({ service: 'sts', operation: 'AssumeRole', input, region });
  const { Credentials: made } = SessionSchema.parse(answer);
  return { accessKeyId: made.AccessKeyId, secretAccessKey: made.SecretAccessKey, sessionToken: made.SessionToken };
}

const SessionSchema = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
});
