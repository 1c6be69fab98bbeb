import type { DeadLetter } from '../../../functions/ports/queues';
import type { OutcomeEvent } from '../../../functions/ports/outcome-publisher';
import type { Organization } from '../../organization/organization';
import type { RequestHandler } from '../../organization/in-process-transport';

/** The organization's doors: HTTP, or a request handler in this process. */
export type OrganizationAccess = { readonly endpoint: string } | { readonly requestHandler: RequestHandler };

/** A call of the vending API. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Bytes are sent as they are, everything else as JSON. */
  readonly body?: unknown;
  /** Absent: application/json. */
  readonly contentType?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Where the application runs: deployed to MiniStack, or composed in this process. Commands and tests see only this. */
export interface Stage {
  readonly organization: Organization;
  /** The region that the configuration deploys to. */
  readonly region: string;
  /** How an independent reader accesses the organization. */
  readonly access: OrganizationAccess;
  /** Puts a desired state on the bus, as meshStack's replicator would. */
  sendEvent(desiredState: unknown): Promise<void>;
  callApi(call: ApiCall): Promise<ApiAnswer>;
  /** Calls the function that the schedule calls once a day. */
  collectCosts(): Promise<void>;
  /** What a consumer with its own rule on the bus has seen so far. */
  outcomes(): Promise<readonly OutcomeEvent[]>;
  /** The events that the application could not read, with their reason and field. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Advances the clock a little. */
  pause(): Promise<void>;
  /**
   * For how long, in time of this stage, nothing may change before something is wrong: longer than any wait of the
   * workflow.
   */
  readonly patienceSeconds: number;
  /** The time on this stage, which may be virtual. */
  now(): Date;
  stop(): Promise<void>;
}
