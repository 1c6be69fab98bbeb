import type { CallPacer } from '../../ports/call-pacer';
import type { Secrets } from '../../ports/secrets';
import type { Reach } from '../../domain/base/workflow-facts';
import type { AwsSettings } from './aws-settings';

/** How one invocation of one function presents itself to AWS. */
export interface AwsSession {
  readonly settings: AwsSettings;
  /** The function, which is the state: the user agent's app id. */
  readonly functionName: string;
  /** `<State>-<tenant uuid>`: what CloudTrail shows. 2-64 characters. */
  readonly sessionName: string;
  /** The roles of its class of rights. Each is asked for only by the functions that go there. */
  readonly managementRoleArn: () => string;
  /** The way into member accounts. */
  readonly memberEntryRoleArn: () => string;
  readonly automationRoleArn: () => string;
  readonly secrets: Secrets;
  /** Where it acts, as the row of a step says. Sessions in member accounts are narrowed to the actions there. */
  readonly permissions: Reach;
  /** Whether a refusal may still be a change of roles that has not reached all of AWS. Absent: no. */
  readonly isPatient?: () => boolean;
  /** Absent: calls are made as they come. */
  readonly pacer?: CallPacer;
  /** Absent: the service roles are assumed. A person who looks before these roles are there. */
  readonly caller?: Caller;
}

/** Somebody who looks with credentials of their own, in the place of the roles in the two accounts. */
export interface Caller {
  readonly management: CallerCredentials;
  /** @throws RejectedError where nobody can look there */
  readonly automation: CallerCredentials;
}

/** As the SDK takes them; those of a person may have no session. */
export type CallerCredentials = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}>;

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}
