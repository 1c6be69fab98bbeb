import { setTimeout as delay } from 'node:timers/promises';

import createClient, { type Client } from 'openapi-fetch';

import { dataOf } from './answers';
import type { paths } from './generated/api';
import type { DesiredState, Ordered, Tenant, Vending } from './schemas';
import { signedFetch, type SigningOptions } from './signed-fetch';
import { waitForTenant, type WaitOptions } from './wait-for';

export interface VendingClientOptions extends SigningOptions {
  /** The output ApiUrl of VendingStack. */
  readonly apiUrl: string;
  /** Absent: that of Node. */
  readonly fetch?: typeof fetch;
}

export interface OrderOptions {
  /** Accept a replicationSequence lower than the newest one. */
  readonly force?: boolean;
}

export interface VendingClient {
  /** Every call of the API, typed by its OpenAPI document: `client.api.GET('/vendings', …)`. */
  readonly api: Client<paths>;
  /**
   * Sends a desired state. The same one again does nothing twice, so a lost answer is asked for by another call.
   *
   * @throws VendingApiError with every fault of the desired state, or why it does not count
   */
  readonly order: (desiredState: DesiredState, options?: OrderOptions) => Promise<Ordered>;
  /**
   * Waits until what was ordered is there; given a uuid, for the newest run of that tenant.
   *
   * @throws VendingEndedError, VendingTimeoutError or VendingApiError
   */
  readonly waitFor: (tenant: Tenant | string, options?: WaitOptions) => Promise<Vending>;
}

/**
 * A client of one installation, which signs with the credentials that every SDK of AWS finds.
 *
 * @throws TypeError where no region is given and the URL names none
 */
export function vendingClient({ apiUrl, fetch: send, ...signing }: VendingClientOptions): VendingClient {
  const api = createClient<paths>({ baseUrl: apiUrl, fetch: signedFetch(apiUrl, signing, send) });
  const read = (tenantUuid: string): Promise<Vending> =>
    dataOf(api.GET('/vendings/{tenantUuid}', { params: { path: { tenantUuid } } }));
  const waiting = { read, pause, now: (): number => Date.now() };
  return {
    api,
    order: async (body, { force = false } = {}) => {
      const answer = await dataOf(api.POST('/vendings', { body, params: { query: force ? { force } : {} } }));
      if ('planVersion' in answer) throw new TypeError('The API has answered an order with a plan.');
      return answer;
    },
    waitFor: (tenant, options) =>
      waitForTenant(waiting, typeof tenant === 'string' ? { tenantUuid: tenant } : tenant, options),
  };
}

const pause = (seconds: number, signal?: AbortSignal): Promise<void> =>
  delay(seconds * 1000, undefined, signal === undefined ? {} : { signal });
