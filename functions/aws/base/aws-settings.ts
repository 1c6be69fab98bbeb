import type { STSClientConfig } from '@aws-sdk/client-sts';

import type { CallPacer } from '../../ports/call-pacer';

/** What our SDK clients are made with. */
export interface AwsSettings {
  /** Carries the requests; absent: HTTPS, as the SDK does by default. */
  readonly requestHandler?: SdkRequestHandler;
  /** The credentials of the function itself; absent: what the SDK finds, on Lambda the function's role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The profile that region and endpoints come from; absent: that of the environment. */
  readonly profile?: string;
  /** The region of this deployment; absent: AWS_REGION, which Lambda sets. */
  readonly region?: string;
  /**
   * The endpoint of Control Tower; absent: AWS's own. Clients of the SDK find theirs in the environment by themselves.
   */
  readonly controlTowerEndpoint?: string;
  /** The endpoint of CodeBuild; absent: AWS's own. */
  readonly codeBuildEndpoint?: string | undefined;
  /** The endpoint of this application's own functions; absent: AWS's own. */
  readonly ownFunctionsEndpoint?: string;
  /** The endpoint of S3; absent: AWS's own. */
  readonly storageEndpoint?: string;
  /**
   * What bounds the roles that are made in member accounts: the ARN of a policy of AWS, or the name of one that each
   * account has; absent: nothing.
   */
  readonly memberPermissionsBoundary?: string;
  /** The role in the delegated administrator account of IAM Identity Center. Absent: that of the management account. */
  readonly identityCenterRoleArn?: string | undefined;
  /** The role by which people get access to the management account. Absent: nobody does. */
  readonly managementAccessRoleArn?: string | undefined;
  /**
   * How often a call is made at most, when AWS turns it away or does not answer; absent: once. More is only for who
   * writes nothing.
   */
  readonly maxAttempts?: number;
}

/** The part of an SDK v3 request handler that matters here. */
export type SdkRequestHandler = NonNullable<STSClientConfig['requestHandler']>;

/**
 * How long a client waits. The SDK itself waits for ever: a connection that hangs would cost a function all of its
 * time. What has not answered by then passes as a TransientError whose answer may have been lost.
 */
const timeOuts = (requestTimeout: number): SdkRequestHandler => ({
  connectionTimeout: 1000,
  requestTimeout,
  throwOnRequestTimeout: true,
});

const OF_OWN = timeOuts(5000);

/** Organizations and its like are slower. */
const OF_OTHERS = timeOuts(20_000);

/** What the application itself is made of - ledger, bus, queues, secret, workflow - answers within milliseconds. */
export const ownClientSettings = (settings: AwsSettings): AwsSettings => ({ requestHandler: OF_OWN, ...settings });

/** A function that is invoked answers when it has ended: its own time-out bounds it. */
export const waitingSettings = (settings: AwsSettings): AwsSettings => ({
  requestHandler: { connectionTimeout: 1000 },
  ...settings,
});

/**
 * The settings of the clients that act in AWS accounts. The state machine alone repeats their calls (one retry policy,
 * seen in its history): the SDK's own retries are off, but for who is in no state machine and only reads. Clients of
 * what the application itself is made of (ledger, bus, queues, secret) keep the SDK's three tries. The app id tells in
 * CloudTrail, and to the local AWS, which function calls.
 */
export function clientSettings(
  settings: AwsSettings,
  functionName: string,
): AwsSettings & { readonly maxAttempts: number; readonly userAgentAppId: string } {
  return { requestHandler: OF_OTHERS, maxAttempts: 1, ...settings, userAgentAppId: functionName };
}

/** The place in the SDK's client that this middleware takes: before anything else is done for a call. */
export const PACED = { step: 'initialize', name: 'paceCalls' } as const;

/**
 * Lets a client call no faster than AWS answers, whichever functions call beside it. Every page of a list is a call.
 *
 * @param service as IAM names it
 */
export function paced(service: string, { pacer }: { readonly pacer?: CallPacer }) {
  return <Given, Answer>(next: (given: Given) => Promise<Answer>, { commandName = '' }: { commandName?: string }) =>
    async (given: Given): Promise<Answer> => {
      await pacer?.pace(service, commandName.replace(/Command$/u, ''));
      return next(given);
    };
}
