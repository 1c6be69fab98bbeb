/** A SCIM endpoint, and how to get in. */
export interface ScimEndpoint {
  /** `https://scim.<region>.amazonaws.com/<tenant>/scim/v2/`, with or without the last slash. */
  readonly endpoint: string;
  /** Where its access token is kept: what a person is told to renew. */
  readonly tokenSecretArn: string;
  /** @param fresh read it again: the endpoint has refused the one that we had */
  readonly accessToken: (fresh: boolean) => Promise<string>;
  /** Waits until AWS answers one more call. */
  readonly pace?: (kind: 'read' | 'write') => Promise<void>;
  /** Lets time pass, in milliseconds; absent: real time. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}
