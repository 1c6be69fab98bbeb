import type { Log } from '../../ports/log';

/** The address of meshStack's API, and its credentials. */
export interface MeshStackAccess {
  readonly endpoint: string;
  /** What a person is told to look at when the key is refused. */
  readonly secretArn: string;
  /** The secret's text: `{ "clientId", "clientSecret" }`. */
  readonly apiKey: (fresh: boolean) => Promise<string>;
  readonly now: () => Date;
  /** Lets time pass, in milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log: Log;
  /** Carries a request there; absent: over the network. */
  readonly send?: (request: Request) => Promise<Response>;
}
