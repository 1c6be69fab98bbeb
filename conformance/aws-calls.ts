import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CostExplorer } from '@aws-sdk/client-cost-explorer';
import { IAM } from '@aws-sdk/client-iam';
import { Identitystore } from '@aws-sdk/client-identitystore';
import { Organizations } from '@aws-sdk/client-organizations';
import { ServiceCatalog } from '@aws-sdk/client-service-catalog';
import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { STS } from '@aws-sdk/client-sts';

import type { ServiceName } from './case';
import type { AwsPlace, ClientSettings } from './client-settings';
import { restJsonCall } from './rest-json';

export interface AwsCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
}

/** An SDK client that has every operation as a method. */
const CLIENTS: Readonly<Record<Exclude<ServiceName, 'account' | 'controltower'>, (one: ClientSettings) => object>> = {
  organizations: (one) => new Organizations(one),
  sts: (one) => new STS(one),
  iam: (one) => new IAM(one),
  cloudformation: (one) => new CloudFormation(one),
  servicecatalog: (one) => new ServiceCatalog(one),
  identitystore: (one) => new Identitystore(one),
  'sso-admin': (one) => new SSOAdmin(one),
  'service-quotas': (one) => new ServiceQuotas(one),
  ce: (one) => new CostExplorer(one),
};

/**
 * Calls any operation by its name. Nothing is tried again: a case sees each refusal.
 *
 * @throws the error of the SDK, or one of its shape
 */
export function awsCalls(place: AwsPlace): (call: AwsCall) => Promise<unknown> {
  const clients = new Map<string, object>();
  return async ({ service, operation, input, region }) => {
    const settings = { ...place, region, maxAttempts: 1 };
    if (service === 'account' || service === 'controltower') return restJsonCall(settings, service, operation, input);
    const key = `${service} ${region}`;
    const client = clients.get(key) ?? CLIENTS[service](settings);
    clients.set(key, client);
    const method: unknown = Reflect.get(client, `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}`);
    if (typeof method !== 'function') throw new TypeError(`The SDK's ${service} has no ${operation}.`);
    const answer: unknown = await Reflect.apply(method, client, [input]);
    return answer;
  };
}
